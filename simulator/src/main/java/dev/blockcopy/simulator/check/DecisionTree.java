package dev.blockcopy.simulator.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Which rules of a process can be enabled, by the fields that tell most: a few look-ups instead of a test of each rule.
 *
 * <p>A node asks for the field that leaves the fewest candidates on average; a leaf has the candidates that are left.
 * The tree is flat: of a node its word, shift and mask and then its children, a leaf as the complement of its number.
 */
final class DecisionTree {
    private static final int FEW = 4;
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
        Field field = rules.size() <= FEW ? null : mostTelling(rules);
        if (field == null) {
            return leaf(rules);
        }
        int[] node = new int[CHILDREN + (1 << field.bits())];
        node[0] = field.word();
        node[1] = field.shift();
        node[2] = (1 << field.bits()) - 1;
        for (int code = 0; code < 1 << field.bits(); code++) {
            node[CHILDREN + code] = build(where(rules, field, code));
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
        return rules.stream()
                .map(rule -> rule.where(field, code))
                .filter(Objects::nonNull)
                .toList();
    }

    private static Field mostTelling(List<Candidate> rules) {
        Map<Field, Double> saved = new LinkedHashMap<>();
        for (Candidate rule : rules) {
            rule.needs().forEach((field, codes) -> {
                double share = (double) codes.cardinality() / (1 << field.bits());
                saved.merge(field, 1 - share, Double::sum);
            });
        }
        Field best = null;
        double most = (1 - GAIN) * rules.size();
        for (Map.Entry<Field, Double> field : saved.entrySet()) {
            if (field.getValue() > most) {
                most = field.getValue();
                best = field.getKey();
            }
        }
        return best;
    }
}
