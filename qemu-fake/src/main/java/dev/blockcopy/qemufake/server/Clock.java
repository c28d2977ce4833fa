package dev.blockcopy.qemufake.server;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What time it is for a fake behind sockets, in microseconds since 1970; never goes back. For one thread. */
abstract class Clock {
    private static final long NANOS_PER_MICRO = 1000;

    /**
     * The one that is called so: {@code real} or {@code virtual}.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Clock named(String name) {
        return switch (name) {
            case "real" -> real();
            case "virtual" -> virtual();
            default -> throw new IllegalArgumentException("--clock " + name + ": give real or virtual");
        };
    }

    abstract long nowMicros();

    /** Goes on to a time when nothing is to be done before; false for a clock that others move. */
    abstract boolean skipTo(long micros);

    /**
     * That of this machine. It never lags behind what others read off the same machine, be this thread held up while it is
     * set: a client takes an event that is older than its command for somebody else's doing.
     */
    static Clock real() {
        long startNanos = System.nanoTime();
        long startMicros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()) + 1;
        return new Clock() {
            @Override
            long nowMicros() {
                return startMicros + (System.nanoTime() - startNanos) / NANOS_PER_MICRO;
            }

            @Override
            boolean skipTo(long micros) {
                return false;
            }
        };
    }

    /** Stands still while there is anything to do, and skips the waiting. */
    static Clock virtual() {
        return new Clock() {
            private long nowMicros;

            @Override
            long nowMicros() {
                return nowMicros;
            }

            @Override
            boolean skipTo(long micros) {
                nowMicros = Math.max(nowMicros, micros);
                return true;
            }
        };
    }
}
