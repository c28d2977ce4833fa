package dev.blockcopy.engine;

import dev.blockcopy.engine.image.FileCalls;
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
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.slf4j.Logger;
import org.slf4j.helpers.NOPLogger;

/**
 * The engine's own lane in the hands of one caller: no thread, no socket and no clock, so that a simulation says when each
 * line is heard and when time has gone by.
 *
 * <p>Whatever the lane does at once (files, a look that is put off for a moment) it does before a call returns. What waits
 * for longer is done when time goes by ({@link #elapse}), or when it is asked for: {@link #dial}, {@link #pauseIsOver}. It
 * makes no witness. For one thread.
 */
public final class LaneInHand {
    /** The far end of the lane's sessions: lines of QMP, without their ends. */
    public interface Wire {
        /** A session begins; false where nobody listens. */
        boolean connect();

        /** A line to QEMU. */
        void write(String line);

        /** A line of the negotiation from QEMU, which answers at once; empty if it has gone meanwhile. */
        Optional<String> negotiated();

        /** The session is over, by the lane's will. */
        void close();
    }

    /** What is put into the queue when its time has come. */
    private record Postponed(long dueNanos, LaneInput input) {}

    private static final Duration MOMENT = Duration.ofMillis(40);

    private final String name;
    private final Journal journal;
    private final JobExecutor executor;
    private final Wire wire;
    private final FileWork files;
    private final Deque<LaneInput> queue = new ArrayDeque<>();
    private final List<Postponed> later = new ArrayList<>();
    private final Lane lane;
    private QmpSession session;
    private Consumer<QmpInput> sink;
    private int sessions;
    private boolean isTaking;
    private long nowNanos;

    /**
     * Drives nothing yet.
     *
     * @param name unlike that of any other lane of the same QEMU, so that its commands are told from theirs
     */
    public LaneInHand(String name, Journal journal, JobExecutor executor, FileCalls files, Wire wire) {
        this.name = name;
        this.journal = journal;
        this.executor = executor;
        this.files = withoutWitness(new HostFiles(files));
        this.wire = wire;
        this.lane = new Lane(new Ports(), new Silent());
    }

    /** Tries to get a session, as a lane does at its beginning and some time after it lost one. */
    public void dial() {
        later.removeIf(postponed -> postponed.input() instanceof LaneInput.Dial);
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
        session.received(bytes(line), nowNanos).forEach(sink);
        drain();
    }

    private static ByteBuffer bytes(String line) {
        return ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
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
        return takeThose(postponed -> postponed.input() instanceof LaneInput.PauseIsOver);
    }

    private boolean takeThose(Predicate<Postponed> wanted) {
        List<Postponed> due = later.stream().filter(wanted).toList();
        later.removeAll(due);
        due.forEach(postponed -> take(postponed.input()));
        return !due.isEmpty();
    }

    /** How long until something happens by itself; empty if nothing ever does. */
    public OptionalLong nanosLeft() {
        LongStream postponed = later.stream().mapToLong(Postponed::dueNanos);
        LongStream patience = isOpen() ? LongStream.of(nowNanos + session.nanosLeft(nowNanos)) : LongStream.empty();
        OptionalLong next = LongStream.concat(postponed, patience).min();
        return next.isEmpty() ? next : OptionalLong.of(Math.max(0, next.getAsLong() - nowNanos));
    }

    private boolean isOpen() {
        return session != null && session.isOpen();
    }

    /** Time goes by, and what waited for it happens. */
    public void elapse(long nanos) {
        nowNanos += nanos;
        takeThose(postponed -> postponed.dueNanos() <= nowNanos);
        if (isOpen()) {
            List<QmpInput> inputs = session.elapsed(nowNanos);
            write(session);
            inputs.forEach(sink);
            drain();
        }
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
        QmpSession opened = new QmpSession("the monitor", name + "-" + ++sessions, QmpLimits.DEFAULT, nowNanos);
        session = opened;
        sink = heard;
        while (!opened.isOpen()) {
            String line = wire.negotiated()
                    .orElseThrow(
                            () -> new MonitorDialer.UnreachableException("it went in mid-negotiation", false, null));
            opened.received(bytes(line), nowNanos);
            write(opened);
        }
        return new MonitorLink() {
            @Override
            public String send(QmpCommand command) {
                String id = opened.send(command, QmpLimits.DEFAULT.replyMillis(), nowNanos);
                write(opened);
                return id;
            }

            @Override
            public void close() {
                opened.ended("closed");
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
            return NOPLogger.NOP_LOGGER;
        }

        @Override
        public long nanoTime() {
            return nowNanos;
        }

        @Override
        public Instant now() {
            return Instant.EPOCH.plusNanos(nowNanos);
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
                later.add(new Postponed(nowNanos + delay.toNanos(), input));
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
            // It is no news to whoever brought it about.
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
