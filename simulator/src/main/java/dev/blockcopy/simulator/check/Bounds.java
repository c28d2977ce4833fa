package dev.blockcopy.simulator.check;

/**
 * How far the checker may go. What is cut short by a bound is {@link Verdict#UNKNOWN}, never called to hold.
 *
 * @param maxStates at most so many states, about
 * @param memoryBytes at most so much memory for states and their table, about
 * @param threads how many threads explore
 * @param untilViolated whether to stop where the first violation is found, as one who only asks whether there is one
 */
public record Bounds(long maxStates, long memoryBytes, int threads, boolean untilViolated) {
    private static final double SHARE_OF_HEAP = 0.6;

    public Bounds {
        if (maxStates < 1 || memoryBytes < 1 || threads < 1) {
            throw new IllegalArgumentException(
                    "a bound is below 1: " + maxStates + " states, " + memoryBytes + " bytes, " + threads + " threads");
        }
    }

    /** All states, in 60 % of the heap that this JVM may take, by one thread. */
    public static Bounds standard() {
        return new Bounds(Integer.MAX_VALUE, (long) (Runtime.getRuntime().maxMemory() * SHARE_OF_HEAP), 1, false);
    }

    public Bounds withThreads(int count) {
        return new Bounds(maxStates, memoryBytes, count, untilViolated);
    }

    public Bounds withMaxStates(long count) {
        return new Bounds(count, memoryBytes, threads, untilViolated);
    }

    public Bounds withMemoryBytes(long bytes) {
        return new Bounds(maxStates, bytes, threads, untilViolated);
    }

    public Bounds stoppingAtViolation() {
        return new Bounds(maxStates, memoryBytes, threads, true);
    }
}
