package dev.blockcopy.simulator;

import dev.blockcopy.engine.StoreException;
import dev.blockcopy.simulator.live.NotInTimeException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tells the main job, and verifies it. */
@Command(
        name = "story",
        mixinStandardHelpOptions = true,
        versionProvider = BlockcopySim.Version.class,
        description = {
            "The main job: a disk with a writing guest is copied, QEMU refuses the first pivot, the engine is killed in"
                    + " the middle of the second, another engine recovers; then every block is compared.",
            "",
            "QEMU is the fake one; engine, socket, files and the kill are real."
        })
final class StoryCommand implements Callable<Integer> {
    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Tells what is on the disk. Default: 1.")
    private long seed;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description =
                    "Where all of it is put and kept; must be empty, or not be there yet. Default: a directory for"
                            + " temporary files, which is removed.")
    private Path dir;

    @Option(names = "--keep", description = "Keep the directory also when all went well.")
    private boolean keep;

    private final PrintWriter out;
    private final PrintWriter err;

    StoryCommand(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (Workplace place = Workplace.of(dir, "blockcopy-story-", "/onlooker.qmp")) {
            ExitCode code = tellIn(place.dir());
            if (code != ExitCode.HOLDS || keep) {
                place.keep();
            }
            if (place.isKept()) {
                out.println("Everything is kept in " + place.dir() + ".");
            }
            return code.number();
        } catch (IOException | StoreException e) {
            err.println("blockcopy-sim: " + e.getMessage());
            return ExitCode.ENVIRONMENT.number();
        }
    }

    private ExitCode tellIn(Path place) throws IOException, InterruptedException {
        try {
            return new Story(StoryPlan.of(place, seed), out).tell() ? ExitCode.HOLDS : ExitCode.COUNTEREXAMPLE;
        } catch (NotInTimeException e) {
            err.println("blockcopy-sim: " + e.getMessage());
            return ExitCode.UNKNOWN;
        }
    }
}
