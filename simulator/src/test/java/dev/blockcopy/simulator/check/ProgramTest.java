package dev.blockcopy.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blockcopy.model.Composition;
import dev.blockcopy.model.Composition.Move;
import dev.blockcopy.model.Guard;
import dev.blockcopy.model.ModelException;
import dev.blockcopy.model.Rule;
import dev.blockcopy.model.Valuation;
import dev.blockcopy.model.lifecycle.LifecycleProcess;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What is compiled does what the interpreter of the model does, in every state that can be reached. */
class ProgramTest {
    private static final int MOST_STATES = 300;

    @Property(seed = "20260101", tries = 500)
    void takesTheSameStepsAsTheInterpreter(@ForAll("worlds") Composition world) {
        assertEqualSteps(world, List.of(world.initial()));
    }

    @Provide
    Arbitrary<Composition> worlds() {
        return Arbitraries.longs().map(seed -> new RandomWorld(new Random(seed)).world());
    }

    @Test
    void takesTheSameStepsOfTheShippedTable() {
        Composition world = AnyOutside.world();
        assertEqualSteps(world, LifecycleProcess.beginnings(world.layout()));
    }

    /** Breadth first as far as some hundred states. */
    private static void assertEqualSteps(Composition world, List<Valuation> beginnings) {
        Program program = new Program(world, beginnings);
        ArrayDeque<Valuation> queue = new ArrayDeque<>(beginnings);
        Set<Valuation> seen = new HashSet<>(beginnings);
        while (!queue.isEmpty()) {
            Valuation state = queue.remove();
            assertThat(program.unpack(program.pack(state), 0)).isEqualTo(state);
            List<String> steps = interpreted(world, state);
            assertThat(compiled(program, state)).as("from " + state).isEqualTo(steps);
            assertEqualGuards(world, program, state);
            if (steps.isEmpty() || !steps.get(0).equals("refused")) {
                for (Move move : world.moves(state)) {
                    Valuation next = world.after(state, move);
                    if (seen.size() < MOST_STATES && seen.add(next)) {
                        queue.add(next);
                    }
                }
            }
        }
    }

    private static void assertEqualGuards(Composition world, Program program, Valuation state) {
        long[] packed = program.pack(state);
        for (Move move : world.everyMove()) {
            Guard guard = move.rule().when();
            assertThat(program.test(guard).holds(packed, 0))
                    .as(move + " from " + state)
                    .isEqualTo(state.satisfies(guard));
        }
    }

    private static List<String> interpreted(Composition world, Valuation state) {
        List<String> steps = new ArrayList<>();
        List<Move> every = world.everyMove();
        try {
            for (int rule = 0; rule < every.size(); rule++) {
                if (state.satisfies(every.get(rule).rule().when())) {
                    steps.add(rule + " " + world.after(state, every.get(rule)));
                }
            }
        } catch (ModelException e) {
            return List.of("refused", e.getMessage());
        }
        return steps;
    }

    private static List<String> compiled(Program program, Valuation state) {
        Successors successors = new Successors(program.words());
        try {
            program.successors(program.pack(state), 0, successors);
        } catch (ModelException e) {
            return List.of("refused", e.getMessage());
        }
        List<String> steps = new ArrayList<>();
        for (int i = 0; i < successors.count; i++) {
            steps.add(successors.rules[i] + " " + program.unpack(successors.states, i * program.words()));
        }
        return steps;
    }

    @Test
    void refusesToAssignTheHeadOfAnEmptyQueue() {
        Rule careless = Toys.rule("read", Guard.ALWAYS, Toys.SENT.becomes(1), Toys.LINE.append(Toys.LINE.head()));
        Composition world = Composition.of(Toys.process("reads", List.of(Toys.LINE, Toys.SENT.variable()), careless));
        Program program = new Program(world, List.of(world.initial()));
        assertThatThrownBy(() -> program.successors(program.pack(world.initial()), 0, new Successors(program.words())))
                .isInstanceOf(ModelException.class)
                .hasMessage("the head of the empty queue line was read: guard it");
    }

    @Test
    void needsNoBitsForWhatNeverVaries() {
        Composition many = Toys.counters(20, 1000);
        assertThat(many.layout().words()).isEqualTo(4);
        assertThat(new Program(many, List.of(many.initial())).words()).isEqualTo(4);
        Composition idle = Composition.of(Toys.process(
                "idle",
                many.layout().places(),
                Toys.rule(
                        "never",
                        Guard.not(Guard.ALWAYS),
                        Toys.number("counter3", 1000).becomes(7))));
        assertThat(new Program(idle, List.of(idle.initial())).words()).isEqualTo(1);
    }
}
