package dev.blockcopy.qemufake;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** The commands that may be asked for out of band: QEMU 7.2 has these four, and for disks none (transcript p08). */
final class OobCommands {
    static final Set<String> NAMES = Set.of("migrate-pause", "migrate-recover", "query-yank", "yank");

    private OobCommands() {}

    static void addTo(Map<String, Command> table) {
        table.put("migrate-pause", Command.of("", (q, arguments) -> {
            throw Refused.generic("migrate-pause is currently only supported during postcopy-active state");
        }));
        table.put("migrate-recover", Command.of("uri str", (q, arguments) -> {
            throw Refused.generic("Migrate recover can only be run when postcopy is paused.");
        }));
        table.put("query-yank", Command.of("", (q, arguments) -> List.of()));
        table.put("yank", Command.of("instances list", (q, arguments) -> Map.of()));
    }
}
