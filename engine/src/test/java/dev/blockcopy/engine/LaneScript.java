package dev.blockcopy.engine;

import dev.blockcopy.engine.qmp.QmpInput;
import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.model.lifecycle.Facts.Destination;
import dev.blockcopy.model.lifecycle.Facts.Wish;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.model.qmp.BlockdevMirror;
import dev.blockcopy.model.qmp.QmpCommand;
import dev.blockcopy.model.qmp.QmpEvent;
import dev.blockcopy.model.qmp.QmpReply;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A lane whose world is this test: its monitor, store, files and clock write down what the lane does, in order, and
 * answer only when told to.
 */
class LaneScript extends StillPorts {
    final List<String> deeds = new ArrayList<>();
    final RecordingStore store = new RecordingStore(deeds);
    final Deque<Sent> unanswered = new ArrayDeque<>();
    final List<Postponed> postponed = new ArrayList<>();
    final List<String> troubles = new ArrayList<>();
    private final Lane lane = new Lane(this, this);
    boolean reachable = true;
    boolean opens = true;
    String socket = "1:2:3";
    boolean nobodyListens;
    boolean inUse;
    String runState = "running";
    boolean tellsWhatIsAnticipated;
    Sighting fileAnswer = new Sighting(Trigger.DONE, findings -> findings.withMadeFile("FILE:1:2"));
    CopyJob job;
    int sessions;
    private int ids;

    /** A command that waits for its reply. */
    record Sent(String id, QmpCommand command) {}

    /** An input that is due later. */
    record Postponed(LaneInput input, Duration delay) {}

    // ---- what the test does

    /** The lane takes an input, and what that has put into its queue. */
    void take(LaneInput input) {
        lane.take(input);
        while (!queue.isEmpty()) {
            lane.take(queue.remove());
        }
    }

    void connect() {
        take(new LaneInput.Dial());
        greet("[]", List.of());
    }

    /** Answers the handshake: what nodes and jobs this QEMU has. */
    void greet(String ignored, List<Map<String, Object>> jobs) {
        greet(List.of(), jobs);
    }

    void greet(List<Map<String, Object>> nodes, List<Map<String, Object>> jobs) {
        reply(QmpCommand.QueryNamedBlockNodes.class, nodes);
        guestShows(runState);
        reply(QmpCommand.QueryJobs.class, jobs);
    }

    Answer begin(CopyJob begun) {
        LaneInput.Begin begin = new LaneInput.Begin(begun);
        take(begin);
        return begin.answer().join();
    }

    Answer ask(Trigger request) {
        return ask(job.id(), request);
    }

    Answer ask(String jobId, Trigger request) {
        LaneInput.Asked asked = new LaneInput.Asked(jobId, request, "");
        take(asked);
        return asked.answer().join();
    }

    /** A ready job is asked to pivot, and is about to look at its backlog. */
    void askForAPivot() {
        connect();
        begin(Samples.job(Destination.EXISTING, Wish.STAY));
        done(QmpCommand.BlockdevAdd.class);
        done(BlockdevMirror.class);
        jobsShow("ready");
        ask(Trigger.PIVOT);
    }

    void guestShows(String status) {
        reply(QmpCommand.QueryStatus.class, Map.of("status", status, "running", status.equals("running")));
    }

    void reply(Class<? extends QmpCommand> to, Object value) {
        Sent sent = next(to);
        input(new QmpInput.Replied(sent.id(), sent.command(), new QmpReply.Success(sent.id(), value)));
    }

    void done(Class<? extends QmpCommand> to) {
        reply(to, Map.of());
    }

    void fail(Class<? extends QmpCommand> to, String description) {
        Sent sent = next(to);
        input(new QmpInput.Replied(
                sent.id(), sent.command(), new QmpReply.Failure(sent.id(), "GenericError", description)));
    }

    private Sent next(Class<? extends QmpCommand> to) {
        Sent sent = unanswered.poll();
        if (sent == null || !to.isInstance(sent.command())) {
            throw new AssertionError("expected " + to.getSimpleName() + " to be next, but it is " + sent);
        }
        return sent;
    }

    void input(QmpInput input) {
        take(new LaneInput.FromMonitor(sessions, input));
    }

    void event(String name, Map<String, Object> data) {
        input(new QmpInput.Happened(new QmpEvent(name, new QmpEvent.Timestamp(1, 1), data)));
    }

    void jobStatus(String status) {
        event("JOB_STATUS_CHANGE", Map.of("id", job.id(), "status", status));
    }

    void jobsShow(String status) {
        reply(QmpCommand.QueryJobs.class, List.of(Samples.jobInfo(job.id(), status, null, 100, 100)));
    }

    void jobsShow(String status, String error) {
        reply(QmpCommand.QueryJobs.class, List.of(Samples.jobInfo(job.id(), status, error, 100, 100)));
    }

    void graphShows(String nodeName) {
        reply(QmpCommand.QueryBlock.class, List.of(Samples.blockInfo("drive0", nodeName)));
        if (unanswered.peek() != null && unanswered.peek().command() instanceof QmpCommand.XDebugQueryBlockGraph) {
            reply(QmpCommand.XDebugQueryBlockGraph.class, Map.of("nodes", List.of(), "edges", List.of()));
        }
    }

    /** Lets what is postponed happen, the earliest first. */
    void elapse() {
        List<Postponed> due = new ArrayList<>(postponed);
        postponed.clear();
        due.forEach(each -> take(each.input()));
    }

    List<String> sent() {
        return deeds.stream()
                .filter(deed -> deed.startsWith("send "))
                .map(deed -> deed.substring(5))
                .toList();
    }

    // ---- what the lane does

    @Override
    public Journal journal() {
        return store;
    }

    @Override
    public JobExecutor executor() {
        return new TableExecutor();
    }

    @Override
    public MonitorDialer dialer() {
        return new MonitorDialer() {
            @Override
            public MonitorLink open(Consumer<QmpInput> sink) throws UnreachableException {
                return LaneScript.this.open(sink);
            }

            @Override
            public String identity() {
                return socket;
            }
        };
    }

    private MonitorLink open(Consumer<QmpInput> sink) throws MonitorDialer.UnreachableException {
        sessions++;
        if (!reachable) {
            throw new MonitorDialer.UnreachableException("not reachable", nobodyListens, null);
        }
        unanswered.clear();
        if (opens) {
            sink.accept(new QmpInput.Opened());
        }
        return new MonitorLink() {
            @Override
            public String send(QmpCommand command) {
                String id = "id-" + ++ids;
                deeds.add("send " + command.execute());
                unanswered.add(new Sent(id, command));
                return id;
            }

            @Override
            public void anticipate(QmpCommand command) {
                if (tellsWhatIsAnticipated) {
                    deeds.add("anticipate " + command.execute());
                }
            }

            @Override
            public void close() {
                deeds.add("close");
            }
        };
    }

    @Override
    public FileWork files() {
        return new FileWork() {
            @Override
            public Sighting perform(CopyEffect effect, CopyJob performed) {
                deeds.add("file " + effect);
                return fileAnswer;
            }

            @Override
            public Optional<String> mayBeInUse(CopyJob job) {
                return inUse ? Optional.of("an image is still open in some process") : Optional.empty();
            }
        };
    }

    @Override
    public void post(LaneInput input, Duration delay) {
        postponed.add(new Postponed(input, delay));
    }

    @Override
    public void moved(CopyJob moved, Progress progress) {
        job = moved;
        deeds.add("tell " + moved.state());
    }

    @Override
    public void trouble(String text) {
        troubles.add(text);
    }
}
