package dev.blockcopy.simulator.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which rules of a process can be enabled, by the fields that tell most: a few look-ups instead of a test of each rule.
 *
 * <p>A node asks for the field that leaves the fewest candidates on average; a leaf has the candidates that are left.
 * The tree is flat: of a node its word, shift and mask and then its children, a leaf as the complement of its number.
 */
final class DecisionTree {
    private static final int FEW = 2;
    private static final double GAIN = 0.75;
    private static final int CHILDREN = 3;

    private final List<Candidate[]> leaves = new ArrayList<>();
    private final Map<List<Candidate>, Integer> leafNumbers = new HashMap<>();
    private final List<int[]> nodes = new ArrayList<>();
    private final int[][] tree;
    private final Candidate[][] candidates;
    private final int root;

    DecisionTree(List<Candidate> rules) {
        root = build(rules);
        tree = nodes.toArray(new int[0][]);
        candidates = leaves.toArray(new Candidate[0][]);
    }

    /** The rules that may be enabled in a state, in their order. */
    Candidate[] candidates(long[] states, int at) {
        int node = root;
        while (node >= 0) {
            int[] fields = tree[node];
            node = fields[CHILDREN + (int) (states[at + fields[0]] >>> fields[1] & fields[2])];
        }
        return candidates[~node];
    }

    private int build(List<Candidate> rules) {
        Code.Member best = rules.size() <= FEW ? null : mostTelling(rules);
        if (best == null) {
            return leaf(rules);
        }
        Field field = best.field();
        int[] node = new int[CHILDREN + (1 << field.bits())];
        node[0] = field.word();
        node[1] = field.shift();
        node[2] = (1 << field.bits()) - 1;
        for (int code = 0; code < 1 << field.bits(); code++) {
            node[CHILDREN + code] = code < best.size() ? build(where(rules, field, code)) : leaf(List.of());
        }
        nodes.add(node);
        return nodes.size() - 1;
    }

    private int leaf(List<Candidate> rules) {
        return leafNumbers.computeIfAbsent(rules, any -> {
            leaves.add(rules.toArray(new Candidate[0]));
            return ~(leaves.size() - 1);
        });
    }

    private static List<Candidate> where(List<Candidate> rules, Field field, int code) {
        return rules.stream().flatMap(rule -> rule.where(field, code).stream()).toList();
    }

    private static Code.Member mostTelling(List<Candidate> rules) {
        Map<Field, Code.Member> fields = new LinkedHashMap<>();
        Map<Field, Double> left = new LinkedHashMap<>();
        for (Candidate rule : rules) {
            for (Code.Member member : rule.members()) {
                fields.put(member.field(), member);
                double share = (double) member.codes().cardinality() / member.size();
                left.merge(member.field(), rules.size() - 1 + share, (one, other) -> one + other - rules.size());
            }
        }
        Code.Member best = null;
        double fewest = GAIN * rules.size();
        for (Map.Entry<Field, Double> field : left.entrySet()) {
            if (field.getValue() < fewest) {
                fewest = field.getValue();
                best = fields.get(field.getKey());
            }
        }
        return best;
    }
}
