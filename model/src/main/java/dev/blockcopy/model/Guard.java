package dev.blockcopy.model;

import java.util.Arrays;
import java.util.List;

/** A condition over a state, as a value: it can be printed, evaluated, taken apart and exported. */
public sealed interface Guard
        permits Guard.Named, Guard.Same, Guard.Less, Guard.Not, Guard.All, Guard.Any, Guard.Empty, Guard.Full {
    /** Holds in every state. */
    Guard ALWAYS = new All(List.of());

    <R> R walk(Walk<R> walk);

    static Guard all(Guard... parts) {
        return new All(List.of(parts));
    }

    static Guard any(Guard... parts) {
        return new Any(Arrays.asList(parts));
    }

    static Guard any(List<Guard> parts) {
        return parts.size() == 1 ? parts.get(0) : new Any(parts);
    }

    static Guard not(Guard part) {
        return new Not(part);
    }

    /** The same condition under a name of the domain, by which tables print it. */
    static Guard named(String name, Guard meaning) {
        return new Named(name, meaning);
    }

    default Guard and(Guard other) {
        return all(this, other);
    }

    /** A condition with a name of the domain. */
    record Named(String name, Guard meaning) implements Guard {
        @Override
        public <R> R walk(Walk<R> walk) {
            return walk.named(this);
        }
    }

    /** Two terms of one type have the same value. */
    record Same<V>(Term<V> left, Term<V> right) implements Guard {
        public Same {
            Type.requireSame(left.type(), right.type(), "a comparison");
        }

        @Override
        public <R> R walk(Walk<R> walk) {
            return walk.same(this);
        }
    }

    /** The left number is below the right one. */
    record Less(Term<Integer> left, Term<Integer> right) implements Guard {
        @Override
        public <R> R walk(Walk<R> walk) {
            return walk.less(this);
        }
    }

    /** The part does not hold. */
    record Not(Guard part) implements Guard {
        @Override
        public <R> R walk(Walk<R> walk) {
            return walk.not(this);
        }
    }

    /** Every part holds; without parts, always. */
    record All(List<Guard> parts) implements Guard {
        public All {
            parts = List.copyOf(parts);
        }

        @Override
        public <R> R walk(Walk<R> walk) {
            return walk.all(this);
        }
    }

    /** At least one part holds; without parts, never. */
    record Any(List<Guard> parts) implements Guard {
        public Any {
            parts = List.copyOf(parts);
        }

        @Override
        public <R> R walk(Walk<R> walk) {
            return walk.any(this);
        }
    }

    /** The queue holds no message. */
    record Empty(Fifo<?> fifo) implements Guard {
        @Override
        public <R> R walk(Walk<R> walk) {
            return walk.empty(this);
        }
    }

    /** The queue has no room for another message. */
    record Full(Fifo<?> fifo) implements Guard {
        @Override
        public <R> R walk(Walk<R> walk) {
            return walk.full(this);
        }
    }
}
