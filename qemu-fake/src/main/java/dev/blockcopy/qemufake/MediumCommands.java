package dev.blockcopy.qemufake;

import java.util.Map;

/** Commands that want a disk for themselves: the fake refuses them as QEMU does, and does the simplest of them. */
final class MediumCommands {
    private static final Map<String, Object> EMPTY = Map.of();

    private MediumCommands() {}

    static void addTo(Map<String, Command> table) {
        table.put("eject", Command.of("device? str id? str force? bool", MediumCommands::eject));
        table.put(
                "change-backing-file",
                Command.of("device str image-node-name str backing-file str", MediumCommands::changeBackingFile));
        table.put(
                "block-stream",
                Command.of(
                        "job-id? str device str base? str base-node? str backing-file? str bottom? str speed? int"
                                + " on-error? report|ignore|enospc|stop|auto filter-node-name? str"
                                + " auto-finalize? bool auto-dismiss? bool",
                        MediumCommands::stream));
        table.put("blockdev-snapshot-internal-sync", Command.of("device str name str", MediumCommands::snapshotInside));
    }

    private static Object eject(QemuState q, Arguments arguments) {
        if (arguments.has("id")) {
            throw withoutBackend(q, arguments.text("id"));
        }
        String device = arguments.text("device", "");
        Backend backend = q.graph.backend(device);
        if (backend == null) {
            throw Refused.of("DeviceNotFound", "Device '" + device + "' not found");
        }
        if (backend.hasDevice()) {
            throw Refused.generic("Device '%s' is not removable", device);
        }
        if (backend.hasMedium()) {
            JobLocks.refuseIfBusy(q, q.graph.node(backend.root()));
            q.graph.replace(backend, backend.on(""));
        }
        return EMPTY;
    }

    /** What a virtio disk is to commands that want a drive by the id of its device (scenario g33). */
    private static Refused withoutBackend(QemuState q, String id) {
        return q.graph.backends().stream().anyMatch(backend -> backend.isOf(id))
                ? Refused.generic("Device does not have a block device backend")
                : Refused.of("DeviceNotFound", "Device '" + id + "' not found");
    }

    private static Object changeBackingFile(QemuState q, Arguments arguments) {
        MirrorCommand.rootNode(q, arguments.text("device"));
        Node image = q.graph.node(arguments.text("image-node-name"));
        if (image == null) {
            throw Refused.generic("Failed to find node with node-name='%s'", arguments.text("image-node-name"));
        }
        if (image.child(Child.BACKING) == null) {
            throw Refused.generic("not allowing backing file change on an image without a backing file");
        }
        throw Refused.generic("The fake does not change backing files");
    }

    private static Object stream(QemuState q, Arguments arguments) {
        JobLocks.refuseIfBusy(q, q.graph.lookup(arguments.text("device")));
        throw Refused.generic("The fake does not stream");
    }

    private static Object snapshotInside(QemuState q, Arguments arguments) {
        JobTurns.drain(q, MirrorCommand.rootOf(q, arguments.text("device")).name());
        Node node = MirrorCommand.rootNode(q, arguments.text("device"));
        throw Refused.generic(
                "Block format '%s' used by device '%s' does not support internal snapshots",
                node.driver().wire(), arguments.text("device"));
    }
}
