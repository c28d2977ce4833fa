package dev.blockcopy.simulator;

import dev.blockcopy.engine.StoreException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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
    /** A UNIX socket's path fits into 107 bytes. */
    private static final int SOCKET_PATH_MAX = 107;

    private static final int LONGEST_NAME = "/onlooker.qmp".length();

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
        try {
            Path place = place();
            ExitCode code = tellIn(place);
            if (code == ExitCode.HOLDS && dir == null && !keep) {
                remove(place);
            } else {
                out.println("Everything is kept in " + place + ".");
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

    private Path place() throws IOException {
        if (dir == null) {
            return Files.createTempDirectory("blockcopy-story-");
        }
        Path place = Files.createDirectories(dir.toAbsolutePath().normalize());
        try (Stream<Path> content = Files.list(place)) {
            if (content.findAny().isPresent()) {
                throw new IOException(place + " is not empty: give a directory of its own");
            }
        }
        if (place.toString().getBytes().length + LONGEST_NAME > SOCKET_PATH_MAX) {
            throw new IOException(place + " is too long for the path of a UNIX socket: give a shorter one");
        }
        return place;
    }

    private static void remove(Path place) throws IOException {
        List<Path> paths;
        try (Stream<Path> all = Files.walk(place)) {
            paths = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.delete(path);
        }
    }
}
