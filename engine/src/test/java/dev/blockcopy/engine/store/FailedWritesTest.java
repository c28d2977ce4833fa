package dev.blockcopy.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.blockcopy.engine.CopyJob;
import dev.blockcopy.engine.Findings;
import dev.blockcopy.engine.JobStore;
import dev.blockcopy.engine.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A write that fails says what became of it, and loses nothing that was there. */
class FailedWritesTest {
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final CopyJob JOB = Samples.job("copy-1");

    @TempDir
    Path directory;

    private Path file;
    private JobStore store;

    @BeforeEach
    void open() {
        file = directory.resolve("jobs.db");
        store = SqliteJobStore.open(file, SHORT);
        store.insert(JOB, Samples.LINE);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aFileThatAnotherKeepsLockedIsNamed() throws SQLException {
        try (Connection other = Sqlite.connect(file)) {
            Sqlite.run(other, "BEGIN IMMEDIATE");
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> store.save(Samples.step(JOB, 1), List.of(Samples.line(1))))
                    .withMessage("store " + file + ": another process has kept it locked for 50 ms: see who with"
                            + " `fuser " + file + "`, wait or end that, and try again; nothing was written");
            assertThat(store.find("copy-1")).contains(JOB);
            Sqlite.run(other, "ROLLBACK");
        }
        store.save(Samples.step(JOB, 2), List.of(Samples.line(2)));
        assertThat(store.find("copy-1")).contains(Samples.step(JOB, 2));
        assertThat(store.journalOf("copy-1")).containsExactly(Samples.LINE, Samples.line(2));
    }

    @Test
    void aFileThatAnotherKeepsForItselfCantBeOpened() throws SQLException {
        store.close();
        try (Connection other = Sqlite.connect(file)) {
            Sqlite.run(other, "PRAGMA locking_mode = EXCLUSIVE", "BEGIN EXCLUSIVE", "COMMIT", "BEGIN EXCLUSIVE");
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> SqliteJobStore.open(file, SHORT))
                    .withMessageContaining("another process has kept it locked for 50 ms");
        }
        store = SqliteJobStore.open(file);
        assertThat(store.find("copy-1")).contains(JOB);
    }

    @Test
    void aFullDiskLosesNothing() throws SQLException {
        StoreErrors errors = new StoreErrors(file, 50);
        CopyJob large = JOB.with(Findings.NONE.withError("x".repeat(1 << 20)));
        try (Connection connection = Sqlite.connect(file)) {
            Sqlite.run(connection, "PRAGMA max_page_count = 20");
            Session session = new Session(connection, errors);
            JobRows rows = new JobRows(session, errors);
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> session.write(() -> {
                        rows.update(large, Optional.empty());
                        return null;
                    }))
                    .withMessage(
                            "store " + file + ": the disk is full: free some space and try again; nothing was written");
        }
        assertThat(store.find("copy-1")).contains(JOB);
        store.save(large, List.of());
        assertThat(store.find("copy-1")).contains(large);
    }

    @Test
    void aCommitThatFailsLeavesTheOutcomeOpen() throws SQLException {
        StoreErrors errors = new StoreErrors(file, 50);
        try (Connection connection = Sqlite.connect(file)) {
            Sqlite.run(connection, "PRAGMA foreign_keys = ON");
            Session session = new Session(connection, errors);
            JobRows rows = new JobRows(session, errors);
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> session.write(() -> {
                        session.update("PRAGMA defer_foreign_keys = ON");
                        rows.append("copy-of-nobody", List.of(Samples.LINE));
                        return null;
                    }))
                    .withMessageEndingWith("; whether it was written is not known");
            session.write(() -> {
                rows.append("copy-1", List.of(Samples.line(1)));
                return null;
            });
        }
        assertThat(store.journalOf("copy-1")).containsExactly(Samples.LINE, Samples.line(1));
    }

    @Test
    void aFileThatWasRemovedIsWrittenToNoMoreUntilItIsBack() throws IOException {
        Path aside = directory.resolve("aside.db");
        Files.move(file, aside);
        refusesToSave();

        Files.move(aside, file);
        store.save(Samples.step(JOB, 2), List.of(Samples.line(2)));

        assertThat(store.find("copy-1")).contains(Samples.step(JOB, 2));
    }

    @Test
    void aFileThatWasReplacedIsNotTakenForTheOneThatWasOpened() throws IOException {
        Files.move(file, directory.resolve("aside.db"));
        Files.createFile(file);

        refusesToSave();

        assertThat(file).isEmptyFile();
    }

    private void refusesToSave() {
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> store.save(Samples.step(JOB, 1), List.of(Samples.line(1))))
                .withMessage(
                        "store " + file + ": it was removed or replaced while it was in use: put it back, or restore"
                                + " a backup, and try again; nothing was written");
        assertThat(store.find("copy-1")).contains(JOB);
    }
}
