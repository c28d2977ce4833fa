package dev.blockcopy.engine;

import dev.blockcopy.model.qmp.BlockInfo;
import dev.blockcopy.model.qmp.QmpCommand;
import dev.blockcopy.model.qmp.VersionInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Asks a QEMU what it can do, and says what follows for copies. */
final class Prober {
    private final Monitor monitor;
    private Set<String> commands = Set.of();

    Prober(Monitor monitor) {
        this.monitor = monitor;
    }

    Probe probe() throws CopyRefusedException, InterruptedException {
        Optional<Dialect> dialect = dialect();
        VersionInfo version = VersionInfo.from(monitor.ask(new QmpCommand.QueryVersion()));
        List<String> disks = Disk.namesOf(BlockInfo.listFrom(monitor.ask(new QmpCommand.QueryBlock())));
        return new Probe(
                textOf(version),
                dialect.map(Dialect::words).orElse(""),
                dialect.isPresent() ? List.of() : missing(),
                disks,
                dialect.map(this::guarantees).orElse(List.of()));
    }

    /** The best dialect of this QEMU; empty if none of ours fits. */
    Optional<Dialect> dialect() throws CopyRefusedException, InterruptedException {
        commands = monitor.commandNames();
        boolean mayReopenInTransaction =
                Dialect.TRANSACTION_REOPEN.missingFrom(commands).isEmpty()
                        && !Dialect.JOB_API.missingFrom(commands).isEmpty();
        return Dialect.of(
                commands,
                mayReopenInTransaction
                        && new TransactionSchema(monitor.ask(QmpCommand.Raw.of("query-qmp-schema")))
                                .takes("drive-reopen"));
    }

    /** What it lacks for the dialect of today. */
    List<String> missing() {
        return Dialect.JOB_API.missingFrom(commands);
    }

    private static String textOf(VersionInfo version) {
        return version.qemu().major() + "." + version.qemu().minor() + "."
                + version.qemu().micro() + " " + version.packageVersion();
    }

    private List<String> guarantees(Dialect dialect) {
        List<String> lines = new ArrayList<>();
        lines.add(
                switch (dialect.switching()) {
                    case COMPLETE, FINALIZE ->
                        "atomic pivot: " + (dialect.isJobApi() ? "job-complete" : "block-job-complete")
                                + " swaps the graph inside QEMU, so a pivot can't leave the guest without a disk";
                    case TRANSACTION_REOPEN ->
                        "atomic pivot: the new image is opened before the old one is closed, or nothing changes";
                    case REOPEN ->
                        "risky pivot: " + dialect.name("drive-reopen")
                                + " closes the old image first, and if neither can be opened then the guest has no disk;"
                                + " a refused pivot ends the job on the source (--atomic refuses such a QEMU)";
                });
        lines.add(
                dialect.isJobApi()
                        ? "a concluded job stays until it is dismissed, so its end can be seen after a crash of blockcopy"
                        : "a job leaves no trace when it ends: after a crash of blockcopy a cancelled copy is worth what can"
                                + " be told, and that is nothing");
        if (!dialect.isJobApi()) {
            lines.add(
                    "nodes have no names: evidence is the name of the image file, and another QEMU with the same images"
                            + " can't be told from this one");
        }
        if (dialect.isOf2012()) {
            lines.add("no event and no query says ready: a job counts as ready once everything is copied");
        }
        lines.add("sealed pivot: with the guest paused around it, the source holds every write should QEMU die");
        lines.add("host power loss: what neither guest nor mirror had flushed may be missing from either image");
        if (commands.contains("block-job-change")) {
            lines.add("a running copy can be switched to synchronous writes");
        }
        return lines;
    }
}
