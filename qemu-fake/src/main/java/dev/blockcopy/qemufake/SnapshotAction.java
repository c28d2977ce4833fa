package dev.blockcopy.qemufake;

import java.util.List;

/**
 * An overlay comes above a disk, by itself or in a transaction: what was there is read-only from then on, and what the
 * guest writes goes to the overlay ({@code external_snapshot_prepare} in {@code blockdev.c}).
 */
final class SnapshotAction implements TransactionAction {
    /** The two ways to say what the overlay is. */
    enum Kind {
        /** A file, which is opened, or made first. */
        FILE(
                "blockdev-snapshot-sync",
                "device? str node-name? str snapshot-file str snapshot-node-name? str format? str"
                        + " mode? existing|absolute-paths"),
        /** A node that is there. */
        NODE("blockdev-snapshot", "node str overlay str");

        private final String wire;
        private final Signature signature;

        Kind(String wire, String signature) {
            this.wire = wire;
            this.signature = Signature.of(signature);
        }

        String wire() {
            return wire;
        }

        Signature signature() {
            return signature;
        }
    }

    private final Kind kind;
    private final Arguments arguments;
    private String below;
    private String overlay;

    SnapshotAction(Kind kind, Arguments arguments) {
        this.kind = kind;
        this.arguments = arguments;
    }

    @Override
    public HostWork work(QemuState q, NodeNames names) {
        Node old = old(q);
        if (JobLocks.isBusy(q, old) || kind == Kind.NODE) {
            return HostWork.NONE;
        }
        return plan(q, old).open(q, names);
    }

    private Node old(QemuState q) {
        String device = arguments.text(kind == Kind.FILE ? "device" : "node", "");
        String node = kind == Kind.FILE ? arguments.text("node-name", "") : device;
        Backend backend = q.graph.backend(device);
        if (backend != null) {
            return q.graph.lookup(device);
        }
        if (q.graph.node(node) == null) {
            throw Refused.generic("Cannot find device='%s' nor node-name='%s'", device, node);
        }
        return q.graph.node(node);
    }

    private NodePlan plan(QemuState q, Node old) {
        String name = arguments.text("snapshot-node-name");
        if (arguments.has("node-name") && name == null) {
            throw Refused.generic("New overlay node-name missing");
        }
        if (name != null && (q.graph.backend(name) != null || q.graph.node(name) != null)) {
            throw Refused.generic("New overlay node-name already in use");
        }
        String format = arguments.text("format", Driver.QCOW2.wire());
        boolean isMade = arguments.text("mode", "absolute-paths").equals("absolute-paths");
        String file = arguments.text("snapshot-file");
        TargetNames.check(format, file, isMade);
        NodeOptions options = NodeOptions.HIDDEN.autoReadOnly(old.options().autoReadOnly());
        NodePlan opened = NodePlan.file(file, options, isMade ? making(q, old, format, file) : null);
        return NodePlan.above(opened, name, Driver.named(format), options.named(name != null), true);
    }

    private static HostWork.Making making(QemuState q, Node old, String format, String file) {
        if (!format.equals(Driver.QCOW2.wire())) {
            throw Refused.generic("Backing file not supported for file format '%s'", format);
        }
        if (file.equals(q.graph.filename(old))) {
            throw Refused.generic("Error: Trying to create an image with the same filename as the backing file");
        }
        return new HostWork.Making(
                old.size(), q.graph.filename(old), old.driver().wire());
    }

    /** The disk is drained also where it is taken and so refused (transcript e06). */
    @Override
    public void prepare(QemuState q, HostResult result) {
        Node old = old(q);
        JobTurns.drain(q, q.graph.belowFilters(old).name());
        JobLocks.refuseIfBusy(q, old);
        Node above = kind == Kind.FILE
                ? NodeCommands.opened(q, plan(q, old), result)
                : q.graph.lookup(arguments.text("overlay"));
        check(q, above);
        below = old.name();
        overlay = above.name();
        q.graph.replaceForParents(below, overlay, overlay);
        q.graph.put(above.with(Child.BACKING, below));
    }

    private static void check(QemuState q, Node above) {
        if (q.graph.hasBackend(above.name())) {
            throw Refused.generic("The overlay is already in use");
        }
        JobLocks.refuseIfBusy(q, above);
        if (above.child(Child.BACKING) != null) {
            throw Refused.generic("The overlay already has a backing image");
        }
        if (above.driver() != Driver.QCOW2) {
            throw Refused.generic("The overlay does not support backing images");
        }
    }

    @Override
    public void commit(QemuState q) {
        for (Node node : List.of(q.graph.node(below), q.graph.fileBelow(q.graph.node(below)))) {
            q.graph.put(node.with(node.options().readOnly(true)));
        }
    }

    @Override
    public void clean(QemuState q) {
        // Nothing waits for the end of the drain.
    }

    @Override
    public void abort(QemuState q) {
        q.graph.put(q.graph.node(overlay).with(Child.BACKING, null));
        q.graph.replaceForParents(overlay, below, null);
    }
}
