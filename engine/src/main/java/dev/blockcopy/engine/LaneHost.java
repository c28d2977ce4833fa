package dev.blockcopy.engine;

import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.model.qmp.QmpCommand;
import dev.blockcopy.model.qmp.QmpReply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one queue of a lane, with real time and a real monitor. What is in the queue is taken one at a time, by whichever of
 * the engine's threads is free; a lane whose queue is empty needs none.
 */
final class LaneHost implements LanePorts, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final long LEAVE_MILLIS_MAX = 5_000;
    private static final int INPUTS_AT_ONCE = 64;
    /** Most guests do not wait for longer. */
    private static final Duration TELL_AFTER = Duration.ofMillis(20);

    private final Journal journal;
    private final JobExecutor executor;
    private final MonitorDialer dialer;
    private final FileWork files;
    private final Executor threads;
    private final ScheduledExecutorService timers;
    private final LaneListener listener;
    private final Queue<LaneInput> queue = new ConcurrentLinkedQueue<>();
    private final Lane lane;
    private final AtomicBoolean isBusy = new AtomicBoolean();
    /** Whether a guest is paused until the lane goes on. */
    private volatile boolean holdsGuest;
    /** Whether it will be told what was kept back; for whoever is busy with the lane. */
    private boolean isTellDue;
    /** They wait for the guest; for whoever is busy with the lane. */
    private final List<LaneInput.Leave> putOff = new ArrayList<>();
    /** Why no input is taken any more: an error, or because it was let go. */
    private volatile RuntimeException haltedBy;

    LaneHost(
            Journal journal,
            JobExecutor executor,
            MonitorDialer dialer,
            FileWork files,
            Executor threads,
            ScheduledExecutorService timers,
            LaneListener listener) {
        this.journal = journal;
        this.executor = executor;
        this.dialer = dialer;
        this.files = files;
        this.threads = threads;
        this.timers = timers;
        this.listener = listener;
        this.lane = new Lane(this, listener);
    }

    /** Adopts the jobs that a former owner left, and dials. */
    void begin(List<CopyJob> jobs) {
        jobs.forEach(job -> post(new LaneInput.Adopt(job)));
        post(new LaneInput.Dial());
    }

    /** Whether a guest waits for what comes next. */
    boolean holdsGuest() {
        return holdsGuest;
    }

    /** Takes what is in the queue, but for others that wait for a thread no more than so much at once. */
    private void run() {
        try {
            for (int i = 0; i < INPUTS_AT_ONCE && !queue.isEmpty(); i++) {
                take(queue.remove());
            }
        } finally {
            leaveInTime();
            tellLater();
            isBusy.set(false);
            runIfNeeded();
        }
    }

    private void leaveInTime() {
        if (!putOff.isEmpty() && !lane.pause().isAboutToEnd()) {
            queue.addAll(putOff);
            putOff.clear();
        }
    }

    /** What was kept back for the sake of a guest that waits is told once it runs, or has waited for long. */
    private void tellLater() {
        lane.tidings().areKeptBack = false;
        holdsGuest = haltedBy == null && lane.pause().isHeld();
        if (lane.tidings().areAny() && !holdsGuest) {
            queue.add(new LaneInput.Tell());
        } else if (lane.tidings().areAny() && !isTellDue) {
            isTellDue = true;
            post(new LaneInput.Tell(), TELL_AFTER);
        }
    }

    /**
     * While a guest waits, who heard something from its monitor takes it at once: to wake another thread takes a part of the
     * pause. Nobody is told anything meanwhile, for other monitors are heard by the same thread, and whoever watches may
     * take their time.
     */
    private void runHere() {
        if (isBusy.compareAndSet(false, true)) {
            lane.tidings().areKeptBack = true;
            run();
        }
    }

    private void take(LaneInput input) {
        if (input instanceof LaneInput.Tell) {
            isTellDue = false;
            lane.tidings().tellAll();
            return;
        }
        RuntimeException why = haltedBy;
        if (why != null) {
            refuse(input, why);
            return;
        }
        if (input instanceof LaneInput.Leave leave) {
            if (!leave.atOnce() && lane.pause().isAboutToEnd()) {
                putOff.add(leave);
                return;
            }
            haltedBy = new IllegalStateException("the monitor was let go");
        }
        try {
            lane.take(input);
        } catch (RuntimeException e) {
            halt(input, e);
        } catch (Error e) {
            halt(input, new IllegalStateException(e));
        }
    }

    private void runIfNeeded() {
        if (queue.isEmpty() || !isBusy.compareAndSet(false, true)) {
            return;
        }
        try {
            threads.execute(this::run);
        } catch (RejectedExecutionException e) {
            isBusy.set(false);
            haltedBy = new IllegalStateException("the engine was closed", e);
            for (LaneInput input = queue.poll(); input != null; input = queue.poll()) {
                refuse(input, haltedBy);
            }
        } catch (Error e) {
            LOG.error("no thread for a lane, until its next input", e);
            isBusy.set(false);
        }
    }

    private void halt(LaneInput input, RuntimeException e) {
        haltedBy = e;
        refuse(input, e);
        lane.abandon(String.valueOf(e.getMessage()));
        listener.halted(e);
    }

    private static void refuse(LaneInput input, RuntimeException why) {
        if (input instanceof LaneInput.Asked asked) {
            asked.answer().completeExceptionally(why);
        } else if (input instanceof LaneInput.Begin begin) {
            begin.answer().completeExceptionally(why);
        } else if (input instanceof LaneInput.Query query) {
            query.reply().completeExceptionally(why);
        } else if (input instanceof LaneInput.Leave leave) {
            leave.left().complete(null);
        }
    }

    CompletableFuture<Answer> ask(String jobId, Trigger request, String said) {
        LaneInput.Asked asked = new LaneInput.Asked(jobId, request, said);
        post(asked);
        return asked.answer();
    }

    CompletableFuture<Answer> begin(CopyJob job) {
        LaneInput.Begin begin = new LaneInput.Begin(job);
        post(begin);
        return begin.answer();
    }

    CompletableFuture<QmpReply> query(QmpCommand command) {
        CompletableFuture<QmpReply> reply = new CompletableFuture<>();
        post(new LaneInput.Query(command, reply));
        return reply;
    }

    @Override
    public void post(LaneInput input) {
        RuntimeException why = haltedBy;
        if (why != null) {
            refuse(input, why);
            return;
        }
        queue.add(input);
        if (holdsGuest && input instanceof LaneInput.FromMonitor) {
            runHere();
        } else {
            runIfNeeded();
        }
    }

    @Override
    public void post(LaneInput input, Duration delay) {
        timers.schedule(() -> post(input), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public Journal journal() {
        return journal;
    }

    @Override
    public JobExecutor executor() {
        return executor;
    }

    @Override
    public MonitorDialer dialer() {
        return dialer;
    }

    @Override
    public FileWork files() {
        return files;
    }

    @Override
    public Logger log() {
        return LOG;
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    /** Lets go of the monitor; the jobs go on in QEMU. A guest that runs again in a moment is waited for. */
    @Override
    public void close() {
        CompletableFuture<Void> left = new CompletableFuture<>();
        post(new LaneInput.Leave(left, false));
        if (!isDone(left)) {
            closeAtOnce();
        }
    }

    /** Lets go of the monitor, for somebody else drives its jobs, or will. */
    void closeAtOnce() {
        CompletableFuture<Void> left = new CompletableFuture<>();
        post(new LaneInput.Leave(left, true));
        if (!isDone(left)) {
            LOG.debug("not left");
        }
    }

    private static boolean isDone(CompletableFuture<Void> left) {
        try {
            left.get(LEAVE_MILLIS_MAX, TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("not left in time", e);
        }
        return false;
    }
}
