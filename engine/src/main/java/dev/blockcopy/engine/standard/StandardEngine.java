package dev.blockcopy.engine.standard;

import dev.blockcopy.engine.CopyJobs;
import dev.blockcopy.engine.statemachine.StatemachineExecutor;
import dev.blockcopy.engine.store.SqliteJobStore;
import java.nio.file.Path;
import java.util.List;

/** The engine with its store in a SQLite file and its table executed by Spring Statemachine. */
public final class StandardEngine {
    private static final int REHEARSALS = 20;

    private StandardEngine() {}

    /**
     * Opens the store in a file, making it if it is not there, and drives nothing yet.
     *
     * @throws dev.blockcopy.engine.StoreException if the store can't be used; the message says why, and what to do
     */
    public static CopyJobs open(Path storeFile) {
        List<Path> files = List.of(
                storeFile, Path.of(storeFile + "-wal"), Path.of(storeFile + "-shm"), Path.of(storeFile + "-journal"));
        return new CopyJobs(SqliteJobStore.open(storeFile), files, StatemachineExecutor::new, REHEARSALS);
    }
}
