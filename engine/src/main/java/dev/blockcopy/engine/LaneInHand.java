package dev.blockcopy.engine;

import dev.blockcopy.engine.image.FileCalls;
import dev.blockcopy.engine.qmp.QmpInput;
import dev.blockcopy.engine.qmp.QmpLimits;
import dev.blockcopy.engine.qmp.QmpSession;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.model.qmp.QmpCommand;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/**
 * The engine's own lane in the hands of one caller: no thread, no socket and no clock, so that a simulation says when each
 * line is heard and when time has gone by.
 *
 * <p>Whatever the lane does at once (files, a look that is put off for a moment) it does before a call returns. What waits
 * for longer is done when time goes by ({@link #elapse}), or when it is asked for: {@link #dial}, {@link #pauseIsOver}.
 * For one thread.
 */
public final class LaneInHand {
    /** The far end of the lane's sessions: lines of QMP, without their ends. */
    public interface Wire {
        /** A session begins; false where nobody listens. */
        boolean connect();

        /** An open descriptor of this file goes along with the next line. */
        void attach(Path file);

        /** A line to QEMU. */
        void write(String line);

        /** A line of the negotiation from QEMU, which answers at once; empty if it has gone meanwhile. */
        Optional<String> negotiated();

        /** The session is over, by the lane's will. */
        void close();
    }

    /**
     * The host that the lane runs on.
     *
     * @param calls how its files are reached
     * @param store the file of the jobs' store, beside which witnesses are put; without one there are none
     * @param boot unlike that of any other run of this host
     */
    public record Host(FileCalls calls, Optional<Path> store, String boot) {}

    /** What is put into the queue when its time has come. */
    private record Postponed(long dueNanos, LaneInput input) {}

    private static final Duration MOMENT = Duration.ofMillis(40);

    private final String name;
    private final Journal journal;
    private final JobExecutor executor;
    private final Wire wire;
    private final FileWork files;
    private final List<Postponed> later = new ArrayList<>();
    private final Ports ports = new Ports();
    private final Lane lane = new Lane(ports, ports);
    private QmpSession session;
    private Consumer<QmpInput> sink;
    private int sessions;
    private boolean isTaking;

    /**
     * Drives nothing yet.
     *
     * @param name unlike that of any other lane of the same QEMU, so that its commands are told from theirs
     */
    public LaneInHand(String name, Journal journal, JobExecutor executor, Host host, Wire wire) {
        this.name = name;
        this.journal = journal;
        this.executor = executor;
        this.files = new HostFiles(host.calls(), host.store(), host.boot());
        this.wire = wire;
    }

    /** Tries to get a session, as a lane does at its beginning and some time after it lost one. */
    public void dial() {
        later.removeIf(postponed -> postponed.input() instanceof LaneInput.Dial);
        take(new LaneInput.Dial());
    }

    /** A new job, checked and resolved; a session must stand. */
    public Answer begin(CopyJob job) {
        LaneInput.Begin begin = new LaneInput.Begin(job);
        take(begin);
        return begin.answer().join();
    }

    /** A job that a former owner left; dials where there is no session. */
    public void adopt(CopyJob job) {
        take(new LaneInput.Adopt(job));
    }

    public Answer ask(String jobId, Trigger request) {
        LaneInput.Asked asked = new LaneInput.Asked(jobId, request, "");
        take(asked);
        return asked.answer().join();
    }

    /** A line from QEMU is heard. */
    public void hear(String line) {
        session.received(bytes(line), ports.nowNanos).forEach(sink);
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
        LongStream patience =
                isOpen() ? LongStream.of(ports.nowNanos + session.nanosLeft(ports.nowNanos)) : LongStream.empty();
        OptionalLong next = LongStream.concat(postponed, patience).min();
        return next.isEmpty() ? next : OptionalLong.of(Math.max(0, next.getAsLong() - ports.nowNanos));
    }

    private boolean isOpen() {
        return session != null && session.isOpen();
    }

    /** Time goes by, and what waited for it happens. */
    public void elapse(long nanos) {
        ports.nowNanos += nanos;
        takeThose(postponed -> postponed.dueNanos() <= ports.nowNanos);
        if (isOpen()) {
            List<QmpInput> inputs = session.elapsed(ports.nowNanos);
            write(session);
            inputs.forEach(sink);
            drain();
        }
    }

    private void take(LaneInput input) {
        ports.queue.add(input);
        drain();
    }

    private void drain() {
        if (!isTaking) {
            isTaking = true;
            while (!ports.queue.isEmpty()) {
                lane.take(ports.queue.remove());
            }
            isTaking = false;
        }
    }

    private MonitorLink open(Consumer<QmpInput> heard) throws MonitorDialer.UnreachableException {
        if (!wire.connect()) {
            throw new MonitorDialer.UnreachableException("nobody listens", true, null);
        }
        QmpSession opened = new QmpSession("the monitor", name + "-" + ++sessions, QmpLimits.DEFAULT, ports.nowNanos);
        session = opened;
        sink = heard;
        while (!opened.isOpen()) {
            String line = wire.negotiated()
                    .orElseThrow(
                            () -> new MonitorDialer.UnreachableException("it went in mid-negotiation", false, null));
            opened.received(bytes(line), ports.nowNanos).forEach(heard);
            write(opened);
        }
        return new MonitorLink() {
            @Override
            public String send(QmpCommand command) {
                String id = opened.send(command, QmpLimits.DEFAULT.replyMillis(), ports.nowNanos);
                write(opened);
                return id;
            }

            @Override
            public String send(QmpCommand command, Path file) {
                wire.attach(file);
                return send(command);
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

    /** What the lane needs of its surroundings. */
    private final class Ports extends StillPorts {
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
        public void post(LaneInput input, Duration delay) {
            if (delay.compareTo(MOMENT) < 0) {
                queue.add(input);
            } else {
                later.add(new Postponed(nowNanos + delay.toNanos(), input));
            }
        }
    }
}
