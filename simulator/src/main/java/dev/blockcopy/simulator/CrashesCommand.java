package dev.blockcopy.simulator;

import dev.blockcopy.engine.CopyRefusedException;
import dev.blockcopy.qemufake.Dialect;
import dev.blockcopy.simulator.campaign.CrashCampaign;
import dev.blockcopy.simulator.crash.Simulation;
import dev.blockcopy.simulator.live.NotInTimeException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Strikes managers, fake QEMUs and their host between any two steps, and counts what is lost. */
@Command(
        name = "crashes",
        mixinStandardHelpOptions = true,
        versionProvider = BlockcopySim.Version.class,
        description = {
            "Copy a disk on a fake QEMU with a guest that writes; have the manager, QEMU, both or the host's power die between"
                    + " any two steps, up to four times in a row; have another manager take over, and compare; again and again.",
            "",
            "Each trial has a QEMU of another age, and in most something else goes wrong in it too: the pivot is refused or"
                    + " fails, an image can't be opened, the connection goes, QEMU dies.",
            "",
            "All in one thread, and all that happens is told by seed and number. The store keeps what a commit that returned has"
                    + " written; the images keep of a power loss what was flushed, and of the rest what chance leaves."
        })
final class CrashesCommand implements Callable<Integer> {
    @Option(
            names = "--processes",
            description =
                    "Strike processes of blockcopy instead, which kill themselves with SIGKILL; their store is a file.")
    private boolean processes;

    @Option(
            names = "--no-pause",
            description =
                    "With --processes: do not pause the guest around a pivot. Then nothing but the witness of a reopen"
                            + " tells which image a dead QEMU wrote to last, and where there is none it is in doubt.")
    private boolean noPause;

    @Option(
            names = "--dialect",
            paramLabel = "NAME",
            converter = DialectConverter.class,
            description = "What the fake speaks, as in qemu-fake. Default: another one in each trial.")
    private Dialect dialect;

    @Option(names = "--tell", description = "Tell each trial line by line: decisions, commits, QMP, and who dies.")
    private boolean told;

    @Option(names = "--threads", paramLabel = "N", description = "Trials at a time. Default: one for each core.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Spec
    private CommandSpec command;

    @Mixin
    private TrialOptions which;

    private final PrintWriter out;
    private final PrintWriter err;

    CrashesCommand(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (noPause && !processes) {
            throw new ParameterException(command.commandLine(), "--no-pause goes with --processes only");
        }
        List<Dialect> dialects = dialect == null ? List.of(Dialect.values()) : List.of(dialect);
        try {
            boolean right = processes ? strikeProcesses(dialects) : simulate(dialects);
            return (right ? ExitCode.HOLDS : ExitCode.COUNTEREXAMPLE).number();
        } catch (IOException | CopyRefusedException e) {
            err.println("blockcopy-sim: " + e.getMessage());
            return ExitCode.ENVIRONMENT.number();
        } catch (NotInTimeException e) {
            err.println("blockcopy-sim: " + e.getMessage());
            return ExitCode.UNKNOWN.number();
        }
    }

    private boolean simulate(List<Dialect> dialects) throws IOException, InterruptedException {
        Simulation simulation = Simulation.shipped(dialects, which.seed(), out);
        boolean right = told
                ? simulation.tell(which.first(), which.trials())
                : simulation.run(which.first(), which.trials(), threads, err::println);
        if (which.page().isPresent()) {
            simulation.record(which.page().get());
        }
        return right;
    }

    private boolean strikeProcesses(List<Dialect> dialects)
            throws IOException, InterruptedException, CopyRefusedException, NotInTimeException {
        try (Workplace place = Workplace.of(null, "blockcopy-crashes-", "")) {
            CrashCampaign campaign = CrashCampaign.of(place.dir(), dialects, !noPause, which.seed(), out);
            boolean right = campaign.run(place.dir(), which.first(), which.trials());
            if (which.page().isPresent()) {
                campaign.record(which.page().get());
            }
            return right;
        }
    }

    /** The dialects by the names that {@code qemu-fake} has for them. */
    static final class DialectConverter implements ITypeConverter<Dialect> {
        @Override
        public Dialect convert(String name) {
            try {
                return Dialect.named(name);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
