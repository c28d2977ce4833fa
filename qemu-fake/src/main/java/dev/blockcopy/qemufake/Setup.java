package dev.blockcopy.qemufake;

import java.util.Map;

/** Disks and devices that a QEMU is started with. Every method refuses bad input with one line of QEMU's. */
public final class Setup {
    private final Host host;
    private final QemuState q;

    public Setup(QemuState empty, Host host) {
        this.host = host;
        this.q = empty.copy();
    }

    /**
     * As {@code -blockdev}.
     *
     * @throws IllegalArgumentException if it can't be made
     */
    public Setup blockdev(Map<String, Object> options) {
        try {
            make(BlockdevArguments.root(options));
        } catch (Refused refused) {
            throw new IllegalArgumentException(refused.getMessage(), refused);
        }
        return this;
    }

    /**
     * As {@code -drive if=none}.
     *
     * @param id the drive id
     * @param nodeName the node name; null for a generated one
     * @param file the image
     * @param format what it holds
     * @param isReadOnly refuses writes
     * @throws IllegalArgumentException if it can't be opened, or a name is taken
     */
    public Setup drive(String id, String nodeName, String file, Driver format, boolean isReadOnly) {
        NodeOptions options = new NodeOptions(nodeName != null, false, isReadOnly, false, "off", true);
        NodePlan below = new NodePlan(
                null, Driver.FILE, file, new NodeOptions(false, false, isReadOnly, false, "off", true), null, null);
        NodePlan plan = new NodePlan(nodeName, format, null, options, new NodePlan.Below(below, null), null);
        if (q.graph.backend(id) != null) {
            throw new IllegalArgumentException("Duplicate ID '" + id + "' for drive");
        }
        try {
            q.graph.add(new Backend(id, "", make(plan).name()));
        } catch (Refused refused) {
            throw new IllegalArgumentException(refused.getMessage(), refused);
        }
        return this;
    }

    private Node make(NodePlan plan) {
        return NodeCommands.opened(q, plan, host.perform(plan.open(q.names)));
    }

    /**
     * As {@code -device virtio-blk-pci}.
     *
     * @param driveOrNode the drive id or node name that the guest's disk is on
     * @param id the device's id; null for none
     * @throws IllegalArgumentException if there is no such drive, or it is taken
     */
    public Setup device(String driveOrNode, String id) {
        String qdev = id == null
                ? "/machine/peripheral-anon/device[" + q.graph.backends().size() + "]/virtio-backend"
                : "/machine/peripheral/" + id + "/virtio-backend";
        Backend drive = q.graph.backend(driveOrNode);
        if (drive != null && drive.hasDevice() || drive == null && q.graph.hasBackend(driveOrNode)) {
            throw new IllegalArgumentException("Drive '" + driveOrNode + "' is already in use by another device");
        }
        if (drive != null) {
            q.graph.replace(drive, locked(new Backend(drive.drive(), qdev, drive.root())));
        } else if (q.graph.node(driveOrNode) != null) {
            q.graph.add(locked(new Backend("", qdev, driveOrNode)));
        } else {
            throw new IllegalArgumentException(
                    "Property 'virtio-blk-device.drive' can't find value '" + driveOrNode + "'");
        }
        return this;
    }

    /** A disk that another process has in use is refused. */
    private Backend locked(Backend backend) {
        FileUse others = q.graph.fileBelow(q.graph.node(backend.root())).facts().others();
        FileUses.ofBackend(backend).conflictWith(others).ifPresent(sentence -> {
            throw new IllegalArgumentException(sentence);
        });
        return backend;
    }

    public QemuState state() {
        return q.copy();
    }
}
