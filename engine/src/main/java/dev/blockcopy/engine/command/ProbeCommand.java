package dev.blockcopy.engine.command;

import dev.blockcopy.engine.CopyRefusedException;
import dev.blockcopy.engine.Probe;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells what a QEMU can do. */
@Command(
        name = "probe",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Tell what a QEMU can do for copies, which guarantees follow, and which disks it has.",
        footer = {"", "Example:", "  blockcopy probe --qmp /run/vm1.qmp"})
final class ProbeCommand implements Callable<Integer> {
    @Option(names = "--qmp", required = true, paramLabel = "SOCK", description = "The UNIX socket of QEMU's monitor.")
    private Path monitor;

    @Mixin(name = CommonOptions.NAME)
    private CommonOptions common;

    private final Surroundings surroundings;

    ProbeCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CopyRefusedException, InterruptedException {
        try (Copies copies = common.openOrMakeUsual(surroundings)) {
            Probe probe = copies.probe(Paths.socket(monitor));
            ExitCode code = probe.missing().isEmpty() ? ExitCode.DONE : ExitCode.DEMAND;
            new Ending("probe", common, surroundings).document(code, Map.of("probe", Documents.PROBE.of(probe)));
            if (!common.json()) {
                tell(probe);
            }
            return code.number();
        }
    }

    private void tell(Probe probe) {
        PrintWriter out = surroundings.out();
        out.println(probe.version());
        out.println("dialect: " + (probe.dialect().isEmpty() ? "none of ours" : probe.dialect()));
        list("missing", probe.missing());
        list("disks", probe.disks());
        list("guarantees", probe.guarantees());
    }

    private void list(String name, List<String> lines) {
        if (!lines.isEmpty()) {
            surroundings.out().println(name + ":");
            lines.forEach(line -> surroundings.out().println("  " + line));
        }
    }
}
