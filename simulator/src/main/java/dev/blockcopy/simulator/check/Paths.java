package dev.blockcopy.simulator.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;

/** Runs to states that were found, from the parents of the states; the rules between them are found by trying. */
final class Paths {
    private final Program program;
    private final StateStore store;

    Paths(Program program, StateStore store) {
        this.program = program;
        this.store = store;
    }

    /** A shortest run to a state, or to one that is like it. */
    Trace to(int number) {
        List<Integer> numbers = new ArrayList<>();
        int at = number;
        while (at >= 0) {
            numbers.add(at);
            at = store.parentOf(at);
        }
        Collections.reverse(numbers);
        int beginning = -1 - at;
        return new Trace(beginning, rulesThrough(program.beginnings().get(beginning), numbers), OptionalInt.empty());
    }

    /** The rules that lead from a state to the likes of these, one after the other. */
    private List<Integer> rulesThrough(long[] beginning, List<Integer> numbers) {
        List<Integer> rules = new ArrayList<>();
        long[] state = beginning;
        for (int next : numbers.subList(1, numbers.size())) {
            Successors successors = new Successors(program.words());
            program.successors(state, 0, successors);
            int index = indexOf(next, successors);
            rules.add(successors.rules[index]);
            state = stateAt(index, successors);
        }
        return rules;
    }

    private int indexOf(int number, Successors successors) {
        long[] likes = new long[2 * program.words()];
        for (int i = 0; i < successors.count; i++) {
            long[] state = stateAt(i, successors);
            program.canonical().reduce(state, 0, likes);
            if (store.numberOf(state, 0) == number) {
                return i;
            }
        }
        throw new IllegalStateException("no rule leads to a state from its parent");
    }

    private long[] stateAt(int index, Successors successors) {
        int words = program.words();
        return Arrays.copyOfRange(successors.states, index * words, (index + 1) * words);
    }
}
