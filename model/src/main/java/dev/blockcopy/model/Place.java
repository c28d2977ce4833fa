package dev.blockcopy.model;

/** Where a state keeps something: a run of small numbers, each of a finite type. */
public sealed interface Place permits Variable, Fifo {
    String name();

    Lifetime lifetime();

    /** How many numbers it takes. */
    int width();

    /** The type of the number at an offset. */
    Type<?> typeOf(int offset);

    /** The number at an offset at the beginning. */
    int initialAt(int offset);
}
