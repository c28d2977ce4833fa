package dev.blockcopy.simulator.check;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/** A run to a bad component by a shortest way, and around in it so that every fair group gets its due. */
final class Lasso {
    /** One step of a run. */
    private record Step(int from, int rule, int to) {}

    private final Region region;
    private final List<List<int[]>> levels;
    private final BitSet bad;
    private final int[] component;
    private final Numbers states = new Numbers();
    private final Numbers rules = new Numbers();

    /**
     * Prepares.
     *
     * @param levels the numbers of all states, by their depth
     * @param bad the states of all bad components
     * @param component of each state, the same number for states of the same component
     */
    Lasso(Region region, List<List<int[]>> levels, BitSet bad, int[] component) {
        this.region = region;
        this.levels = levels;
        this.bad = bad;
        this.component = component;
    }

    Trace trace(Paths paths) {
        List<Step> way = new ArrayList<>();
        int entry = wayToBad(way);
        Trace toSource = paths.to(way.isEmpty() ? entry : way.get(0).from());
        List<Integer> taken = new ArrayList<>(toSource.rules());
        way.forEach(step -> taken.add(step.rule()));
        int loopsTo = taken.size();
        around(entry).forEach(step -> taken.add(step.rule()));
        return new Trace(toSource.beginning(), taken, OptionalInt.of(loopsTo));
    }

    /** Steps from where the property begins to speak, through the region, to the first bad state, which is returned. */
    private int wayToBad(List<Step> way) {
        Map<Integer, Step> cameBy = new HashMap<>();
        List<Integer> frontier = new ArrayList<>();
        for (int depth = 0; depth < levels.size() || !frontier.isEmpty(); depth++) {
            List<Integer> next = new ArrayList<>();
            for (int number : frontier) {
                follow(number, cameBy, next);
            }
            if (depth < levels.size()) {
                addSources(levels.get(depth), cameBy, next);
            }
            for (int number : next) {
                if (bad.get(number)) {
                    way.addAll(stepsTo(number, cameBy));
                    return number;
                }
            }
            frontier = next;
        }
        throw new IllegalStateException("no way to a bad component");
    }

    private void addSources(List<int[]> level, Map<Integer, Step> cameBy, List<Integer> into) {
        for (int[] range : level) {
            for (int number = range[0]; number < range[1]; number++) {
                if (!cameBy.containsKey(number) && region.isSource(number)) {
                    cameBy.put(number, null);
                    into.add(number);
                }
            }
        }
    }

    private void follow(int number, Map<Integer, Step> cameBy, List<Integer> into) {
        expand(number);
        for (int i = 0; i < states.size(); i++) {
            int next = states.get(i);
            if (!cameBy.containsKey(next)) {
                cameBy.put(next, new Step(number, rules.get(i), next));
                into.add(next);
            }
        }
    }

    private long expand(int number) {
        states.cutTo(0);
        rules.cutTo(0);
        return region.successors(number, states, rules);
    }

    private static List<Step> stepsTo(int number, Map<Integer, Step> cameBy) {
        List<Step> steps = new ArrayList<>();
        for (Step step = cameBy.get(number); step != null; step = cameBy.get(step.from())) {
            steps.add(step);
        }
        Collections.reverse(steps);
        return steps;
    }

    /** Steps within the component from the entry back to it; none where a run may stand still. */
    private List<Step> around(int entry) {
        List<Step> steps = new ArrayList<>();
        int at = entry;
        long due = region.allGroups() & expand(entry);
        while (due != 0) {
            long group = Long.lowestOneBit(due);
            List<Step> way = way(at, number -> (expand(number) & group) == 0, step -> (groupsOf(step) & group) != 0);
            for (Step step : way) {
                due &= ~groupsOf(step) & expand(step.to());
                at = step.to();
            }
            steps.addAll(way);
        }
        steps.addAll(way(at, number -> number == entry, step -> false));
        return steps;
    }

    private long groupsOf(Step step) {
        return region.groupsOf(step.rule());
    }

    /** A shortest way within the component to a state where it arrives, or through a step that is wanted. */
    private List<Step> way(int start, IntPredicate arrives, Predicate<Step> isWanted) {
        Map<Integer, Step> cameBy = new HashMap<>();
        cameBy.put(start, null);
        List<Integer> queue = new ArrayList<>(List.of(start));
        for (int i = 0; ; i++) {
            int number = queue.get(i);
            if (arrives.test(number)) {
                return stepsTo(number, cameBy);
            }
            for (Step step : stepsWithin(number)) {
                if (isWanted.test(step)) {
                    List<Step> way = stepsTo(number, cameBy);
                    way.add(step);
                    return way;
                }
                if (!cameBy.containsKey(step.to())) {
                    cameBy.put(step.to(), step);
                    queue.add(step.to());
                }
            }
        }
    }

    private List<Step> stepsWithin(int number) {
        List<Step> steps = new ArrayList<>();
        expand(number);
        for (int i = 0; i < states.size(); i++) {
            if (component[number] == component[states.get(i)]) {
                steps.add(new Step(number, rules.get(i), states.get(i)));
            }
        }
        return steps;
    }
}
