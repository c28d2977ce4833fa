package dev.blockcopy.qemufake;

import dev.blockcopy.model.qmp.BlockdevOnError;
import dev.blockcopy.model.qmp.JobStatus;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code blockdev-mirror}: checks in QEMU's order, then a job. */
final class MirrorCommand {
    private static final String ON_ERROR = "report|ignore|enospc|stop|auto";
    static final String SYNC = "top|full|none|incremental|bitmap";
    static final String COMMON = " replaces? str sync " + SYNC + " speed? int granularity? uint32 buf-size? int"
            + " on-source-error? " + ON_ERROR + " on-target-error? " + ON_ERROR
            + " copy-mode? background|write-blocking auto-finalize? bool auto-dismiss? bool";

    private static final long GRANULARITY_MIN = 512;
    private static final long GRANULARITY_MAX = 64 << 20;
    private static final int GRANULARITY_DEFAULT = 64 << 10;
    private static final long BUF_SIZE_DEFAULT = 16 << 20;

    private MirrorCommand() {}

    static void addTo(Map<String, Command> table) {
        table.put(
                "blockdev-mirror",
                Command.of("job-id? str device str target str filter-node-name? str" + COMMON, MirrorCommand::mirror));
    }

    private static Object mirror(QemuState q, Arguments arguments) {
        Node source = rootNode(q, arguments.text("device"));
        Node target = q.graph.lookup(arguments.text("target"));
        start(q, arguments, source, target, MirrorSettings.Backing.LEFT);
        return Map.of();
    }

    /** The node of a disk, below the filter of a job that has it. */
    static Node rootOf(QemuState q, String device) {
        return q.graph.belowFilters(q.graph.lookup(device));
    }

    /** The node of a disk that has only guests above it; a second job finds the first one's filter there. */
    static Node rootNode(QemuState q, String device) {
        Node node = q.graph.lookup(device);
        if (JobLocks.isTargetOrFilter(q, node)
                || !q.graph.parentsOf(node.name()).isEmpty()) {
            throw Refused.generic("Need a root block node");
        }
        return node;
    }

    static void start(QemuState q, Arguments arguments, Node source, Node target, MirrorSettings.Backing backing) {
        long granularity = granularity(arguments);
        JobLocks.refuseIfBusy(q, source);
        JobLocks.refuseIfBusy(q, target);
        String replaces = replaces(q, arguments, source);
        String sync = sync(arguments, source);
        long bufSize = bufSize(arguments, granularity);
        if (source.name().equals(target.name())) {
            throw Refused.generic("Can't mirror node into itself");
        }
        String filter = filter(q, arguments);
        String id = arguments.text("job-id", deviceName(q, source));
        JobIds.check(q, id);
        MirrorSettings mirror = new MirrorSettings(
                source.name(),
                target.name(),
                filter,
                replaces,
                sync,
                backing,
                (int) granularity,
                bufSize,
                arguments.text("copy-mode", "background").equals("write-blocking"),
                onError(arguments, "on-source-error"),
                onError(arguments, "on-target-error"));
        run(q, new Job(settings(arguments, id, type(sync)), mirror), arguments);
    }

    private static String type(String sync) {
        return sync.equals(JobSettings.COMMIT) ? JobSettings.COMMIT : JobSettings.MIRROR;
    }

    private static long granularity(Arguments arguments) {
        long granularity = arguments.number("granularity", 0);
        if (granularity == 0) {
            return GRANULARITY_DEFAULT;
        }
        if (granularity < GRANULARITY_MIN || granularity > GRANULARITY_MAX) {
            throw Refused.generic("Parameter 'granularity' expects a value in range [512B, 64MB]");
        }
        if (Long.bitCount(granularity) != 1) {
            throw Refused.generic("Parameter 'granularity' expects a power of 2");
        }
        return granularity;
    }

