package dev.blockcopy.simulator;

import dev.blockcopy.simulator.check.Progress;
import dev.blockcopy.simulator.check.Watch;
import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A person at a terminal: sees how far a check has come, and may end it by Ctrl-C and still be told what was explored.
 *
 * <p>The JDK tells of Ctrl-C through shutdown hooks only; there the process waits for the answer, but not for ever.
 */
final class ConsoleWatch implements Watch, AutoCloseable {
    private static final long LINE_NANOS = 1_000_000_000;
    private static final long ANSWER_MAX_SECONDS = 20;

    private final PrintWriter err;
    private final boolean isShown;
    private final Thread hook = new Thread(this::stop, "interruption");
    private final CountDownLatch answered = new CountDownLatch(1);
    private volatile boolean isStopped;
    private long shownNanos = -LINE_NANOS;

    /**
     * Watches from now on.
     *
     * @param isShown whether to print a line of progress
     */
    ConsoleWatch(PrintWriter err, boolean isShown) {
        this.err = err;
        this.isShown = isShown;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public boolean goOn(Progress progress) {
        if (isShown && progress.nanos() - shownNanos > LINE_NANOS) {
            shownNanos = progress.nanos();
            err.print("\r" + progress);
            err.flush();
        }
        return !isStopped;
    }

    private void stop() {
        isStopped = true;
        try {
            answered.await(ANSWER_MAX_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(ExitCode.UNKNOWN.number());
    }

    /** The answer is printed. */
    @Override
    public void close() {
        answered.countDown();
        if (!isStopped) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
        if (shownNanos >= 0) {
            err.println();
        }
    }
}
