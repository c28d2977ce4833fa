package dev.blockcopy.engine;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rehearsals of one engine, on a thread of their own. Safe for use by several threads. */
final class Rehearsing {
    private static final Logger LOG = LoggerFactory.getLogger(Rehearsing.class);
    private static final long GUEST_FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Rehearsals rehearsals;
    private final Supplier<JobExecutor> executors;
    private final BooleanSupplier guestIsPaused;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CountDownLatch first;
    private volatile boolean over;

    /**
     * None yet.
     *
     * @param guestIsPaused whether somebody's guest waits: none begins meanwhile, but for the first
     */
    Rehearsing(Rehearsals rehearsals, Supplier<JobExecutor> executors, BooleanSupplier guestIsPaused) {
        this.rehearsals = rehearsals;
        this.executors = executors;
        this.guestIsPaused = guestIsPaused;
        this.first = new CountDownLatch(rehearsals.inAll() > 0 ? 1 : 0);
    }

    /** Begins, unless that was done before. */
    void begin() {
        if (first.getCount() > 0 && begun.compareAndSet(false, true)) {
            Thread thread = new Thread(this::run, Rehearsals.THREAD);
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Waits for the first of those that were begun. */
    void awaitFirst() throws InterruptedException {
        first.await();
    }

    /** No other begins. */
    void end() {
        over = true;
    }

    /** Whoever waits goes on without them if they fail: a pivot then takes longer, and nothing else. */
    private void run() {
        try (JobStore stage = rehearsals.stages().get()) {
            JobExecutor executor = executors.get();
            Ownership ownership = new Ownership(stage);
            ownership.take(Rehearsal.MONITOR);
            Journal journal = ownership.journal(Rehearsal.MONITOR);
            for (int i = 0; i < rehearsals.inAll() && !over; i++) {
                if (i >= rehearsals.atFirst()) {
                    first.countDown();
                    outwaitPause();
                }
                new Rehearsal(executor, journal, i).perform();
            }
        } catch (RuntimeException | Error e) {
            LOG.warn("pivots can't be rehearsed, so the first ones pause their guests for longer", e);
        } finally {
            first.countDown();
        }
    }

    private void outwaitPause() {
        while (guestIsPaused.getAsBoolean() && !over) {
            LockSupport.parkNanos(GUEST_FIRST_NANOS);
        }
    }
}
