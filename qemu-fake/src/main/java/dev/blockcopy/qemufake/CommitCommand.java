package dev.blockcopy.qemufake;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code block-commit} of the uppermost image: a mirror of all that lies above an image into that image, which then has
 * the disk's place ({@code commit_active_start} in {@code block/mirror.c}).
 */
final class CommitCommand {
    private static final String WRITABLE = "/writable";

    private CommitCommand() {}

    static void addTo(Map<String, Command> table) {
        table.put(
                "block-commit",
                Command.of(
                        "job-id? str device str base-node? str base? str top-node? str top? str backing-file? str"
                                + " speed? int on-error? report|ignore|enospc|stop|auto filter-node-name? str"
                                + " auto-finalize? bool auto-dismiss? bool",
                        CommitCommand::open,
                        CommitCommand::commit));
    }

    /** The file of the lower image is opened once more, to be written. */
    private static HostWork open(QemuState q, Arguments arguments) {
        Node file = q.graph.fileBelow(base(q, arguments, top(q, arguments)));
        return new HostWork.Open(
                List.of(new HostWork.Wanted(file.handle() + WRITABLE, file.filename(), true, Driver.RAW, true, null)));
    }

    private static Node top(QemuState q, Arguments arguments) {
        String device = arguments.text("device");
        if (q.graph.backend(device) == null && q.graph.node(device) == null) {
            throw Refused.of("DeviceNotFound", "Device '" + device + "' not found");
        }
        Node root = MirrorCommand.rootNode(q, device);
        if (arguments.has("top-node") && arguments.has("top")) {
            throw Refused.generic("'top-node' and 'top' are mutually exclusive");
        }
        Node top = root;
        if (arguments.has("top-node")) {
            top = named(q, arguments.text("top-node"), root);
        } else if (arguments.has("top") && !q.graph.filename(root).equals(arguments.text("top"))) {
            top = below(q, root, arguments.text("top"));
            if (top == null) {
                throw Refused.generic("Top image file %s not found", arguments.text("top"));
            }
        }
        if (!top.name().equals(root.name())) {
            throw Refused.generic("The fake commits the uppermost image only");
        }
        return top;
    }

    private static Node named(QemuState q, String name, Node root) {
        if (q.graph.node(name) == null) {
            throw Refused.generic("Cannot find device='' nor node-name='%s'", name);
        }
        for (Node at = root; at != null; at = below(q, at)) {
            if (at.name().equals(name)) {
                return at;
            }
        }
        throw Refused.generic("'%s' is not in this backing file chain", name);
    }

    private static Node below(QemuState q, Node node) {
        String below = node.child(Child.BACKING);
        return below == null ? null : q.graph.node(below);
    }

    private static Node below(QemuState q, Node node, String file) {
        Node at = below(q, node);
        while (at != null && !q.graph.filename(at).equals(file)) {
            at = below(q, at);
        }
        return at;
    }

    /** The image that all is written to; the lowest where nobody says another. */
    private static Node base(QemuState q, Arguments arguments, Node top) {
        if (arguments.has("base-node") && arguments.has("base")) {
            throw Refused.generic("'base-node' and 'base' are mutually exclusive");
        }
        Node base = top;
        if (arguments.has("base-node")) {
            base = named(q, arguments.text("base-node"), top);
        } else if (arguments.has("base")) {
            base = below(q, top, arguments.text("base"));
            if (base == null) {
                throw Refused.generic("Can't find '%s' in the backing chain", arguments.text("base"));
            }
        } else {
            while (below(q, base) != null) {
                base = below(q, base);
            }
        }
        if (base.name().equals(top.name())) {
            throw Refused.generic("cannot commit an image into itself");
        }
        if (base.size() != top.size()) {
            throw Refused.generic("The fake commits into an image of the same size only");
        }
        return base;
    }

    private static Object commit(QemuState q, Arguments arguments, HostResult result) {
        Node top = top(q, arguments);
        Node base = base(q, arguments, top);
        if (arguments.has("backing-file")) {
            throw Refused.generic("'backing-file' specified, but 'top' is the active layer");
        }
        if (result instanceof HostResult.Failed failed) {
            throw Refused.generic("%s", failed.text() == null ? failed.errno().text() : failed.text());
        }
        Node file = q.graph.fileBelow(base);
        q.graph.put(file.behind(file.handle() + WRITABLE).with(file.options().readOnly(false)));
        q.graph.put(base.with(base.options().readOnly(false)));
        start(q, arguments, top, base.name());
        return Map.of();
    }

    private static void start(QemuState q, Arguments arguments, Node top, String base) {
        try {
            MirrorCommand.start(q, asMirror(arguments), top, q.graph.node(base), MirrorSettings.Backing.LEFT);
        } catch (Refused refused) {
            JobTurns.makeReadOnly(q, base);
            throw refused;
        }
    }

    private static Arguments asMirror(Arguments arguments) {
        Map<String, Object> values = new LinkedHashMap<>(arguments.values());
        values.put("sync", JobSettings.COMMIT);
        if (arguments.has("on-error")) {
            values.put("on-source-error", arguments.value("on-error"));
            values.put("on-target-error", arguments.value("on-error"));
        }
        return new Arguments(values);
    }

    /** A look at each image above the base: what they hold is to be written to it. */
    static HostWork look(QemuState q, Job job) {
        List<HostWork> works = new ArrayList<>();
        for (Node at = q.graph.node(job.mirror.source()); !at.name().equals(job.mirror.target()); at = below(q, at)) {
            works.add(new HostWork.Allocated(q.graph.image(at.name())));
        }
        return new HostWork.All(works);
    }
}
