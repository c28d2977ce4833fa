package dev.blockcopy.engine.command;

import dev.blockcopy.engine.CopyRefusedException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The way to a job whose QEMU has its monitor elsewhere by now. */
final class MonitorOption {
    @Option(
            names = "--qmp",
            paramLabel = "SOCK",
            description = "Where the monitor of the job's QEMU is by now; remembered. Default: as in the store.")
    private Path monitor;

    void applyTo(Copies copies, String jobId) throws CopyRefusedException {
        if (monitor != null) {
            copies.moveMonitor(jobId, Paths.socket(monitor));
        }
    }

    boolean isGiven() {
        return monitor != null;
    }
}
