package dev.blockcopy.model;

/**
 * One walk over guards and terms: a printer, an evaluator, a compiler, an exporter. A new kind of node breaks every
 * walk at compile time, which is the point.
 *
 * @param <R> what the walk makes of a node
 */
public interface Walk<R> {
    R constant(Term.Constant<?> node);

    R slot(Slot<?> node);

    R head(Term.Head<?> node);

    R choice(Term.Choice<?> node);

    R sum(Term.Sum node);

    R named(Guard.Named node);

    R same(Guard.Same<?> node);

    R less(Guard.Less node);

    R not(Guard.Not node);

    R all(Guard.All node);

    R any(Guard.Any node);

    R empty(Guard.Empty node);

    R full(Guard.Full node);

    /**
     * One walk over changes.
     *
     * @param <R> what the walk makes of a change
     */
    interface OfChange<R> {
        R assign(Change.Assign<?> node);

        R append(Change.Append<?> node);

        R take(Change.Take node);

        R clear(Change.Clear node);
    }
}
