package dev.blockcopy.engine;

import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.model.qmp.QmpCommand;
import dev.blockcopy.model.qmp.QmpReply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread and the one queue of a lane, with real time and a real monitor. */
final class LaneHost implements LanePorts, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final long LEAVE_MILLIS_MAX = 5_000;

    private final Journal journal;
    private final JobExecutor executor;
    private final MonitorDialer dialer;
    private final FileWork files;
    private final ScheduledExecutorService timers;
    private final LaneListener listener;
    private final BlockingQueue<LaneInput> queue = new LinkedBlockingQueue<>();
    private final Lane lane;
    private final Thread thread;
    private volatile RuntimeException haltedBy;
    private volatile boolean leaving;

    LaneHost(
            String name,
            Journal journal,
            JobExecutor executor,
            MonitorDialer dialer,
            FileWork files,
            ScheduledExecutorService timers,
            LaneListener listener) {
        this.journal = journal;
        this.executor = executor;
        this.dialer = dialer;
        this.files = files;
        this.timers = timers;
        this.listener = listener;
        this.lane = new Lane(this, listener);
        this.thread = new Thread(this::run, "lane " + name);
        this.thread.setDaemon(true);
    }

    /** Adopts the jobs that a former owner left, and dials. */
    void begin(List<CopyJob> jobs) {
        thread.start();
        jobs.forEach(job -> queue.add(new LaneInput.Adopt(job)));
        queue.add(new LaneInput.Dial());
    }

    private void run() {
        while (haltedBy == null && !(leaving && queue.isEmpty())) {
            try {
                lane.take(queue.take());
            } catch (InterruptedException e) {
                leaving = true;
            } catch (RuntimeException e) {
                halt(e);
            }
        }
    }

    private void halt(RuntimeException e) {
        haltedBy = e;
        lane.abandon();
        List<LaneInput> rest = new ArrayList<>();
        queue.drainTo(rest);
        rest.forEach(input -> refuse(input, e));
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
        queue.add(input);
        RuntimeException why = haltedBy;
        if (why != null && queue.remove(input)) {
            refuse(input, why);
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

    /** Lets go of the monitor; the jobs go on in QEMU. */
    @Override
    public void close() {
        CompletableFuture<Void> left = new CompletableFuture<>();
        leaving = true;
        post(new LaneInput.Leave(left));
        try {
            thread.join(LEAVE_MILLIS_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
