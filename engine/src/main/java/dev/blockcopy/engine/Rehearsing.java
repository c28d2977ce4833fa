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
    private static final long GUEST_FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Rehearsals rehearsals;
    private final Supplier<JobExecutor> executors;
    private final BooleanSupplier guestIsPaused;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CountDownLatch first;
    private volatile boolean over;

    /**
     * None yet.
     *
     * @param guestIsPaused whether somebody's guest waits, and has the processors to itself
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
            Thread thread = new Thread(this::run, "blockcopy rehearsal");
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
            for (int i = 0; i < rehearsals.inAll() && !over; i++) {
                if (i == rehearsals.atFirst()) {
                    first.countDown();
                }
                perform(executor, stage, i);
            }
        } catch (RuntimeException | Error e) {
            LOG.warn("pivots can't be rehearsed, so the first ones pause their guests for longer", e);
        } finally {
            first.countDown();
        }
    }

    private void perform(JobExecutor executor, JobStore stage, int number) {
        while (guestIsPaused.getAsBoolean()) {
            LockSupport.parkNanos(GUEST_FIRST_NANOS);
        }
        Ownership ownership = new Ownership(stage);
        ownership.take(Rehearsal.MONITOR);
        new Rehearsal(executor, ownership.journal(Rehearsal.MONITOR), number).perform();
        ownership.giveBack(Rehearsal.MONITOR);
    }
}
