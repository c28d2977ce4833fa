package dev.blockcopy.qemufake;

import java.util.List;
import java.util.Map;

/**
 * {@code drive-mirror}: opens the target itself, or makes it first, and then does what {@code blockdev-mirror} does.
 */
final class DriveMirrorCommand {
    private static final String FORMATS = "raw|qcow2";

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
        MirrorCommand.start(q, arguments, source, NodeCommands.opened(q, plan, result));
        return Map.of();
    }

    private static NodePlan plan(QemuState q, Arguments arguments, Node source) {
        String nodeName = arguments.text("node-name");
        if (arguments.has("replaces") && nodeName == null) {
            throw Refused.generic("a node-name must be provided when replacing a named node of the graph");
        }
        if (nodeName != null && !JobIds.isWellFormed(nodeName)) {
            throw Refused.generic("Invalid node-name: '%s'", nodeName);
        }
        boolean isMade = arguments.text("mode", "absolute-paths").equals("absolute-paths");
        String format = arguments.text("format", source.driver().wire());
        if (!List.of(FORMATS.split("\\|")).contains(format)) {
            throw Refused.generic(isMade ? "Unknown file format '%s'" : "Unknown driver '%s'", format);
        }
        NodeOptions options = NodeOptions.HIDDEN.autoReadOnly(source.options().autoReadOnly());
        NodePlan file = NodePlan.file(arguments.text("target"), options, isMade ? making(q, arguments, source) : null);
        return NodePlan.above(file, nodeName, Driver.named(format), options.named(nodeName != null), false);
    }

    /** What QEMU names as the backing file of a target that it makes (transcripts m05, m06). */
    private static HostWork.Making making(QemuState q, Arguments arguments, Node source) {
        Node below = switch (arguments.text("sync")) {
            case "top" -> source.child(Child.BACKING) == null ? null : q.graph.node(source.child(Child.BACKING));
            case "none" -> source;
            default -> null;
        };
        return below == null
                ? new HostWork.Making(source.size(), null, null)
                : new HostWork.Making(
                        source.size(), q.graph.filename(below), below.driver().wire());
    }
}
