package dev.blockcopy.simulator.check;

import java.util.ArrayList;
import java.util.List;

/** What one thread has seen of the properties: which states break them, and whether they speak of anything. */
final class Sightings {
    /** More different runs than this help nobody. */
    private static final int MOST_RUNS = 5;

    private final StateStore store;
    private final List<Watched> watched;
    final boolean[] taken;

    /** One property: the states that it looks for, and the states that it speaks of. */
    private static final class Watched {
        final Code wanted;
        final Code premise;
        final List<Integer> found = new ArrayList<>();
        final List<Integer> rules = new ArrayList<>();
        final boolean isViolation;
        boolean isPremiseMet;

        Watched(boolean isViolation, Code wanted, Code premise) {
            this.isViolation = isViolation;
            this.wanted = wanted;
            this.premise = premise;
        }
    }

    Sightings(Program program, StateStore store, List<Property> properties) {
        this.store = store;
        watched =
                properties.stream().map(property -> watched(program, property)).toList();
        taken = new boolean[program.moves().size()];
    }

    private static Watched watched(Program program, Property property) {
        Code never = Code.FALSE;
        if (property instanceof Property.Always always) {
            Code premise = program.test(always.premise());
            Code claim = program.test(always.claim());
            return new Watched(true, Code.all(List.of(premise, Code.not(claim))), premise);
        }
        if (property instanceof Property.Sometimes sometimes) {
            Code goal = program.test(sometimes.goal());
            return new Watched(false, goal, goal);
        }
        if (property instanceof Property.LeadsTo leadsTo) {
            return new Watched(false, never, program.test(leadsTo.from()));
        }
        return new Watched(false, never, never);
    }

    /**
     * A new state was found.
     *
     * @param rule by which rule; below zero for a beginning
     */
    void see(int number, int rule) {
        long[] states = store.wordsOf(number);
        int at = store.offsetOf(number);
        for (Watched one : watched) {
            if (!one.isPremiseMet) {
                one.isPremiseMet = one.premise.holds(states, at);
            }
            if (one.found.size() < MOST_RUNS && one.wanted.holds(states, at) && isAnother(one, number, rule)) {
                one.found.add(number);
                one.rules.add(rule);
            }
        }
    }

    /** A run is another one if it comes newly to such a state, and by a rule by which none came yet. */
    private boolean isAnother(Watched one, int number, int rule) {
        int parent = store.parentOf(number);
        return !one.rules.contains(rule)
                && (rule < 0 || !one.wanted.holds(store.wordsOf(parent), store.offsetOf(parent)));
    }

    boolean isAnythingViolated() {
        return watched.stream().anyMatch(one -> one.isViolation && !one.found.isEmpty());
    }

    List<Integer> found(int property) {
        return watched.get(property).found;
    }

    boolean isPremiseMet(int property) {
        return watched.get(property).isPremiseMet;
    }

    /** Takes over what another thread has seen. */
    void merge(Sightings other) {
        for (int rule = 0; rule < taken.length; rule++) {
            taken[rule] |= other.taken[rule];
        }
        for (int i = 0; i < watched.size(); i++) {
            merge(watched.get(i), other.watched.get(i));
        }
    }

    /** By the same rule the shorter run counts. */
    private void merge(Watched mine, Watched theirs) {
        mine.isPremiseMet |= theirs.isPremiseMet;
        for (int i = 0; i < theirs.found.size(); i++) {
            int known = mine.rules.indexOf(theirs.rules.get(i));
            if (known < 0) {
                mine.found.add(theirs.found.get(i));
                mine.rules.add(theirs.rules.get(i));
            } else if (length(theirs.found.get(i)) < length(mine.found.get(known))) {
                mine.found.set(known, theirs.found.get(i));
            }
        }
    }

    private int length(int number) {
        int length = 0;
        for (int at = number; at >= 0; at = store.parentOf(at)) {
            length++;
        }
        return length;
    }
}
