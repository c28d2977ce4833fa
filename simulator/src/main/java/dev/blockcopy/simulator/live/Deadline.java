package dev.blockcopy.simulator.live;

import java.time.Duration;

/** How long one run waits for all that it waits for. */
public final class Deadline {
    private final long endNanos;

    private Deadline(long endNanos) {
        this.endNanos = endNanos;
    }

    public static Deadline in(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    /**
     * What is left, in milliseconds, at least one.
     *
     * @param forWhat what is waited for, for people
     * @throws NotInTimeException if nothing is left
     */
    public long millisLeft(String forWhat) throws NotInTimeException {
        long left = (endNanos - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            throw new NotInTimeException(forWhat);
        }
        return left;
    }

    public Duration left(String forWhat) throws NotInTimeException {
        return Duration.ofMillis(millisLeft(forWhat));
    }
}
