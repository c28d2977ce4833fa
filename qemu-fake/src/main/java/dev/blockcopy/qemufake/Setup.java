package dev.blockcopy.qemufake;

import dev.blockcopy.model.qmp.BlockdevOnError;
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
        NodeOptions options = NodeOptions.HIDDEN.readOnly(isReadOnly).autoReadOnly(!isReadOnly);
        NodePlan below = NodePlan.file(file, options, null);
        return drive(id, NodePlan.above(below, nodeName, format, options.named(nodeName != null), false));
    }

    /**
     * As {@code -drive if=none,driver=}, with options like those of {@code blockdev-add}.
     *
     * @param id the drive id
     * @param options {@code driver} and so on; {@code node-name} may be left out
     * @throws IllegalArgumentException if it can't be made
     */
    public Setup drive(String id, Map<String, Object> options) {
        try {
            NodePlan plan = BlockdevArguments.owned(options);
            return drive(id, plan.as(plan.name(), plan.options().autoReadOnly(true)));
        } catch (Refused refused) {
            throw new IllegalArgumentException(refused.getMessage(), refused);
        }
    }

    private Setup drive(String id, NodePlan plan) {
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

    /**
     * As {@code werror} of a {@code -drive} that is there.
     *
     * @param id the drive id
     * @param policy report, ignore, enospc or stop
     */
    public Setup onWriteError(String id, BlockdevOnError policy) {
        q.graph.replace(q.graph.backend(id), q.graph.backend(id).on(policy));
        return this;
    }

    /**
     * As {@code -object throttle-group}.
     *
     * @param id its name
     * @param limits {@code x-bps-write} and so on
     * @throws IllegalArgumentException if the name is taken
     */
    public Setup throttleGroup(String id, Map<String, Long> limits) {
        if (q.throttles.putIfAbsent(id, ThrottleGroup.of(limits)) != null) {
            throw new IllegalArgumentException(
                    "attempt to add duplicate property '" + id + "' to object (type 'container')");
        }
        return this;
    }

    private Node make(NodePlan plan) {
        return NodeCommands.opened(q, plan, host.perform(plan.open(q)));
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
            q.graph.replace(drive, locked(drive.behind(qdev)));
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
