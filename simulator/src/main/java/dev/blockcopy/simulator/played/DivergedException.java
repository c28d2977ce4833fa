package dev.blockcopy.simulator.played;

/** The engine or the fake does otherwise than the run says: the world is wrong about one of them. */
public final class DivergedException extends Exception {
    private static final long serialVersionUID = 1L;

    DivergedException(String message) {
        super(message);
    }
}
