package dev.blockcopy.qemufake;

import java.util.Map;

/** What a client does to the machine around the disks: the guest that is not there never answers. */
final class MachineCommands {
    private static final Map<String, Object> EMPTY = Map.of();

    private MachineCommands() {}

    static void addTo(Map<String, Command> table) {
        table.put("system_reset", Command.of("", (q, arguments) -> reset(q)));
        table.put("system_powerdown", Command.of("", (q, arguments) -> powerDown(q)));
        table.put("device_del", Command.of("id str", MachineCommands::unplug));
    }

    private static Object reset(QemuState q) {
        q.tell("RESET", Members.of("guest", false, "reason", "host-qmp-system-reset"));
        return EMPTY;
    }

    private static Object powerDown(QemuState q) {
        q.tell("POWERDOWN", EMPTY);
        return EMPTY;
    }

    /** The guest is asked to let go of the device, which no guest here does (transcript m26). */
    private static Object unplug(QemuState q, Arguments arguments) {
        String id = arguments.text("id");
        boolean isThere = q.graph.backends().stream().anyMatch(backend -> backend.isOf(id));
        if (!isThere) {
            throw Refused.of("DeviceNotFound", "Device '" + id + "' not found");
        }
        return EMPTY;
    }
}
