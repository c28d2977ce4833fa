package dev.blockcopy.simulator.check;

import java.util.Arrays;

/** States that follow from others, in packed form, each with the state and the rule that lead to it. */
final class Successors {
    private final int words;
    long[] states;
    int[] rules = new int[256];
    int[] parents = new int[256];
    long[] hashes = new long[256];
    long[] entries = new long[256];
    int count;

    Successors(int words) {
        this.words = words;
        states = new long[rules.length * words];
    }

    /** Where the next state is to be written. */
    int next() {
        if (count == rules.length) {
            rules = Arrays.copyOf(rules, 2 * count);
            parents = Arrays.copyOf(parents, 2 * count);
            hashes = new long[2 * count];
            entries = new long[2 * count];
            states = Arrays.copyOf(states, 2 * count * words);
        }
        return count * words;
    }

    /** The state that was just written is complete. */
    void add(int rule) {
        rules[count++] = rule;
    }

    /** All states from an index on follow from this one. */
    void setParent(int from, int parent) {
        Arrays.fill(parents, from, count, parent);
    }

    void clear() {
        count = 0;
    }
}
