package dev.blockcopy.simulator.check;

/** A run that can't be taken in this world; the message names the step. */
public final class ReplayDivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ReplayDivergedException(String message) {
        super(message);
    }
}
