package dev.blockcopy.simulator.check;

import java.util.ArrayList;
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

    /** A shortest run to a state. */
    Trace to(int number) {
        List<Integer> numbers = new ArrayList<>();
        int at = number;
        while (at >= 0) {
            numbers.add(at);
            at = store.parentOf(at);
        }
        Collections.reverse(numbers);
        return new Trace(-1 - at, rulesThrough(numbers), OptionalInt.empty());
    }

    /** The rules that lead from each of these states to the next. */
    List<Integer> rulesThrough(List<Integer> numbers) {
        List<Integer> rules = new ArrayList<>();
        for (int i = 1; i < numbers.size(); i++) {
            rules.add(ruleBetween(numbers.get(i - 1), numbers.get(i)));
        }
        return rules;
    }

    private int ruleBetween(int from, int to) {
        Successors successors = new Successors(program.words());
        program.successors(store.wordsOf(from), store.offsetOf(from), successors);
        for (int i = 0; i < successors.count; i++) {
            if (store.numberOf(successors.states, i * program.words()) == to) {
                return successors.rules[i];
            }
        }
        throw new IllegalStateException("no rule leads to a state from its parent");
    }
}
