package dev.blockcopy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Toy processes side by side, with the exact numbers of states that anybody can count by hand. */
class CompositionTest {
    private static final Fifo<Integer> LINE = new Fifo<>("line", Type.range(0, 2), Lifetime.OUTSIDE, 2);
    private static final Slot<Integer> SENT = Variable.of("sent", Type.range(0, 3), Lifetime.VOLATILE, 0);
    private static final Slot<Integer> HEARD = Variable.of("heard", Type.range(0, 3), Lifetime.DURABLE, 0);

    private static Rule rule(String name, Guard when, Change... changes) {
        return new Rule(name, when, List.of(changes), Optional.empty(), "because");
    }

    private static Process sender() {
        return new Process("sender", List.of(SENT.variable(), LINE), List.of(send(0), send(1), send(2)));
    }

    private static Rule send(int number) {
        return rule(
                "send " + number,
                SENT.is(number).and(Guard.not(LINE.isFull())),
                SENT.becomes(number + 1),
                LINE.append(number));
    }

    private static Process receiver() {
        return new Process(
                "receiver",
                List.of(HEARD.variable(), LINE),
                List.of(rule("hear", Guard.not(LINE.isEmpty()), LINE.take(), HEARD.becomes(Term.sum(HEARD, 1)))));
    }

    @Test
    void reachesExactlyTheStatesInWhichAtMostTwoMessagesAreUnderWay() {
        Composition world = Composition.of(sender(), receiver());
        Exploration all = Exploration.of(world, SENT, List.of(world.initial()));
        assertThat(all.size()).as("0 <= sent - heard <= 2, both up to 3").isEqualTo(4 + 3 + 2);
        assertThat(all.steps()).hasSize(10);
        assertThat(all.neverReaching(state -> state.get(HEARD) == 3)).isEmpty();
    }

    @Test
    void findsTheStatesFromWhichAGoalIsOutOfReach() {
        Process gives = new Process(
                "gives up", List.of(SENT.variable()), List.of(rule("give up", SENT.is(1), SENT.becomes(3))));
        Composition world = Composition.of(sender(), receiver(), gives);
        Exploration all = Exploration.of(world, SENT, List.of(world.initial()));
        assertThat(all.neverReaching(state -> state.get(HEARD) == 3))
                .isNotEmpty()
                .allSatisfy(state -> assertThat(state.get(SENT)).isEqualTo(3));
    }

    @Test
    void namesMovesInTheOrderOfProcessesAndRules() {
        Composition world = Composition.of(sender(), receiver());
        Valuation one =
                world.after(world.initial(), world.moves(world.initial()).get(0));
        assertThat(world.moves(one))
                .map(Composition.Move::toString)
                .containsExactly("sender: send 1", "receiver: hear");
    }

    @Test
    void sharesAPlaceThatTwoProcessesName() {
        assertThat(Composition.of(sender(), receiver()).layout().places())
                .map(Place::name)
                .containsExactly("sent", "line", "heard");
    }

    @Test
    void refusesTwoRulesOfOneName() {
        List<Rule> rules = List.of(rule("twice", Guard.ALWAYS), rule("twice", Guard.ALWAYS));
        assertThatThrownBy(() -> new Process("one", List.of(), rules))
                .isInstanceOf(ModelException.class)
                .hasMessage("process one has two rules named twice");
    }

    @Test
    void refusesARuleThatChangesAPlaceTwice() {
        assertThatThrownBy(() -> rule("both", Guard.ALWAYS, SENT.becomes(1), SENT.becomes(2)))
                .isInstanceOf(ModelException.class)
                .hasMessage("rule both changes sent twice");
    }
}
