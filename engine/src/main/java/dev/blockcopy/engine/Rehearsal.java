package dev.blockcopy.engine;

import dev.blockcopy.engine.image.ImageFormat;
import dev.blockcopy.engine.qmp.QmpInput;
import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.Facts.Wish;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.model.qmp.QmpCodec;
import dev.blockcopy.model.qmp.QmpCommand;
import dev.blockcopy.model.qmp.QmpEvent;
import dev.blockcopy.model.qmp.QmpMessage;
import dev.blockcopy.model.qmp.QmpReply;
import dev.blockcopy.model.qmp.QmpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A whole copy, pivot included, against nobody: no file, no monitor, no journal.
 *
 * <p>A virtual machine does everything slowly the first time. What is done while a guest is paused must not be done for
 * the first time then, so it is rehearsed before the first copy begins.
 */
final class Rehearsal extends StillPorts implements MonitorLink, FileWork, Journal {
    private static final String NONCE = "000000000000";
    private static final String NODE =
            "{\"image\":{\"virtual-size\":512,\"filename\":\"/r\",\"format\":\"raw\"},\"ro\":false,\"node-name\":\"copy-"
                    + NONCE
                    + "\",\"backing_file_depth\":0,\"drv\":\"raw\",\"cache\":{\"no-flush\":false,\"direct\":false,"
                    + "\"writeback\":true},\"file\":\"/r\"}";

    private final JobExecutor executor;
    private final Lane lane = new Lane(this, this);
    private String jobStatus = "running";
    private Consumer<QmpInput> sink;
    private long ids;
    private boolean over;

    private Rehearsal(JobExecutor executor) {
        this.executor = executor;
    }

    /** Rehearses a number of times. */
    static void run(JobExecutor executor, int times) {
        for (int i = 0; i < times; i++) {
            new Rehearsal(executor).perform();
        }
    }

    private void perform() {
        CopySpec spec = new CopySpec(
                "rehearsal",
                NONCE,
                Path.of("/r.sock"),
                "d",
                new CopySpec.Backend("d", ""),
                new CopySpec.Source("s", "/s", "raw", 512, List.of(), ""),
                new CopySpec.Destination(Path.of("/r"), ImageFormat.RAW, false, "", ""),
                new CopySpec.Options(false, false, -1, -1, -1, 1));
        lane.take(new LaneInput.Dial());
        drain();
        CopyJob job = new CopyJob(spec, Facts.LAYOUT.initial().with(Facts.WISH, Wish.PIVOT), Findings.NONE);
        lane.take(new LaneInput.Begin(job));
        drain();
        if (!over) {
            throw new IllegalStateException("the rehearsal of a pivot does not come to its end");
        }
    }

    private void drain() {
        while (!queue.isEmpty()) {
            lane.take(queue.remove());
        }
    }

    // ---- nobody's monitor

    @Override
    public MonitorDialer dialer() {
        return inputs -> {
            sink = inputs;
            sink.accept(new QmpInput.Opened());
            return this;
        };
    }

    @Override
    public String send(QmpCommand command) {
        String id = "rehearsal-" + ++ids;
        QmpCodec.encode(new QmpRequest(id, command.execute(), command.members()));
        QmpReply reply = (QmpReply) decoded("{\"return\": " + valueOf(command) + ", \"id\": \"" + id + "\"}");
        sink.accept(new QmpInput.Replied(id, command, reply));
        follow(command);
        return id;
    }

    private String valueOf(QmpCommand command) {
        if (command instanceof QmpCommand.QueryNamedBlockNodes) {
            return "[" + NODE + "]";
        }
        if (command instanceof QmpCommand.QueryJobs) {
            return "[{\"current-progress\":512,\"status\":\"" + jobStatus
                    + "\",\"total-progress\":512,\"type\":\"mirror\",\"id\":\"rehearsal\"}]";
        }
        if (command instanceof QmpCommand.QueryStatus) {
            return "{\"status\":\"running\",\"singlestep\":false,\"running\":true}";
        }
        if (command instanceof QmpCommand.QueryBlock) {
            return "[{\"device\":\"d\",\"locked\":false,\"removable\":false,\"type\":\"unknown\",\"inserted\":" + NODE
                    + "}]";
        }
        return command instanceof QmpCommand.XDebugQueryBlockGraph ? "{\"nodes\":[],\"edges\":[]}" : "{}";
    }

    private void follow(QmpCommand command) {
        if (command instanceof QmpCommand.QueryJobs && jobStatus.equals("running") && ids > 2) {
            tell("ready");
        } else if (command instanceof QmpCommand.JobComplete) {
            tell("BLOCK_JOB_COMPLETED", "{\"device\":\"rehearsal\",\"type\":\"mirror\"}");
            tell("concluded");
        }
    }

    private void tell(String status) {
        jobStatus = status;
        tell("JOB_STATUS_CHANGE", "{\"status\":\"" + status + "\",\"id\":\"rehearsal\"}");
    }

    private void tell(String event, String data) {
        sink.accept(new QmpInput.Happened(
                (QmpEvent) decoded("{\"timestamp\":{\"seconds\":0,\"microseconds\":0},\"event\":\"" + event
                        + "\",\"data\":" + data + "}")));
    }

    private static QmpMessage decoded(String line) {
        return QmpCodec.decode(line);
    }

    @Override
    public void close() {
        sink = input -> {};
    }

    // ---- nobody's world

    @Override
    public Journal journal() {
        return this;
    }

    @Override
    public JobExecutor executor() {
        return executor;
    }

    @Override
    public FileWork files() {
        return this;
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void post(LaneInput input, Duration delay) {
        // Nothing is waited for: no pause lasts, and no look is repeated.
    }

    @Override
    public Sighting perform(CopyEffect effect, CopyJob job) {
        return Sighting.of(Trigger.DONE);
    }

    @Override
    public Optional<String> mayBeInUse(CopyJob job) {
        return Optional.empty();
    }

    @Override
    public void insert(CopyJob job, JournalLine line) {
        // Nobody's job is not written down.
    }

    @Override
    public void save(CopyJob job, List<JournalLine> lines) {
        over = job.hasEnded();
    }

    @Override
    public void saveProgress(String jobId, Progress progress) {
        // Nobody's progress neither.
    }

    @Override
    public List<JournalLine> journalOf(String jobId) {
        return List.of();
    }
}
