package dev.blockcopy.model;

/**
 * Something that the outside can see: a command sent, a file made. A rule has at most one, so that a crash between any
 * two is a case of its own.
 */
public interface Effect {
    String name();

    /** What happens when a crash makes it come twice. */
    Repeat repeat();
}
