package dev.blockcopy.simulator;

/** Something that was waited for did not happen in time: neither a proof nor a counterexample. */
final class NotInTimeException extends Exception {
    private static final long serialVersionUID = 1L;

    NotInTimeException(String what) {
        super("not in time: " + what);
    }
}
