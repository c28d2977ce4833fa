package dev.blockcopy.simulator.live;

/** Something that was waited for did not happen in time: neither a proof nor a counterexample. */
public final class NotInTimeException extends Exception {
    private static final long serialVersionUID = 1L;

    public NotInTimeException(String what) {
        super("not in time: " + what);
    }
}
