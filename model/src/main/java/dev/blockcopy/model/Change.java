package dev.blockcopy.model;

/** What a rule does to one place, as a value. All changes of a rule read the state before it. */
public sealed interface Change permits Change.Assign, Change.Append, Change.Take, Change.Clear {
    <R> R walk(Walk.OfChange<R> walk);

    Place place();

    /** A slot gets the value of a term. */
    record Assign<V>(Slot<V> slot, Term<V> value) implements Change {
        public Assign {
            Type.requireSame(slot.type(), value.type(), "the assignment to " + slot);
        }

        @Override
        public Place place() {
            return slot.variable();
        }

        @Override
        public <R> R walk(Walk.OfChange<R> walk) {
            return walk.assign(this);
        }
    }

    /** A message joins the tail of a queue. */
    record Append<M>(Fifo<M> fifo, Term<M> value) implements Change {
        public Append {
            Type.requireSame(fifo.message(), value.type(), "the message to " + fifo.name());
        }

        @Override
        public Place place() {
            return fifo;
        }

        @Override
        public <R> R walk(Walk.OfChange<R> walk) {
            return walk.append(this);
        }
    }

    /** The head of a queue is taken off. */
    record Take(Fifo<?> fifo) implements Change {
        @Override
        public Place place() {
            return fifo;
        }

        @Override
        public <R> R walk(Walk.OfChange<R> walk) {
            return walk.take(this);
        }
    }

    /** A queue loses all its messages. */
    record Clear(Fifo<?> fifo) implements Change {
        @Override
        public Place place() {
            return fifo;
        }

        @Override
        public <R> R walk(Walk.OfChange<R> walk) {
            return walk.clear(this);
        }
    }
}
