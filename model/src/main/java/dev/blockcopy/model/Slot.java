package dev.blockcopy.model;

import java.util.Collection;

/**
 * One element of a variable: what a rule reads and writes.
 *
 * @param variable the variable
 * @param index which element; 0 for a plain variable
 * @param <V> the Java type of the value
 */
public record Slot<V>(Variable<V> variable, int index) implements Term<V> {
    public Guard is(V value) {
        return is(Term.constant(type(), value));
    }

    public Guard is(Term<V> value) {
        return new Guard.Same<>(this, value);
    }

    public Guard isOneOf(Collection<V> values) {
        return Guard.any(values.stream().map(this::is).toList());
    }

    public Change becomes(V value) {
        return becomes(Term.constant(type(), value));
    }

    public Change becomes(Term<V> value) {
        return new Change.Assign<>(this, value);
    }

    @Override
    public Type<V> type() {
        return variable.type();
    }

    @Override
    public <R> R walk(Walk<R> walk) {
        return walk.slot(this);
    }

    @Override
    public String toString() {
        return variable.length() == 1 ? variable.name() : variable.name() + "[" + index + "]";
    }
}
