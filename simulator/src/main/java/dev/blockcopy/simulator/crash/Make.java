package dev.blockcopy.simulator.crash;

import dev.blockcopy.engine.CopyJob;
import dev.blockcopy.engine.JobExecutor;
import dev.blockcopy.engine.JobStore;
import dev.blockcopy.engine.Journal;
import dev.blockcopy.engine.image.FileCalls;
import dev.blockcopy.engine.store.SqliteJobStore;
import dev.blockcopy.qemufake.MemoryFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What the managers of a trial are made of; those of a test may have a bug.
 *
 * @param executor decides
 * @param journal what they write down
 * @param stored the jobs as a crash leaves them in the store
 * @param calls how they reach the host's files
 * @param files these files
 * @param end removes what is not in memory
 */
record Make(
        JobExecutor executor,
        Journal journal,
        Supplier<List<CopyJob>> stored,
        UnaryOperator<FileCalls> calls,
        MemoryFiles files,
        Runnable end) {
    /** As it ships, but for the store, which is in memory. */
    static Make of(JobExecutor executor) {
        MemoryStore store = new MemoryStore();
        return new Make(executor, store, store::list, UnaryOperator.identity(), new MemoryFiles(), () -> {});
    }

    /** As it ships, with its store in a file; it is removed in the end. */
    static Make inFile(JobExecutor executor) {
        try {
            Path directory = Files.createTempDirectory("blockcopy-simulated-");
            JobStore store = SqliteJobStore.open(directory.resolve("jobs.db"));
            return new Make(executor, store, store::list, UnaryOperator.identity(), new MemoryFiles(), () -> {
                store.close();
                remove(directory);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path directory) {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Make with(Journal other) {
        return new Make(executor, other, stored, calls, files, end);
    }

    Make with(UnaryOperator<FileCalls> others) {
        return new Make(executor, journal, stored, others, files, end);
    }
}
