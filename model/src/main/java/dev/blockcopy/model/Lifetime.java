package dev.blockcopy.model;

/** What becomes of a variable when the manager dies. */
public enum Lifetime {
    /** Lost: the variable starts again with its initial value. */
    VOLATILE,
    /** Kept: the variable is a column of the journal. */
    DURABLE,
    /** Not the manager's at all: QEMU, the guest, a file, a stream of the monitor. */
    OUTSIDE
}
