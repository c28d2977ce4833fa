package dev.blockcopy.model;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The walk that collects which slots a guard or a change depends on. */
public final class Reads implements Walk<Void>, Walk.OfChange<Void> {
    private final Set<Slot<?>> slots = new LinkedHashSet<>();

    private Reads() {}

    public static Set<Slot<?>> of(Guard guard) {
        Reads reads = new Reads();
        guard.walk(reads);
        return reads.slots;
    }

    public static Set<Slot<?>> of(List<Change> changes) {
        Reads reads = new Reads();
        changes.forEach(change -> change.walk(reads));
        return reads.slots;
    }

    private Void each(List<Guard> parts) {
        parts.forEach(part -> part.walk(this));
        return null;
    }

    @Override
    public Void constant(Term.Constant<?> node) {
        return null;
    }

    @Override
    public Void slot(Slot<?> node) {
        slots.add(node);
        return null;
    }

    @Override
    public Void head(Term.Head<?> node) {
        return null;
    }

    @Override
    public Void choice(Term.Choice<?> node) {
        node.when().walk(this);
        node.then().walk(this);
        return node.otherwise().walk(this);
    }

    @Override
    public Void sum(Term.Sum node) {
        return node.base().walk(this);
    }

    @Override
    public Void named(Guard.Named node) {
        return node.meaning().walk(this);
    }

    @Override
    public Void same(Guard.Same<?> node) {
        node.left().walk(this);
        return node.right().walk(this);
    }

    @Override
    public Void less(Guard.Less node) {
        node.left().walk(this);
        return node.right().walk(this);
    }

    @Override
    public Void not(Guard.Not node) {
        return node.part().walk(this);
    }

    @Override
    public Void all(Guard.All node) {
        return each(node.parts());
    }

    @Override
    public Void any(Guard.Any node) {
        return each(node.parts());
    }

    @Override
    public Void empty(Guard.Empty node) {
        return null;
    }

    @Override
    public Void full(Guard.Full node) {
        return null;
    }

    @Override
    public Void assign(Change.Assign<?> node) {
        return node.value().walk(this);
    }

    @Override
    public Void append(Change.Append<?> node) {
        return node.value().walk(this);
    }

    @Override
    public Void take(Change.Take node) {
        return null;
    }

    @Override
    public Void clear(Change.Clear node) {
        return null;
    }
}
