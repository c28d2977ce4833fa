package dev.blockcopy.model;

/**
 * A bounded queue of messages of a finite type: one direction of a monitor, for instance.
 *
 * <p>Kept as its length and then its cells from head to tail; cells behind the tail hold number 0, so that equal queues
 * are equal states.
 *
 * @param name what it is called in every print and export
 * @param message the finite type of its messages
 * @param lifetime what becomes of it when the manager dies
 * @param capacity how many messages it holds at most
 * @param <M> the Java type of the messages
 */
public record Fifo<M>(String name, Type<M> message, Lifetime lifetime, int capacity) implements Place {
    public Fifo {
        if (capacity < 1) {
            throw new ModelException("queue " + name + " holds " + capacity + " messages: give it room for 1");
        }
    }

    /** The message at the head; only to be read where the queue is not empty. */
    public Term<M> head() {
        return new Term.Head<>(this);
    }

    public Guard isEmpty() {
        return new Guard.Empty(this);
    }

    /** The queue is not empty, and this is the message at its head. */
    public Guard startsWith(M value) {
        return Guard.all(Guard.not(isEmpty()), new Guard.Same<>(head(), Term.constant(message, value)));
    }

    public Guard isFull() {
        return new Guard.Full(this);
    }

    public Change append(M value) {
        return append(Term.constant(message, value));
    }

    public Change append(Term<M> value) {
        return new Change.Append<>(this, value);
    }

    /** Takes the head off. */
    public Change take() {
        return new Change.Take(this);
    }

    /** Forgets all messages: a stream that was cut. */
    public Change clear() {
        return new Change.Clear(this);
    }

    Type<Integer> lengths() {
        return Type.range(0, capacity);
    }

    @Override
    public int width() {
        return 1 + capacity;
    }

    @Override
    public Type<?> typeOf(int offset) {
        return offset == 0 ? lengths() : message;
    }

    @Override
    public int initialAt(int offset) {
        return 0;
    }
}
