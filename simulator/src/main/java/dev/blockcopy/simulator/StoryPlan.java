package dev.blockcopy.simulator;

import dev.blockcopy.simulator.live.EngineProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How a story is set up. Immutable.
 *
 * @param dir where images, store and sockets are made; it exists, and is empty
 * @param seed of the disk's content and of QEMU's names
 * @param sizeBytes of the disk
 * @param writesPerSecond how often the guest writes
 * @param copyOptions further options of {@code blockcopy copy}
 * @param recoverer the main class of the engine that recovers
 * @param limit how long all of it may take
 */
record StoryPlan(
        Path dir,
        long seed,
        long sizeBytes,
        int writesPerSecond,
        List<String> copyOptions,
        String recoverer,
        Duration limit) {
    private static final long SIZE = 64L << 20;
    private static final int WRITES_PER_SECOND = 250;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    StoryPlan {
        copyOptions = List.copyOf(copyOptions);
    }

    /** The main job. */
    static StoryPlan of(Path dir, long seed) {
        List<String> paced = List.of("--bandwidth", (SIZE >> 20) + "MiB/s");
        return new StoryPlan(dir, seed, SIZE, WRITES_PER_SECOND, paced, EngineProcess.BLOCKCOPY, LIMIT);
    }

    StoryPlan withSize(long bytes) {
        return new StoryPlan(dir, seed, bytes, writesPerSecond, copyOptions, recoverer, limit);
    }

    StoryPlan withCopyOptions(String... options) {
        return new StoryPlan(dir, seed, sizeBytes, writesPerSecond, List.of(options), recoverer, limit);
    }

    StoryPlan withRecoverer(Class<?> mainClass) {
        return new StoryPlan(dir, seed, sizeBytes, writesPerSecond, copyOptions, mainClass.getName(), limit);
    }
}
