package dev.blockcopy.simulator.check;

import dev.blockcopy.model.ModelException;
import java.util.ArrayList;
import java.util.List;

/** One thread of a search: it takes states, makes what follows from them, and adds what is new. */
final class Worker {
    /** So many successors are looked up together, so that the waits for memory overlap. */
    private static final int BATCH = 128;

    private final Program program;
    private final StateStore store;
    private final Successors successors;
    private final long[] likes;
    private List<int[]> added = new ArrayList<>();
    private int firstAdded;
    private int next;
    private int chunkEnd;
    private int unreported;
    private long touched;
    final Sightings sightings;
    long transitions;
    long expanded;

    Worker(Program program, StateStore store, List<Property> properties) {
        this.program = program;
        this.store = store;
        successors = new Successors(program.words());
        likes = new long[2 * program.words()];
        sightings = new Sightings(program, store, properties);
    }

    /** Adds a state in which the world may begin. */
    void begin(long[] beginsIn, int beginning) {
        long[] state = beginsIn.clone();
        program.canonical().reduce(state, 0, likes);
        add(state, 0, StateStore.hash(state, 0, program.words()), -1 - beginning, -1);
        report();
    }

    /** Expands the states of these numbers. */
    void expand(int from, int to) {
        for (int number = from; number < to; number++) {
            int first = successors.count;
            follow(number);
            successors.setParent(first, number);
            if (successors.count >= BATCH) {
                addAll();
            }
        }
        addAll();
        expanded += to - from;
        report();
    }

    private void follow(int number) {
        try {
            program.successors(store.wordsOf(number), store.offsetOf(number), successors);
        } catch (ModelException e) {
            throw new ModelException(e.getMessage() + " (the run " + new Paths(program, store).to(number)
                    + " comes to where this happens)");
        }
    }

    private void report() {
        store.grewBy(unreported);
        unreported = 0;
    }

    /** Three passes, of which the first two only ask for memory that the third one needs. */
    private void addAll() {
        int words = program.words();
        int count = successors.count;
        Canonical canonical = program.canonical();
        long[] states = successors.states;
        long[] hashes = successors.hashes;
        long[] entries = successors.entries;
        for (int i = 0; i < count; i++) {
            canonical.reduce(states, i * words, likes);
            hashes[i] = StateStore.hash(states, i * words, words);
            entries[i] = store.firstEntry(hashes[i]);
        }
        for (int i = 0; i < count; i++) {
            touched += store.firstWord(entries[i]);
        }
        for (int i = 0; i < count; i++) {
            sightings.taken[successors.rules[i]] = true;
            add(states, i * words, hashes[i], successors.parents[i], successors.rules[i]);
        }
        transitions += count;
        successors.clear();
    }

    private void add(long[] states, int at, long hash, int parent, int rule) {
        if (next == chunkEnd) {
            closeRange();
            next = store.takeChunk();
            chunkEnd = next + StateStore.CHUNK;
            firstAdded = next;
        }
        if (store.add(states, at, hash, parent, next) == next) {
            sightings.see(next, rule);
            next++;
            unreported++;
        }
    }

    private void closeRange() {
        if (next > firstAdded) {
            added.add(new int[] {firstAdded, next});
        }
        firstAdded = next;
    }

    /** The runs of numbers that were added since this was asked last. */
    List<int[]> takeAdded() {
        closeRange();
        List<int[]> taken = added;
        added = new ArrayList<>();
        return taken;
    }

    /** Keeps the reads of the first two passes from being optimised away. */
    long touched() {
        return touched;
    }
}
