package dev.blockcopy.engine.standard;

import dev.blockcopy.engine.CopyJobs;
import dev.blockcopy.engine.JobExecutor;
import dev.blockcopy.engine.JobStore;
import dev.blockcopy.engine.Rehearsals;
import dev.blockcopy.engine.statemachine.StatemachineExecutor;
import dev.blockcopy.engine.store.SqliteJobStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The engine with its store in a SQLite file and its table executed by Spring Statemachine. */
public final class StandardEngine {
    private static final Rehearsals REHEARSALS = new Rehearsals(SqliteJobStore::inMemory, 10, 300);

    private StandardEngine() {}

    /**
     * Opens the store in a file, making it if it is not there, and drives nothing yet.
     *
     * @throws dev.blockcopy.engine.StoreException if the store can't be used; the message says why, and what to do
     * @throws BadEnvironmentException if {@code BLOCKCOPY_FAILPOINT} names no instant; then no store was made
     */
    public static CopyJobs open(Path storeFile) {
        List<Path> files = List.of(
                storeFile, Path.of(storeFile + "-wal"), Path.of(storeFile + "-shm"), Path.of(storeFile + "-journal"));
        Optional<FailPoint> failPoint = FailPoint.ofEnvironment();
        JobStore store = SqliteJobStore.open(storeFile);
        Supplier<JobExecutor> executors = StatemachineExecutor::new;
        return new CopyJobs(
                failPoint.map(point -> point.over(store)).orElse(store),
                files,
                failPoint.map(point -> point.over(executors)).orElse(executors),
                REHEARSALS);
    }
}
