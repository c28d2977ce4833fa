package dev.blockcopy.engine;

import dev.blockcopy.engine.qmp.QmpInput;
import dev.blockcopy.engine.qmp.QmpLimits;
import dev.blockcopy.engine.qmp.QmpSession;
import dev.blockcopy.model.qmp.QmpCommand;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.slf4j.helpers.NOPLogger;

/** The monitor of a QEMU that is not there, and does at once whatever the copy of one disk asks of it. */
final class NobodysMonitor implements MonitorLink {
    private static final String PREFIX = "rehearsal";
    private static final String GREETING =
            "{\"QMP\": {\"version\": {\"qemu\": {\"micro\": 0, \"minor\": 2, \"major\": 7},"
                    + " \"package\": \"\"}, \"capabilities\": [\"oob\"]}}";
    private static final String MOMENT = "\"timestamp\": {\"seconds\": 0, \"microseconds\": 0}";

    private final CopySpec spec;
    private final Consumer<QmpInput> sink;
    private final QmpSession session =
            new QmpSession("nobody's monitor", PREFIX, QmpLimits.DEFAULT, System.nanoTime(), NOPLogger.NOP_LOGGER);
    private String jobStatus = "";
    private int looksAtJobs;

    NobodysMonitor(CopySpec spec, Consumer<QmpInput> sink) {
        this.spec = spec;
        this.sink = sink;
    }

    /** Greets and negotiates. */
    void open() {
        hear(GREETING);
        drain();
        hear("{\"return\": {}, \"id\": \"" + PREFIX + "-1\"}");
    }

    @Override
    public String send(QmpCommand command) {
        String id = session.send(command, QmpLimits.DEFAULT.replyMillis(), System.nanoTime());
        drain();
        before(command);
        hear("{\"return\": " + valueOf(command) + ", \"id\": \"" + id + "\"}");
        after(command);
        return id;
    }

    @Override
    public void anticipate(QmpCommand command) {
        session.anticipate(command);
        drain();
    }

    /** Nobody reads. */
    private void drain() {
        for (ByteBuffer next = session.outgoing(); next != null; next = session.outgoing()) {
            next.position(next.limit());
        }
    }

    private void hear(String line) {
        byte[] bytes = (line + "\r\n").getBytes(StandardCharsets.UTF_8);
        session.received(ByteBuffer.wrap(bytes), System.nanoTime()).forEach(sink);
    }

    private String valueOf(QmpCommand command) {
        if (command instanceof QmpCommand.QueryNamedBlockNodes) {
            return "[" + node() + "]";
        }
        if (command instanceof QmpCommand.QueryJobs) {
            return "[{\"current-progress\": 512, \"status\": \"" + jobStatus
                    + "\", \"total-progress\": 512, \"type\": \"mirror\", \"id\": \"" + spec.id() + "\"}]";
        }
        if (command instanceof QmpCommand.QueryStatus) {
            return "{\"status\": \"running\", \"singlestep\": false, \"running\": true}";
        }
        if (command instanceof QmpCommand.QueryBlock) {
            return "[{\"io-status\": \"ok\", \"device\": \"" + spec.disk()
                    + "\", \"locked\": false, \"removable\": false, \"inserted\": " + node()
                    + ", \"type\": \"unknown\"}]";
        }
        return command instanceof QmpCommand.XDebugQueryBlockGraph ? "{\"nodes\": [], \"edges\": []}" : "{}";
    }

    private String node() {
        return "{\"iops_rd\": 0, \"detect_zeroes\": \"off\", \"image\": {\"virtual-size\": 512, \"filename\": \""
                + spec.destination().path() + "\", \"format\": \"raw\", \"actual-size\": 512, \"dirty-flag\": false},"
                + " \"iops_wr\": 0, \"ro\": false, \"node-name\": \"" + spec.nodeName()
                + "\", \"backing_file_depth\": 0, \"drv\": \"raw\", \"iops\": 0, \"bps_wr\": 0,"
                + " \"write_threshold\": 0, \"encrypted\": false, \"bps\": 0, \"bps_rd\": 0, \"cache\": {\"no-flush\": false,"
                + " \"direct\": false, \"writeback\": true}, \"file\": \""
                + spec.destination().path() + "\"}";
    }

    private void before(QmpCommand command) {
        if (command instanceof QmpCommand.Stop) {
            tell("STOP", "");
        } else if (command instanceof QmpCommand.Cont) {
            tell("RESUME", "");
        }
    }

    /** It begins to mirror once it was looked at. */
    private void after(QmpCommand command) {
        if (command instanceof QmpCommand.QueryJobs && looksAtJobs++ == 1) {
            become("ready");
        } else if (command instanceof QmpCommand.JobComplete) {
            become("waiting");
            become("pending");
            tell(
                    "BLOCK_JOB_COMPLETED",
                    ", \"data\": {\"device\": \"" + spec.id()
                            + "\", \"len\": 512, \"offset\": 512, \"speed\": 0, \"type\": \"mirror\"}");
            become("concluded");
        }
    }

    private void become(String status) {
        jobStatus = status;
        tell("JOB_STATUS_CHANGE", ", \"data\": {\"status\": \"" + status + "\", \"id\": \"" + spec.id() + "\"}");
    }

    private void tell(String event, String data) {
        hear("{" + MOMENT + ", \"event\": \"" + event + "\"" + data + "}");
    }

    @Override
    public void close() {
        session.ended("closed");
    }
}
