package dev.blockcopy.engine.store;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.sqlite.BusyHandler;

/**
 * Waits for another process that has the file locked: in short steps of one length. SQLite's own wait grows to 100 ms a
 * step, by which a commit inside a guest's pause would last longer than it must, and a busy neighbour could keep us out
 * until the time is up.
 */
final class Patience extends BusyHandler {
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final long timeoutNanos;
    private long since;

    Patience(Duration timeout) {
        timeoutNanos = timeout.toNanos();
    }

    /** Asked each time that the file is locked, with how often it was asked before; 0 gives up. */
    @Override
    protected int callback(int before) {
        long now = System.nanoTime();
        if (before == 0) {
            since = now;
        }
        LockSupport.parkNanos(STEP_NANOS);
        return now - since < timeoutNanos ? 1 : 0;
    }
}