    private static String replaces(QemuState q, Arguments arguments, Node source) {
        String replaces = arguments.text("replaces", source.name());
        if (q.graph.node(replaces) == null) {
            throw Refused.generic("Failed to find node with node-name='%s'", replaces);
        }
        if (!Replacing.isPossible(q, source.name(), replaces)) {
            throw Refused.generic(
                    "Cannot replace '%s' by a node mirrored from '%s', because it cannot be guaranteed that doing so"
                            + " would not lead to an abrupt change of visible data",
                    replaces, source.name());
        }
        if (q.graph.node(replaces).size() != source.size()) {
            throw Refused.generic("cannot replace image with a mirror image of different size");
        }
        return replaces;
    }

    /** Top of a disk without a backing file is all of it. */
    static String sync(Arguments arguments, Node source) {
        String sync = arguments.text("sync");
        if (sync.equals("incremental") || sync.equals("bitmap")) {
            throw Refused.generic("Sync mode '%s' not supported", sync);
        }
        return sync.equals("top") && source.child(Child.BACKING) == null ? "full" : sync;
    }

    private static long bufSize(Arguments arguments, long granularity) {
        long bufSize = arguments.number("buf-size", 0);
        if (bufSize < 0) {
            throw Refused.generic("Invalid parameter 'buf-size'");
        }
        long wanted = bufSize == 0 ? BUF_SIZE_DEFAULT : bufSize;
        return (wanted + granularity - 1) / granularity * granularity;
    }

    static String filter(QemuState q, Arguments arguments) {
        if (!arguments.has("filter-node-name")) {
            return q.names.take();
        }
        q.graph.checkNew(arguments.text("filter-node-name"));
        return arguments.text("filter-node-name");
    }

    static String deviceName(QemuState q, Node source) {
        for (Backend backend : q.graph.backends()) {
            if (backend.root().equals(source.name())) {
                return backend.drive();
            }
        }
        return "";
    }

    static BlockdevOnError onError(Arguments arguments, String name) {
        return BlockdevOnError.valueOf(arguments.text(name, "report").toUpperCase(Locale.ROOT));
    }

    private static JobSettings settings(Arguments arguments, String id, String type) {
        return new JobSettings(id, type, arguments.flag("auto-finalize", true), arguments.flag("auto-dismiss", true));
    }

    /** What fails from here on fails with a job already told of: created, then null, then the error. */
    private static void run(QemuState q, Job job, Arguments arguments) {
        JobTurns.tellStatus(q, job, JobStatus.CREATED);
        try {
            checkSpeed(arguments);
            checkTarget(q, job);
        } catch (Refused refused) {
            JobTurns.tellStatus(q, job, JobStatus.NULL);
            throw refused;
        }
        job.speed = arguments.number("speed", 0);
        insertFilter(q, job, arguments.has("filter-node-name"));
        q.jobs.add(job);
        JobTurns.tellStatus(q, job, JobStatus.RUNNING);
        long size = q.graph.node(job.mirror.source()).size();
        if (job.mirror.sync().equals("none") || size == 0) {
            JobSteps.start(q, job, HostResult.DONE);
            if (job.error == null) {
                JobTurns.own(q, job, JobStep.SYNCHRONISE);
            }
        }
    }

    private static void checkSpeed(Arguments arguments) {
        if (arguments.number("speed", 0) < 0) {
            throw Refused.generic("Parameter 'speed' expects a non-negative value");
        }
    }

    private static void checkTarget(QemuState q, Job job) {
        if (q.graph.node(job.mirror.target()).options().readOnly()) {
            throw Refused.generic("Block node is read-only");
        }
        if (!job.mirror.isCommit()) {
            new Conflicts(q).refuseTarget(job.mirror.target());
            new FileUses(q).refuseTarget(q.graph.node(job.mirror.target()));
        }
    }

    private static void insertFilter(QemuState q, Job job, boolean isNamed) {
        Node source = q.graph.node(job.mirror.source());
        NodeOptions options =
                NodeOptions.HIDDEN.named(isNamed).readOnly(source.options().readOnly());
        Node filter = new Node(
                job.mirror.filter(),
                Driver.MIRROR_TOP,
                "",
                "",
                source.size(),
                source.facts(),
                options,
                List.of(new Child(Child.BACKING, source.name())));
        q.graph.replaceForParents(source.name(), filter.name(), null);
        q.graph.put(filter);
    }
}
