package dev.blockcopy.simulator.crash;

/** The manager is dead: whatever it was in the middle of ends here. */
final class Dead extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Dead() {
        super(null, null, false, false);
    }
}
