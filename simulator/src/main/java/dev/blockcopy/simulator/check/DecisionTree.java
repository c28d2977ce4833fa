package dev.blockcopy.simulator.check;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Which rules of a process can be enabled, by the fields that tell most: a few look-ups instead of a test of each rule.
 *
 * <p>A node asks for the field that leaves the fewest candidates on average; a leaf has the candidates that are left. A
 * node is made when the first state comes to it, since most of what could be asked is asked of no state. For several
 * threads: one makes nodes at a time, and all that a reader takes from a node is final in it.
 */
final class DecisionTree {
    private static final int FEW = 4;
    private static final double GAIN = 0.75;

    /** A question, and a child for each answer as soon as it was given; or a leaf, without a question. */
    private static final class Node {
        private final List<Candidate> rules;
        private final Field field;
        private final Node[] children;
        private final Candidate[] candidates;

        Node(List<Candidate> rules, Field field) {
            this.rules = rules;
            this.field = field;
            children = new Node[1 << field.bits()];
            candidates = null;
        }

        Node(Candidate[] candidates) {
            this.candidates = candidates;
            rules = null;
            field = null;
            children = null;
        }
    }

    private final Map<List<Candidate>, Node> leaves = new HashMap<>();
    private final Node root;

    DecisionTree(List<Candidate> rules) {
        root = node(rules);
    }

    /** The rules that may be enabled in a state, in their order. */
    Candidate[] candidates(long[] states, int at) {
        Node node = root;
        while (node.candidates == null) {
            int code = node.field.get(states, at);
            Node child = node.children[code];
            node = child == null ? grow(node, code) : child;
        }
        return node.candidates;
    }

    private synchronized Node grow(Node node, int code) {
        if (node.children[code] == null) {
            node.children[code] = node(where(node.rules, node.field, code));
        }
        return node.children[code];
    }

    private Node node(List<Candidate> rules) {
        Field field = rules.size() <= FEW ? null : mostTelling(rules);
        return field == null
                ? leaves.computeIfAbsent(rules, any -> new Node(rules.toArray(new Candidate[0])))
                : new Node(rules, field);
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
