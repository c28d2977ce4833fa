package dev.blockcopy.simulator.check;

import dev.blockcopy.model.Composition.Move;
import java.util.List;

/** The states without the goal of a property, as a graph: who follows whom, and which groups of rules act. */
final class Region {
    private static final int MOST_GROUPS = Long.SIZE - 1;

    private final Program program;
    private final StateStore store;
    private final Property.LeadsTo property;
    private final Code from;
    private final Code goal;
    private final long[] groupsOfRule;
    private final Successors successors;

    Region(Program program, StateStore store, Property.LeadsTo property) {
        this.program = program;
        this.store = store;
        this.property = property;
        from = program.test(property.from());
        goal = program.test(property.goal());
        groupsOfRule = groups(program.moves(), property.fairness());
        successors = new Successors(program.words());
    }

    private static long[] groups(List<Move> moves, List<Fair> fairness) {
        if (fairness.size() > MOST_GROUPS) {
            throw new IllegalArgumentException(
                    fairness.size() + " fair groups are too many: join some, " + MOST_GROUPS + " can be told apart");
        }
        long[] groups = new long[moves.size()];
        for (int rule = 0; rule < groups.length; rule++) {
            for (int group = 0; group < fairness.size(); group++) {
                if (fairness.get(group).includes(moves.get(rule))) {
                    groups[rule] |= 1L << group;
                }
            }
        }
        return groups;
    }

    /** All groups, a bit for each. */
    long allGroups() {
        return (1L << property.fairness().size()) - 1;
    }

    boolean isGoal(int number) {
        return goal.holds(store.wordsOf(number), store.offsetOf(number));
    }

    /** Whether the property begins to speak in this state, and is not yet kept by it. */
    boolean isSource(int number) {
        return from.holds(store.wordsOf(number), store.offsetOf(number)) && !isGoal(number);
    }

    long groupsOf(int rule) {
        return groupsOfRule[rule];
    }

    /**
     * Takes the states of the region that follow from one of it, and for each of them the rule that leads there.
     *
     * @return the groups of which some rule is enabled, wherever it leads
     */
    long successors(int number, Numbers states, Numbers rules) {
        successors.clear();
        program.successors(store.wordsOf(number), store.offsetOf(number), successors);
        long enabled = 0;
        for (int i = 0; i < successors.count; i++) {
            enabled |= groupsOf(successors.rules[i]);
            int next = store.numberOf(successors.states, i * program.words());
            if (!isGoal(next)) {
                states.push(next);
                rules.push(successors.rules[i]);
            }
        }
        return enabled;
    }
}
