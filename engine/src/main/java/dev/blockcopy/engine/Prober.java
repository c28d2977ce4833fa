package dev.blockcopy.engine;

import dev.blockcopy.model.qmp.BlockInfo;
import dev.blockcopy.model.qmp.QmpCommand;
import dev.blockcopy.model.qmp.VersionInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Asks a QEMU what it can do, and says what follows for copies. */
final class Prober {
    private final Monitor monitor;

    Prober(Monitor monitor) {
        this.monitor = monitor;
    }

    Probe probe() throws CopyRefusedException, InterruptedException {
        Set<String> commands = monitor.commandNames();
        List<String> missing = Dialect.missingFrom(commands);
        VersionInfo version = VersionInfo.from(monitor.ask(new QmpCommand.QueryVersion()));
        List<String> disks = Disk.namesOf(BlockInfo.listFrom(monitor.ask(new QmpCommand.QueryBlock())));
        return new Probe(
                textOf(version),
                missing.isEmpty() ? Dialect.JOB_API : "",
                missing,
                disks,
                missing.isEmpty() ? guarantees(commands) : List.of());
    }

    private static String textOf(VersionInfo version) {
        return version.qemu().major() + "." + version.qemu().minor() + "."
                + version.qemu().micro() + " " + version.packageVersion();
    }

    private static List<String> guarantees(Set<String> commands) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "atomic pivot: job-complete swaps the graph inside QEMU, so a pivot can't leave the guest without a disk");
        lines.add("a concluded job stays until it is dismissed, so its end can be seen after a crash of blockcopy");
        lines.add("sealed pivot: with the guest paused around it, the source holds every write should QEMU die");
        lines.add("host power loss: what neither guest nor mirror had flushed may be missing from either image");
        if (commands.contains("block-job-change")) {
            lines.add("a running copy can be switched to synchronous writes");
        }
        return lines;
    }
}
