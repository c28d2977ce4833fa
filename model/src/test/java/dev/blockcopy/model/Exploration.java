package dev.blockcopy.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Every state of a world and every step between two of them, breadth first and in a fixed order. */
public final class Exploration {
    /** One step: from which state, by which move, to which state. */
    public record Step(int from, Composition.Move move, int to) {}

    /** A packed state as a key. */
    private record Packed(long[] words) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Packed that && Arrays.equals(words, that.words);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(words);
        }
    }

    private final Composition world;
    private final Slot<?> index;
    private final Map<Integer, List<Composition.Move>> possible = new HashMap<>();
    private final Map<Packed, Integer> numbers = new HashMap<>();
    private final List<long[]> states = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();

    private Exploration(Composition world, Slot<?> index) {
        this.world = world;
        this.index = index;
    }

    /**
     * Explores all.
     *
     * @param index a slot that many guards ask for, so that most rules need not be tried in most states
     */
    public static Exploration of(Composition world, Slot<?> index, List<Valuation> beginnings) {
        Exploration exploration = new Exploration(world, index);
        beginnings.forEach(exploration::numberOf);
        for (int next = 0; next < exploration.states.size(); next++) {
            exploration.expand(next);
        }
        return exploration;
    }

    private void expand(int number) {
        Valuation state = state(number);
        for (Composition.Move move : possible.computeIfAbsent(state.number(index), this::possibleWhere)) {
            if (state.satisfies(move.rule().when())) {
                steps.add(new Step(number, move, numberOf(world.after(state, move))));
            }
        }
    }

    private List<Composition.Move> possibleWhere(int value) {
        List<Composition.Move> moves = new ArrayList<>();
        for (Process process : world.processes()) {
            for (Rule rule : process.rules()) {
                if (!excludes(rule.when(), value)) {
                    moves.add(new Composition.Move(process, rule));
                }
            }
        }
        return moves;
    }

    private boolean excludes(Guard guard, int value) {
        if (guard instanceof Guard.All all) {
            return all.parts().stream().anyMatch(part -> excludes(part, value));
        }
        return guard instanceof Guard.Same<?> same
                && same.left().equals(index)
                && same.right() instanceof Term.Constant<?> constant
                && constant.number() != value;
    }

    private int numberOf(Valuation state) {
        long[] words = state.pack();
        Integer known = numbers.putIfAbsent(new Packed(words), states.size());
        if (known != null) {
            return known;
        }
        states.add(words);
        return states.size() - 1;
    }

    public int size() {
        return states.size();
    }

    public Valuation state(int number) {
        return world.layout().unpack(states.get(number));
    }

    public List<Step> steps() {
        return steps;
    }

    /** The states from which no step at all leads to a state that satisfies the condition, not even later. */
    public List<Valuation> neverReaching(Predicate<Valuation> goal) {
        BitSet reaching = new BitSet();
        ArrayDeque<Integer> open = new ArrayDeque<>();
        List<List<Integer>> before = new ArrayList<>();
        for (int number = 0; number < size(); number++) {
            before.add(new ArrayList<>(4));
            if (goal.test(state(number))) {
                reaching.set(number);
                open.add(number);
            }
        }
        steps.forEach(step -> before.get(step.to()).add(step.from()));
        while (!open.isEmpty()) {
            for (int number : before.get(open.remove())) {
                if (!reaching.get(number)) {
                    reaching.set(number);
                    open.add(number);
                }
            }
        }
        List<Valuation> stuck = new ArrayList<>();
        for (int number = reaching.nextClearBit(0); number < size(); number = reaching.nextClearBit(number + 1)) {
            stuck.add(state(number));
        }
        return stuck;
    }
}
