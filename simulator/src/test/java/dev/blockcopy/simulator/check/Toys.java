package dev.blockcopy.simulator.check;

import dev.blockcopy.model.Change;
import dev.blockcopy.model.Composition;
import dev.blockcopy.model.Fifo;
import dev.blockcopy.model.Guard;
import dev.blockcopy.model.Lifetime;
import dev.blockcopy.model.Place;
import dev.blockcopy.model.Process;
import dev.blockcopy.model.Rule;
import dev.blockcopy.model.Slot;
import dev.blockcopy.model.Term;
import dev.blockcopy.model.Type;
import dev.blockcopy.model.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Small worlds whose states can be counted by hand. */
final class Toys {
    static final Fifo<Integer> LINE = new Fifo<>("line", Type.range(0, 2), Lifetime.OUTSIDE, 2);
    static final Slot<Integer> SENT = number("sent", 3);
    static final Slot<Integer> HEARD = number("heard", 3);

    private Toys() {}

    static Slot<Integer> number(String name, int most) {
        return Variable.of(name, Type.range(0, most), Lifetime.OUTSIDE, 0);
    }

    static Rule rule(String name, Guard when, Change... changes) {
        return new Rule(name, when, List.of(changes), Optional.empty(), "because");
    }

    static Process process(String name, List<? extends Place> places, Rule... rules) {
        return new Process(name, new ArrayList<>(places), List.of(rules));
    }

    static Process sender() {
        List<Rule> rules = new ArrayList<>();
        for (int number = 0; number < 3; number++) {
            rules.add(rule(
                    "send " + number,
                    SENT.is(number).and(Guard.not(LINE.isFull())),
                    SENT.becomes(number + 1),
                    LINE.append(number)));
        }
        return new Process("sender", List.of(SENT.variable(), LINE), rules);
    }

    static Process receiver() {
        return process(
                "receiver",
                List.of(HEARD.variable(), LINE),
                rule("hear", Guard.not(LINE.isEmpty()), LINE.take(), HEARD.becomes(Term.sum(HEARD, 1))));
    }

    /** At most two of three messages are under way: 9 states, 10 steps. */
    static Composition line() {
        return Composition.of(sender(), receiver());
    }

    /** So many counters, each from 0 to a most: (most + 1) to the power of count states. */
    static Composition counters(int count, int most) {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Slot<Integer> counter = number("counter" + i, most);
            processes.add(process(
                    "counts" + i,
                    List.of(counter.variable()),
                    rule(
                            "count",
                            new Guard.Less(counter, Term.constant(counter.type(), most)),
                            counter.becomes(Term.sum(counter, 1)))));
        }
        return Composition.of(processes.toArray(new Process[0]));
    }

    static Question question(Composition world, Property... properties) {
        return new Question(world, List.of(world.initial()), List.of(properties));
    }
}
