package dev.blockcopy.engine.store;

import static dev.blockcopy.engine.store.Samples.LINE;
import static dev.blockcopy.engine.store.Samples.MONITOR;
import static dev.blockcopy.engine.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.blockcopy.engine.CopyJob;
import dev.blockcopy.engine.JobStore;
import dev.blockcopy.engine.JournalLine;
import dev.blockcopy.engine.Lease;
import dev.blockcopy.engine.Progress;
import dev.blockcopy.engine.StoreException;
import dev.blockcopy.model.lifecycle.JobState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A step that was foreseen counts if it is saved, and else leaves nothing and keeps nobody out. */
class ForeseenTest {
    private static final CopyJob BEFORE = Samples.mirroring("copy-1");
    private static final CopyJob AFTER = Samples.step(BEFORE, 1);

    @TempDir
    Path directory;

    private JobStore store;
    private JobStore another;

    @BeforeEach
    void foresee() {
        store = SqliteJobStore.open(directory.resolve("jobs.db"));
        another = SqliteJobStore.open(directory.resolve("jobs.db"));
        store.insert(BEFORE, LINE);
        assertThat(AFTER).isNotEqualTo(BEFORE);
        store.foresee(AFTER, List.of(lineOf(NOON)));
    }

    @AfterEach
    void close() {
        store.close();
        another.close();
    }

    private static JournalLine lineOf(Instant at) {
        return new JournalLine(at, "PROVING", "ON_DESTINATION", "RESUMING", "CONT", "seen");
    }

    private void assertNothingIsLeft() {
        assertThat(another.find(BEFORE.id())).contains(BEFORE);
        assertThat(another.journalOf(BEFORE.id())).containsExactly(LINE);
    }

    @Test
    void nobodySeesItBeforeItIsSaved() {
        assertNothingIsLeft();
    }

    @Test
    void itIsSavedWithTheTimeAtWhichItWasWritten() {
        store.save(AFTER, List.of(lineOf(NOON.plusSeconds(1))));
        assertThat(another.find(BEFORE.id())).contains(AFTER);
        assertThat(another.journalOf(BEFORE.id())).containsExactly(LINE, lineOf(NOON));
    }

    @Test
    void whatIsSavedInsteadIsAllThatIsThere() {
        JournalLine other = new JournalLine(NOON, "PROVING", "ON_SOURCE", "RESUMING", "CONT", "seen");
        store.save(AFTER, List.of(other));
        assertThat(another.journalOf(BEFORE.id())).containsExactly(LINE, other);
        CopyJob next = Samples.step(AFTER, 2);
        store.foresee(next, List.of());
        store.save(AFTER, List.of());
        assertThat(another.find(BEFORE.id())).contains(AFTER);
    }

    @Test
    void whoUsesTheStoreForAnythingElseEndsItAndOthersCanWrite() {
        store.unanswered();
        another.save(AFTER, List.of());
        assertThat(another.find(BEFORE.id())).contains(AFTER);
        store.foresee(BEFORE, List.of());
        store.acquire(new Lease(MONITOR, "owner", "somebody", NOON.plusSeconds(9)), NOON);
        another.saveProgress(BEFORE.id(), Progress.NONE);
        assertThat(another.find(BEFORE.id())).contains(AFTER);
    }

    @Test
    void itIsGoneWithTheStore() {
        store.close();
        assertNothingIsLeft();
        another.save(AFTER, List.of());
    }

    @Test
    void whoHasLostTheMonitorSavesNothing() {
        store.acquire(new Lease(MONITOR, "first", "a process", NOON.plusSeconds(1)), NOON);
        another.acquire(new Lease(MONITOR, "second", "another one", NOON.plusSeconds(9)), NOON.plusSeconds(2));
        store.foresee(AFTER, List.of());
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> store.save(AFTER, List.of()))
                .withMessageContaining("another process has taken over");
        assertNothingIsLeft();
    }

    @Test
    void nothingIsSavedIntoAFileThatWasMovedAway() throws Exception {
        Files.move(directory.resolve("jobs.db"), directory.resolve("away.db"));
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> store.save(AFTER, List.of(lineOf(NOON))))
                .withMessageContaining("removed or replaced");
        assertNothingIsLeft();
    }

    @Test
    void anotherStepOfTheSameStateIsNoneThatWasForeseen() {
        assertThat(AFTER.phase()).isEqualTo(JobState.MIRRORING);
        assertThat(new Foreseen(AFTER, List.of()).is(BEFORE, List.of())).isFalse();
        assertThat(new Foreseen(AFTER, List.of(LINE)).is(AFTER, List.of())).isFalse();
        assertThat(new Foreseen(AFTER, List.of(LINE)).is(AFTER, List.of(LINE))).isTrue();
    }
}
