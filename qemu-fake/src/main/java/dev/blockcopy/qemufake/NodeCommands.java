package dev.blockcopy.qemufake;

import java.util.List;
import java.util.Map;

/** Nodes made and removed by the client. */
final class NodeCommands {
    private static final Map<String, Object> EMPTY = Map.of();

    private NodeCommands() {}

    static void addTo(Map<String, Command> table) {
        table.put("blockdev-add", Command.any(NodeCommands::open, NodeCommands::add));
        table.put("blockdev-del", Command.of("node-name str", NodeCommands::delete));
    }

    private static HostWork open(QemuState q, Arguments arguments) {
        return BlockdevArguments.root(arguments.values()).open(q);
    }

    private static Object add(QemuState q, Arguments arguments, HostResult result) {
        NodePlan plan = BlockdevArguments.root(arguments.values());
        opened(q, plan, result);
        return EMPTY;
    }

    /** The node of a plan whose files the host has opened, or the refusal that says why not. */
    static Node opened(QemuState q, NodePlan plan, HostResult result) {
        if (HostResult.Failed.NO_QCOW2.equals(result) && plan.name() != null) {
            q.graph.checkNew(plan.name());
        }
        if (result instanceof HostResult.Failed failed) {
            throw Refused.generic(failed.text() == null ? failed.errno().text() : failed.text());
        }
        List<FileFacts> files = ((HostResult.Opened) result).files();
        NodePlan known = plan.driver() == null ? probed(q, plan, files.get(0).format()) : plan;
        return known.build(q, files.iterator());
    }

    private static NodePlan probed(QemuState q, NodePlan plan, Driver format) {
        if (plan.name() != null) {
            q.graph.checkNew(plan.name());
        }
        if (format == Driver.RAW && !plan.options().readOnly()) {
            String file = plan.branches().get(0).plan().filename();
            q.complaints.add("WARNING: Image format was not specified for '" + file + "' and probing guessed raw.");
            q.complaints.add("         Automatically detecting the format is dangerous for raw images,"
                    + " write operations on block 0 will be restricted.");
            q.complaints.add("         Specify the 'raw' format explicitly to remove the restrictions.");
        }
        return plan.as(format);
    }

    private static Object delete(QemuState q, Arguments arguments) {
        String name = arguments.text("node-name");
        Node node = q.graph.node(name);
        if (node == null) {
            throw Refused.generic("Failed to find node with node-name='%s'", name);
        }
        if (q.graph.hasBackend(name) || isTarget(q, name)) {
            throw Refused.generic("Node %s is in use", name);
        }
        JobLocks.refuseIfBusy(q, node);
        if (!node.options().ownedByMonitor()) {
            throw Refused.generic("Node %s is not owned by the monitor", name);
        }
        if (!q.graph.parentsOf(name).isEmpty()) {
            throw Refused.generic("Block device %s is in use", name);
        }
        q.graph.put(node.with(node.options().ownedByMonitor(false)));
        return EMPTY;
    }

    private static boolean isTarget(QemuState q, String name) {
        return JobLocks.holding(q).anyMatch(job -> job.mirror.target().equals(name));
    }
}
