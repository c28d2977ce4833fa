package dev.blockcopy.engine.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM: the command's thread is interrupted, leaves its jobs in order, and the process exits with 130.
 *
 * <p>The JDK tells of these signals through shutdown hooks only; there the process waits for the command, but not for
 * ever.
 */
final class Interruption {
    private static final long ORDERLY_MAX_SECONDS = 20;

    private final Thread worker;
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile boolean isAsked;

    private Interruption(Thread worker) {
        this.worker = worker;
    }

    /** The calling thread is the one that is interrupted. */
    static Interruption install() {
        Interruption interruption = new Interruption(Thread.currentThread());
        Runtime.getRuntime().addShutdownHook(new Thread(interruption::asked, "interruption"));
        return interruption;
    }

    private void asked() {
        if (finished.getCount() > 0) {
            worker.interrupt();
            isAsked = true;
            awaitFinished();
            Runtime.getRuntime().halt(ExitCode.INTERRUPTED.number());
        }
    }

    /** Whether the interrupt was sent; it may have been consumed since. */
    boolean isAsked() {
        return isAsked;
    }

    private void awaitFinished() {
        try {
            finished.await(ORDERLY_MAX_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the process; the exit code of a command that was interrupted is 130. */
    void exit(int code) {
        finished.countDown();
        if (!isAsked) {
            System.exit(code);
        }
    }
}
