package dev.blockcopy.model;

/**
 * An expression with a value of a finite type.
 *
 * @param <V> the Java type of the value
 */
public sealed interface Term<V> permits Slot, Term.Constant, Term.Head, Term.Choice, Term.Sum {
    Type<V> type();

    <R> R walk(Walk<R> walk);

    static <V> Term<V> constant(Type<V> type, V value) {
        return new Constant<>(type, type.numberOf(value));
    }

    /** One value where the guard holds, the other where it does not. */
    static <V> Term<V> choose(Guard when, Term<V> then, Term<V> otherwise) {
        return new Choice<>(when, then, otherwise);
    }

    /** A number moved by a step; it may not leave its range, a rule's guard has to see to that. */
    static Term<Integer> sum(Term<Integer> base, int step) {
        return new Sum(base, step);
    }

    /** A value that never changes, by its number. */
    record Constant<V>(Type<V> type, int number) implements Term<V> {
        @Override
        public <R> R walk(Walk<R> walk) {
            return walk.constant(this);
        }
    }

    /** The message at the head of a queue. */
    record Head<V>(Fifo<V> fifo) implements Term<V> {
        @Override
        public Type<V> type() {
            return fifo.message();
        }

        @Override
        public <R> R walk(Walk<R> walk) {
            return walk.head(this);
        }
    }

    /** One of two values, by a guard. */
    record Choice<V>(Guard when, Term<V> then, Term<V> otherwise) implements Term<V> {
        public Choice {
            Type.requireSame(then.type(), otherwise.type(), "a choice");
        }

        @Override
        public Type<V> type() {
            return then.type();
        }

        @Override
        public <R> R walk(Walk<R> walk) {
            return walk.choice(this);
        }
    }

    /** A number of a range, moved by a step. */
    record Sum(Term<Integer> base, int step) implements Term<Integer> {
        @Override
        public Type<Integer> type() {
            return base.type();
        }

        @Override
        public <R> R walk(Walk<R> walk) {
            return walk.sum(this);
        }
    }
}
