package dev.blockcopy.model;

import java.util.List;
import java.util.stream.Collectors;

/** The walk that prints: guards, terms and changes as a person reads them. */
public final class Printing implements Walk<String>, Walk.OfChange<String> {
    private static final Printing BY_NAME = new Printing(true);
    private static final Printing IN_FULL = new Printing(false);

    private final boolean stopAtNames;

    private Printing(boolean stopAtNames) {
        this.stopAtNames = stopAtNames;
    }

    /** A guard by its name where it has one. */
    public static String of(Guard guard) {
        return guard.walk(BY_NAME);
    }

    /** What a guard means, down to its variables. */
    public static String meaningOf(Guard guard) {
        return guard.walk(IN_FULL);
    }

    public static String of(List<Change> changes) {
        return changes.stream().map(change -> change.walk(BY_NAME)).collect(Collectors.joining(", "));
    }

    private String joined(List<Guard> parts, String word, String none) {
        if (parts.isEmpty()) {
            return none;
        }
        return parts.stream().map(part -> part.walk(this)).collect(Collectors.joining(" " + word + " "));
    }

    @Override
    public String constant(Term.Constant<?> node) {
        return String.valueOf(node.type().valueOf(node.number()));
    }

    @Override
    public String slot(Slot<?> node) {
        return node.toString();
    }

    @Override
    public String head(Term.Head<?> node) {
        return "head of " + node.fifo().name();
    }

    @Override
    public String choice(Term.Choice<?> node) {
        return node.then().walk(this) + " if " + node.when().walk(this) + ", else "
                + node.otherwise().walk(this);
    }

    @Override
    public String sum(Term.Sum node) {
        return node.base().walk(this) + (node.step() < 0 ? " - " : " + ") + Math.abs(node.step());
    }

    @Override
    public String named(Guard.Named node) {
        return stopAtNames ? node.name() : node.meaning().walk(this);
    }

    @Override
    public String same(Guard.Same<?> node) {
        if (isTruthOf(node)) {
            return (node.right().equals(Term.constant(Type.BOOLEAN, false)) ? "not " : "")
                    + node.left().walk(this);
        }
        return node.left().walk(this) + " is " + node.right().walk(this);
    }

    private static boolean isTruthOf(Guard.Same<?> node) {
        return node.right() instanceof Term.Constant<?> constant && constant.type() == Type.BOOLEAN;
    }

    @Override
    public String less(Guard.Less node) {
        return node.left().walk(this) + " < " + node.right().walk(this);
    }

    @Override
    public String not(Guard.Not node) {
        if (node.part() instanceof Guard.Same<?> same && !isTruthOf(same)) {
            return same.left().walk(this) + " is not " + same.right().walk(this);
        }
        String part = node.part().walk(this);
        return "not " + (isSimple(node.part()) ? part : "(" + part + ")");
    }

    private boolean isSimple(Guard guard) {
        return guard instanceof Guard.Named && stopAtNames
                || guard instanceof Guard.Same
                || guard instanceof Guard.Empty
                || guard instanceof Guard.Full;
    }

    @Override
    public String all(Guard.All node) {
        return joined(node.parts(), "and", "always");
    }

    @Override
    public String any(Guard.Any node) {
        String text = joined(node.parts(), "or", "never");
        return node.parts().size() > 1 ? "(" + text + ")" : text;
    }

    @Override
    public String empty(Guard.Empty node) {
        return node.fifo().name() + " is empty";
    }

    @Override
    public String full(Guard.Full node) {
        return node.fifo().name() + " is full";
    }

    @Override
    public String assign(Change.Assign<?> node) {
        return node.slot() + " := " + node.value().walk(this);
    }

    @Override
    public String append(Change.Append<?> node) {
        return node.fifo().name() + " << " + node.value().walk(this);
    }

    @Override
    public String take(Change.Take node) {
        return "take from " + node.fifo().name();
    }

    @Override
    public String clear(Change.Clear node) {
        return "clear " + node.fifo().name();
    }
}
