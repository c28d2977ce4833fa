package dev.blockcopy.engine.command;

import dev.blockcopy.engine.Authority;
import dev.blockcopy.engine.CopyRefusedException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells which image is the disk. */
@Command(
        name = "authority",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Tell which image is a disk, and what that rests on; also when QEMU is dead.",
            "",
            "The first word is source, destination or unknown; the image follows, then evidence and advice, a line each."
                    + " A job that a dead owner left is settled first, as blockcopy recover does it."
        },
        footer = {
            "",
            "Example: name the image to boot from",
            "  blockcopy authority --qmp /run/vm1.qmp --disk vda | sed -n '1s/^[a-z]* //p'"
        })
final class AuthorityCommand implements Callable<Integer> {
    @Option(
            names = "--qmp",
            required = true,
            paramLabel = "SOCK",
            description = "The UNIX socket of QEMU's monitor, or where it was.")
    private Path monitor;

    @Option(
            names = "--disk",
            required = true,
            paramLabel = "DISK",
            description = "A drive id, a device id or QOM path, a node name, or the file of an image.")
    private String disk;

    @Mixin(name = CommonOptions.NAME)
    private CommonOptions common;

    private final Surroundings surroundings;

    AuthorityCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CopyRefusedException, InterruptedException {
        try (Copies copies = common.openOrMakeUsual(surroundings)) {
            Authority authority = copies.authority(Paths.socket(monitor), disk, common::command);
            ExitCode code = authority.verdict() == Authority.Verdict.UNKNOWN ? ExitCode.IN_DOUBT : ExitCode.DONE;
            new Ending("authority", common, surroundings)
                    .document(code, Map.of("authority", Documents.AUTHORITY.of(authority)));
            if (!common.json()) {
                tell(authority);
            }
            return code.number();
        }
    }

    private void tell(Authority authority) {
        PrintWriter out = surroundings.out();
        String verdict = authority.verdict().name().toLowerCase(Locale.ROOT);
        out.println((verdict + " " + authority.image()).strip());
        authority.evidence().forEach(line -> out.println("evidence: " + line));
        authority.advice().forEach(line -> out.println("advice: " + line));
    }
}
