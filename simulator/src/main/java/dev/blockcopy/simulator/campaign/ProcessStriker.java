package dev.blockcopy.simulator.campaign;

import dev.blockcopy.engine.CopyJobs;
import dev.blockcopy.engine.CopyRequest;
import dev.blockcopy.model.lifecycle.Facts.Wish;
import dev.blockcopy.simulator.live.Deadline;
import dev.blockcopy.simulator.live.EngineProcess;
import dev.blockcopy.simulator.live.NotInTimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Strikes processes of {@code blockcopy}: each kills itself with SIGKILL at a boundary between two effects. */
final class ProcessStriker {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    /** The exit code of a process that SIGKILL ended. */
    private static final int KILLED = 137;

    private static final int QEMU_DIES_TOO = 4;

    /**
     * What came of one.
     *
     * @param where it was struck; empty if its job came to an end first
     * @param engineDied whether the engine was struck dead
     */
    record Strike(String where, boolean engineDied) {}

    private final QuickStart start;
    private final Function<Path, CopyJobs> survivor;
    private final boolean isSealed;
    private final Path dir;

    /**
     * Nothing is started yet.
     *
     * @param survivor the engine on a store that is not struck
     * @param isSealed whether the guest is paused around a pivot
     * @param dir a folder that is there, for store and log
     */
    ProcessStriker(QuickStart start, Function<Path, CopyJobs> survivor, boolean isSealed, Path dir) {
        this.start = start;
        this.survivor = survivor;
        this.isSealed = isSealed;
        this.dir = dir;
    }

    private Path store() {
        return dir.resolve("jobs.db");
    }

    private Path log() {
        return dir.resolve("engine.log");
    }

    /**
     * An engine begins the copy if the store knows none yet, else takes it over, and kills itself, alone or with its QEMU.
     *
     * @param killQemu kills that
     */
    Strike strike(CopyRequest request, Scenery scenery, SplittableRandom random, Runnable killQemu)
            throws IOException, InterruptedException, NotInTimeException {
        End end = request.wish() == Wish.FINISH ? End.FINISH : End.PIVOT;
        List<String> points = scenery.isReopening() ? end.failPointsOfReopen() : end.failPoints();
        String point = points.get(random.nextInt(points.size()));
        Map<String, String> environment = new HashMap<>(start.environment());
        environment.put("BLOCKCOPY_FAILPOINT", point);
        EngineProcess engine = EngineProcess.start(log(), EngineProcess.BLOCKCOPY, words(request, end), environment);
        boolean isKilled = engine.exitCode(Deadline.in(LIMIT)) == KILLED;
        boolean qemuToo = random.nextInt(QEMU_DIES_TOO) == 0;
        if (isKilled && qemuToo) {
            killQemu.run();
        }
        return new Strike(isKilled ? point + (qemuToo ? " with QEMU" : "") : "", isKilled);
    }

    private List<String> words(CopyRequest request, End end) {
        if (Files.exists(store())) {
            return List.of("recover", "--store", store().toString());
        }
        List<String> words = new ArrayList<>(List.of(
                "copy",
                end.option(),
                "--format",
                "raw",
                "--qmp",
                request.monitor().toString(),
                "--disk",
                request.disk(),
                "--dest",
                request.destination().toString(),
                "--store",
                store().toString()));
        if (!isSealed) {
            words.add("--no-pause");
        }
        return words;
    }

    /** The engine that is not struck any more. */
    CopyJobs survivor() {
        return survivor.apply(store());
    }

    /** Removes what it has made. */
    void clear() throws IOException {
        for (String suffix : List.of("", "-wal", "-shm", "-journal")) {
            Files.deleteIfExists(Path.of(store() + suffix));
        }
        Files.deleteIfExists(log());
    }
}
