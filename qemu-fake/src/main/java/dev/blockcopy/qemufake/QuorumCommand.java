package dev.blockcopy.qemufake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code x-blockdev-change}: members of a quorum come and go. */
final class QuorumCommand {
    private QuorumCommand() {}

    static void addTo(Map<String, Command> table) {
        table.put("x-blockdev-change", Command.of("parent str child? str node? str", QuorumCommand::change));
    }

    private static Object change(QemuState q, Arguments arguments) {
        Node parent = q.graph.lookup(arguments.text("parent"));
        if (arguments.has("child") == arguments.has("node")) {
            throw Refused.generic(
                    arguments.has("child")
                            ? "The parameters child and node are in conflict"
                            : "Either child or node must be specified");
        }
        if (arguments.has("child")) {
            remove(q, parent, arguments.text("child"));
        } else {
            add(q, parent, arguments.text("node"));
        }
        return Map.of();
    }

    private static void remove(QemuState q, Node parent, String role) {
        if (parent.child(role) == null) {
            throw Refused.generic("Node '%s' does not have child '%s'", parent.name(), role);
        }
        refuseOthers(parent, "removing");
        long votes = ((Number) parent.options().strong().getOrDefault("vote-threshold", 1L)).longValue();
        if (parent.children().size() <= votes) {
            throw Refused.generic("The number of children cannot be lower than the vote threshold %d", votes);
        }
        JobTurns.drain(q, parent.name());
        q.graph.put(parent.with(role, null));
    }

    private static void add(QemuState q, Node parent, String name) {
        Node added = q.graph.node(name);
        if (added == null) {
            throw Refused.generic("Node '%s' not found", name);
        }
        refuseOthers(parent, "adding");
        JobTurns.drain(q, parent.name());
        List<Child> children = new ArrayList<>(parent.children());
        int index = 0;
        while (parent.child(Child.nth(index)) != null) {
            index++;
        }
        children.add(new Child(Child.nth(index), name));
        q.graph.put(parent.with(children));
    }

    private static void refuseOthers(Node parent, String doing) {
        if (parent.driver() != Driver.QUORUM) {
            throw Refused.generic("The node %s does not support %s a child", parent.name(), doing);
        }
    }
}
