package dev.blockcopy.simulator.check;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Looks for a fair run that avoids a goal for ever.
 *
 * <p>Such a run stays, from some point on, in one strongly connected component of the states without the goal. It can be
 * fair if and only if each fair group acts on a step within the component or is disabled in a state of it, for then a run
 * through all of the component is fair to each; and a component that one run can use, a larger one can as well, so that
 * the largest ones are enough. A state with no step in the component counts as one in which a run may stand still: that
 * is fair if no group is enabled there. The components are found by Tarjan's algorithm.
 */
final class Liveness {
    private final Region region;
    private final List<List<int[]>> levels;
    private final int[] order;
    private final int[] low;
    private final Numbers open = new Numbers();
    private final Numbers path = new Numbers();
    private final Numbers firstEdge = new Numbers();
    private final Numbers nextEdge = new Numbers();
    private final Numbers edges = new Numbers();
    private final Numbers rules = new Numbers();
    private final BitSet bad = new BitSet();
    private int visited;
    private int components;

    /**
     * Prepares.
     *
     * @param levels the numbers of all states, by their depth
     * @param numbers all numbers are below this
     */
    Liveness(Region region, List<List<int[]>> levels, int numbers) {
        this.region = region;
        this.levels = levels;
        order = new int[numbers];
        low = new int[numbers];
    }

    /** A run that breaks the property, if there is one. */
    Optional<Lasso> search() {
        levels.forEach(level -> level.forEach(range -> visitFrom(range[0], range[1])));
        return bad.isEmpty() ? Optional.empty() : Optional.of(new Lasso(region, levels, bad, low));
    }

    private void visitFrom(int first, int end) {
        for (int number = first; number < end; number++) {
            if (order[number] == 0 && region.isSource(number)) {
                visitFrom(number);
            }
        }
    }

    private void visitFrom(int root) {
        enter(root);
        while (!path.isEmpty()) {
            int number = path.top();
            int edge = nextEdge.top();
            if (edge < edges.size()) {
                nextEdge.setTop(edge + 1);
                follow(number, edges.get(edge));
            } else {
                leave();
            }
        }
    }

    private void enter(int number) {
        order[number] = ++visited;
        low[number] = visited;
        open.push(number);
        path.push(number);
        firstEdge.push(edges.size());
        nextEdge.push(edges.size());
        region.successors(number, edges, rules);
        rules.cutTo(0);
    }

    private void follow(int number, int next) {
        if (order[next] == 0) {
            enter(next);
        } else if (low[next] > 0) {
            low[number] = Math.min(low[number], order[next]);
        }
    }

    private void leave() {
        int number = path.pop();
        nextEdge.pop();
        edges.cutTo(firstEdge.pop());
        if (low[number] == order[number]) {
            close(number);
        }
        if (!path.isEmpty() && low[number] > 0) {
            low[path.top()] = Math.min(low[path.top()], low[number]);
        }
    }

    /** A component is complete; from now on its states know it by a number below zero. */
    private void close(int root) {
        components++;
        List<Integer> members = new ArrayList<>();
        int member;
        do {
            member = open.pop();
            low[member] = -components;
            members.add(member);
        } while (member != root);
        if (canBeFair(members)) {
            members.forEach(bad::set);
        }
    }

    private boolean canBeFair(List<Integer> members) {
        long satisfied = 0;
        Numbers next = new Numbers();
        for (int member : members) {
            next.cutTo(0);
            rules.cutTo(0);
            satisfied |= ~region.successors(member, next, rules);
            for (int i = 0; i < next.size(); i++) {
                if (low[next.get(i)] == low[member]) {
                    satisfied |= region.groupsOf(rules.get(i));
                }
            }
        }
        return (satisfied & region.allGroups()) == region.allGroups();
    }
}
