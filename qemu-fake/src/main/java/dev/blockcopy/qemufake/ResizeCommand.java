package dev.blockcopy.qemufake;

import java.util.Map;

/** {@code block_resize}. */
final class ResizeCommand {
    private ResizeCommand() {}

    static void addTo(Map<String, Command> table) {
        table.put(
                "block_resize",
                Command.of("device? str node-name? str size int", ResizeCommand::work, ResizeCommand::resize));
    }

    private static HostWork work(QemuState q, Arguments arguments) {
        Node node = checked(q, arguments);
        return new HostWork.Resize(q.graph.image(node.name()), arguments.number("size", 0));
    }

    private static Node checked(QemuState q, Arguments arguments) {
        Node node = node(q, arguments.text("device"), arguments.text("node-name"));
        if (arguments.number("size", 0) < 0) {
            throw Refused.generic("Parameter 'size' expects a >0 size");
        }
        if (JobLocks.isBusy(q, node)) {
            throw Refused.generic("Device '%s' is in use", arguments.text("device", "(null)"));
        }
        return node;
    }

    private static Node node(QemuState q, String device, String nodeName) {
        Backend backend = device == null ? null : q.graph.backend(device);
        Node node = backend != null && backend.hasMedium()
                ? q.graph.node(backend.root())
                : nodeName == null ? null : q.graph.node(nodeName);
        if (node == null) {
            throw Refused.generic(
                    "Cannot find device='%s' nor node-name='%s'",
                    device == null ? "" : device, nodeName == null ? "" : nodeName);
        }
        return node;
    }

    private static Object resize(QemuState q, Arguments arguments, HostResult result) {
        Node node = checked(q, arguments);
        if (result instanceof HostResult.Failed failed) {
            throw Refused.generic("%s", failed.text() == null ? failed.errno().text() : failed.text());
        }
        long size = arguments.number("size", 0);
        for (Node at = node; at != null; at = at.primary() == null ? null : q.graph.node(at.primary())) {
            q.graph.put(at.driver() == Driver.FILE && node.driver() == Driver.QCOW2 ? at : at.sized(size));
        }
        return Map.of();
    }
}
