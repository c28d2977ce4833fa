package dev.blockcopy.qemufake;

import dev.blockcopy.model.qmp.JobStatus;
import java.util.Map;
import java.util.Set;

/**
 * {@code drive-mirror}: opens the target itself, or makes it first, and then does what {@code blockdev-mirror} does.
 */
final class DriveMirrorCommand {
    private DriveMirrorCommand() {}

    static void addTo(Map<String, Command> table) {
        table.put(
                "drive-mirror",
                Command.of(
                        "job-id? str device str target str format? str node-name? str mode? existing|absolute-paths"
                                + " unmap? bool" + MirrorCommand.COMMON,
                        DriveMirrorCommand::open,
                        DriveMirrorCommand::mirror));
    }

    static HostWork open(QemuState q, Arguments arguments) {
        return plan(q, arguments, MirrorCommand.rootNode(q, arguments.text("device")))
                .open(q);
    }

    static Object mirror(QemuState q, Arguments arguments, HostResult result) {
        Node source = MirrorCommand.rootNode(q, arguments.text("device"));
        NodePlan plan = plan(q, arguments, source);
        refuseReadOnly(q, arguments, source, result);
        MirrorSettings.Backing backing =
                isMade(arguments) ? MirrorSettings.Backing.OF_SOURCE : MirrorSettings.Backing.OPENED_AT_THE_END;
        MirrorCommand.start(q, arguments, source, NodeCommands.opened(q, plan, result), backing);
        return Map.of();
    }

    /**
     * A file that can't be written is opened for reading first, where {@code -drive} allows that, and refused only when
     * there is a job that wants to write (transcript e05).
     */
    private static void refuseReadOnly(QemuState q, Arguments arguments, Node source, HostResult result) {
        boolean isReadOnly = result instanceof HostResult.Failed failed
                && Set.of(Errno.EPERM, Errno.EACCES, Errno.EROFS).contains(failed.errno());
        if (isReadOnly && !isMade(arguments) && source.options().autoReadOnly()) {
            String id = arguments.text("job-id", MirrorCommand.deviceName(q, source));
            JobIds.check(q, id);
            JobTurns.tellStatus(q, id, JobStatus.CREATED);
            JobTurns.tellStatus(q, id, JobStatus.NULL);
        }
    }

    private static boolean isMade(Arguments arguments) {
        return arguments.text("mode", "absolute-paths").equals("absolute-paths");
    }

    /** Its target, or that of a {@code drive-backup}, which says it in the same words. */
    static NodePlan plan(QemuState q, Arguments arguments, Node source) {
        String nodeName = arguments.text("node-name");
        if (arguments.has("replaces") && nodeName == null) {
            throw Refused.generic("a node-name must be provided when replacing a named node of the graph");
        }
        if (nodeName != null && !JobIds.isWellFormed(nodeName)) {
            throw Refused.generic("Invalid node-name: '%s'", nodeName);
        }
        boolean isMade = isMade(arguments);
        String format = arguments.text("format", isMade ? source.driver().wire() : null);
        TargetNames.check(format, arguments.text("target"), isMade);
        NodeOptions options = NodeOptions.HIDDEN.autoReadOnly(source.options().autoReadOnly());
        NodePlan file =
                NodePlan.file(arguments.text("target"), options, isMade ? making(q, arguments, source, format) : null);
        NodeOptions named = options.named(nodeName != null);
        return "file".equals(format)
                ? file.as(nodeName, named)
                : NodePlan.above(file, nodeName, format == null ? null : Driver.named(format), named, true);
    }

    /** What QEMU names as the backing file of a target that it makes (transcripts m05, m06). */
    private static HostWork.Making making(QemuState q, Arguments arguments, Node source, String format) {
        Node below = switch (arguments.text("sync")) {
            case "top" -> source.child(Child.BACKING) == null ? null : q.graph.node(source.child(Child.BACKING));
            case "none" -> source;
            default -> null;
        };
        if (below == null) {
            return new HostWork.Making(source.size(), null, null);
        }
        if (!format.equals(Driver.QCOW2.wire())) {
            throw Refused.generic("Backing file not supported for file format '%s'", format);
        }
        return new HostWork.Making(
                source.size(), q.graph.filename(below), below.driver().wire());
    }
}
