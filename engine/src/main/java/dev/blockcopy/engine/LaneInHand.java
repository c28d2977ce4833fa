package dev.blockcopy.engine;

import dev.blockcopy.engine.image.SystemFileCalls;
import dev.blockcopy.engine.qmp.QmpInput;
import dev.blockcopy.engine.qmp.QmpLimits;
import dev.blockcopy.engine.qmp.QmpSession;
import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.model.qmp.QmpCommand;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine's own lane in the hands of one caller: no thread, no socket and no clock, so that a simulation says when each
 * line is heard and when time has gone by.
 *
 * <p>Whatever the lane does at once (files, a look that is put off for a moment) it does before a call returns. What waits for longer
 * is done when it is asked for: {@link #dial}, {@link #pauseIsOver}. It makes no witness. For one thread.
 */
public final class LaneInHand {
    /** The far end of the lane's sessions: lines of QMP, without their ends. */
    public interface Wire {
        /** A session begins; false where nobody listens. */
        boolean connect();

        /** A line to QEMU. */
        void write(String line);

        /** A line of the negotiation from QEMU, which answers at once. */
        String negotiated();

        /** The session is over, by the lane's will. */
        void close();
    }

    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final Duration MOMENT = Duration.ofMillis(40);

    private final Journal journal;
    private final JobExecutor executor;
    private final Wire wire;
    private final FileWork files = withoutWitness(new HostFiles(new SystemFileCalls()));
    private final Deque<LaneInput> queue = new ArrayDeque<>();
    private final List<LaneInput> later = new ArrayList<>();
    private final Lane lane;
    private QmpSession session;
    private Consumer<QmpInput> sink;
    private int sessions;
    private boolean isTaking;

    /** Drives nothing yet. */
    public LaneInHand(Journal journal, JobExecutor executor, Wire wire) {
        this.journal = journal;
        this.executor = executor;
        this.wire = wire;
        this.lane = new Lane(new Ports(), new Silent());
    }

    /** Tries to get a session, as a lane does at its beginning and some time after it lost one. */
    public void dial() {
        later.removeIf(LaneInput.Dial.class::isInstance);
        take(new LaneInput.Dial());
    }

    /** A new job, checked and resolved; a session must stand. */
    public Answer begin(CopyJob job) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        take(new LaneInput.Begin(job, answer));
        return answer.join();
    }

    /** A job that a former owner left; dials where there is no session. */
    public void adopt(CopyJob job) {
        take(new LaneInput.Adopt(job));
    }

    public Answer ask(String jobId, Trigger request) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        take(new LaneInput.Asked(jobId, request, "", answer));
        return answer.join();
    }

    /** A line from QEMU is heard. */
    public void hear(String line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        session.received(ByteBuffer.wrap(bytes), 0).forEach(sink);
        drain();
    }

    /** The session is heard to have ended. */
    public void hearEnd() {
        session.ended("closed").forEach(sink);
        drain();
    }

    /** Time to look how far the jobs are. */
    public void lookAtProgress() {
        take(new LaneInput.LookAtProgress());
    }

    /** The guest has been paused for as long as it may be; false where no pause is measured. */
    public boolean pauseIsOver() {
        List<LaneInput> due =
                later.stream().filter(LaneInput.PauseIsOver.class::isInstance).toList();
        later.removeAll(due);
        due.forEach(this::take);
        return !due.isEmpty();
    }

    private void take(LaneInput input) {
        queue.add(input);
        drain();
    }

    private void drain() {
        if (!isTaking) {
            isTaking = true;
            while (!queue.isEmpty()) {
                lane.take(queue.remove());
            }
            isTaking = false;
        }
    }

    private MonitorLink open(Consumer<QmpInput> heard) throws MonitorDialer.UnreachableException {
        if (!wire.connect()) {
            throw new MonitorDialer.UnreachableException("nobody listens", true, null);
        }
        QmpSession opened = new QmpSession("the monitor", "session-" + ++sessions, QmpLimits.DEFAULT, 0);
        session = opened;
        sink = heard;
        while (!opened.isOpen()) {
            opened.received(ByteBuffer.wrap((wire.negotiated() + "\n").getBytes(StandardCharsets.UTF_8)), 0);
            write(opened);
        }
        return new MonitorLink() {
            @Override
            public String send(QmpCommand command) {
                String id = opened.send(command, QmpLimits.DEFAULT.replyMillis(), 0);
                write(opened);
                return id;
            }

            @Override
            public void close() {
                wire.close();
            }
        };
    }

    private void write(QmpSession from) {
        for (ByteBuffer next = from.outgoing(); next != null; next = from.outgoing()) {
            byte[] bytes = new byte[next.remaining()];
            next.get(bytes);
            wire.write(new String(bytes, StandardCharsets.UTF_8).stripTrailing());
        }
    }

    private static FileWork withoutWitness(FileWork files) {
        Predicate<CopyEffect> isOnWitness = effect -> effect.name().endsWith("_WITNESS");
        return new FileWork() {
            @Override
            public Sighting perform(CopyEffect effect, CopyJob job) {
                return isOnWitness.test(effect) ? Sighting.of(Trigger.REFUSED) : files.perform(effect, job);
            }

            @Override
            public boolean isInUse(CopySpec spec) {
                return files.isInUse(spec);
            }
        };
    }

    /** What the lane needs of its surroundings. */
    private final class Ports implements LanePorts {
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
            return LaneInHand.this::open;
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
            return 0;
        }

        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public void post(LaneInput input) {
            queue.add(input);
        }

        @Override
        public void post(LaneInput input, Duration delay) {
            if (delay.compareTo(MOMENT) < 0) {
                queue.add(input);
            } else {
                later.add(input);
            }
        }
    }

    /** Nobody listens: whoever holds the lane looks into the journal. */
    private static final class Silent implements LaneListener {
        @Override
        public void moved(CopyJob job, Progress progress) {
            // It is in the journal.
        }

        @Override
        public void trouble(String text) {
            LOG.debug("{}", text);
        }

        @Override
        public void connected() {
            // The jobs were told.
        }

        @Override
        public void halted(RuntimeException why) {
            throw why;
        }
    }
}
