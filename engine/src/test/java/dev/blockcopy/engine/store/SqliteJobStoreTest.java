package dev.blockcopy.engine.store;

import static dev.blockcopy.engine.store.Samples.LINE;
import static dev.blockcopy.engine.store.Samples.MONITOR;
import static dev.blockcopy.engine.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.blockcopy.engine.Answer;
import dev.blockcopy.engine.CopyJob;
import dev.blockcopy.engine.Findings;
import dev.blockcopy.engine.JobStore;
import dev.blockcopy.engine.Journal;
import dev.blockcopy.engine.JournalLine;
import dev.blockcopy.engine.Lease;
import dev.blockcopy.engine.Progress;
import dev.blockcopy.engine.StoreException;
import dev.blockcopy.engine.StoredRequest;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.JobState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteJobStoreTest {
    @TempDir
    Path directory;

    private Path file;
    private JobStore store;

    @BeforeEach
    void open() {
        file = directory.resolve("jobs.db");
        store = SqliteJobStore.open(file);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void reopen() {
        store.close();
        store = SqliteJobStore.open(file);
    }

    @Test
    void remembersAJobAsACrashLeavesIt() {
        CopyJob job = Samples.mirroring("copy-1");
        CopyJob running = job.with(job.facts().with(Facts.ONLINE, true));
        store.insert(running, LINE);
        reopen();
        assertThat(store.find("copy-1")).contains(running.restored());
        assertThat(store.find("copy-2")).isEmpty();
    }

    @Test
    void savesAJobWithTheLinesOfItsWay() {
        CopyJob job = Samples.job("copy-1");
        store.insert(job, LINE);
        CopyJob later = job.with(job.facts().with(Facts.SWITCH_TOLD, true))
                .with(Findings.NONE
                        .withError("broken\n\"pipe\"")
                        .withLeftOver("a")
                        .withLeftOver("b"));
        store.save(later, List.of(Samples.line(1), Samples.line(2)));
        store.save(later, List.of());
        reopen();
        assertThat(store.find("copy-1")).contains(later.restored());
        assertThat(store.journalOf("copy-1")).containsExactly(LINE, Samples.line(1), Samples.line(2));
        assertThat(store.journalOf("copy-2")).isEmpty();
    }

    @Test
    void listsTheOldestJobFirst() {
        List<String> ids = List.of("z", "a", "m");
        ids.forEach(id -> store.insert(Samples.job(id), LINE));
        reopen();
        assertThat(store.list()).extracting(CopyJob::id).containsExactlyElementsOf(ids);
    }

    @Test
    void tellsTheUnfinishedJobsOfAMonitorAlone() {
        CopyJob elsewhere = Samples.job("elsewhere");
        store.insert(Samples.mirroring("b"), LINE);
        store.insert(elsewhere.with(elsewhere.spec().withMonitor(Path.of("/run/it's another.qmp"))), LINE);
        for (JobState end : JobState.terminal()) {
            CopyJob ended = Samples.job("ended-" + end);
            store.insert(ended.with(ended.facts().with(Facts.JOURNAL, end)), LINE);
        }
        store.insert(Samples.job("a"), LINE);
        assertThat(store.unfinished(elsewhere.spec().monitor()))
                .extracting(CopyJob::id)
                .containsExactly("b", "a");
        assertThat(store.unfinished(Path.of("/run/it's another.qmp")))
                .extracting(CopyJob::id)
                .containsExactly("elsewhere");
        assertThat(store.unfinished(Path.of("/run/nobody's.qmp"))).isEmpty();
    }

    @Test
    void refusesAnIdThatIsTakenAndWritesNothing() {
        store.insert(Samples.job("copy-1"), LINE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.insert(Samples.mirroring("copy-1"), Samples.line(1)))
                .withMessage("job id copy-1 is taken: choose another (--job-id)");
        assertThat(store.find("copy-1")).contains(Samples.job("copy-1"));
        assertThat(store.journalOf("copy-1")).containsExactly(LINE);
    }

    @Test
    void refusesToSaveAJobThatItDoesNotHaveAndWritesNothing() {
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> store.save(Samples.job("copy-1"), List.of(LINE)))
                .withMessage("store " + file + ": it has no job copy-1: see which there are with `blockcopy jobs`");
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> store.saveProgress("copy-1", Progress.NONE))
                .withMessageContaining("it has no job copy-1");
        assertThat(store.list()).isEmpty();
        assertThat(store.journalOf("copy-1")).isEmpty();
    }

    @Test
    void keepsTheLastProgress() {
        store.insert(Samples.job("copy-1"), LINE);
        assertThat(store.progressOf("copy-1")).isEqualTo(Progress.NONE);
        store.saveProgress("copy-1", new Progress(1, 10, 5));
        store.saveProgress("copy-1", new Progress(7, Long.MAX_VALUE, 6));
        reopen();
        assertThat(store.progressOf("copy-1")).isEqualTo(new Progress(7, Long.MAX_VALUE, 6));
    }

    @Test
    void aLeaseKeepsOthersOutUntilItRunsOut() {
        Lease mine = lease("me", 10);
        Lease yours = lease("you", 20);
        assertThat(store.ownerOf(MONITOR, NOON)).isEmpty();
        assertThat(store.acquire(mine, NOON)).isEqualTo(mine);
        assertThat(store.acquire(yours, NOON.plusSeconds(9))).isEqualTo(mine);
        assertThat(store.ownerOf(MONITOR, NOON.plusSeconds(9))).contains(mine);
        assertThat(store.ownerOf(MONITOR, NOON.plusSeconds(10))).isEmpty();
        assertThat(store.acquire(yours, NOON.plusSeconds(10))).isEqualTo(yours);
        assertThat(store.acquire(mine, NOON.plusSeconds(10))).isEqualTo(yours);
    }

    @Test
    void aLeaseIsRenewedByItsOwnerAndReleasedByNobodyElse() {
        store.acquire(lease("me", 10), NOON);
        Lease renewed = lease("me", 30);
        assertThat(store.renew(renewed)).isTrue();
        assertThat(store.renew(lease("you", 30))).isFalse();
        store.release(lease("you", 30));
        assertThat(store.ownerOf(MONITOR, NOON)).contains(renewed);
        store.release(lease("me", 10));
        assertThat(store.ownerOf(MONITOR, NOON)).isEmpty();
        assertThat(store.renew(renewed)).isFalse();
    }

    private static void isLate(ThrowingCallable write) {
        assertThatThrownBy(write)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("another process has taken over the jobs on " + MONITOR);
    }

    @Test
    void whoWasHeldUpAndLostItsLeaseWritesNothingMore() {
        CopyJob job = Samples.job("copy-1");
        Lease lost = lease("late, first", 4);
        store.acquire(lost, NOON);
        Journal late = store.under(lost);
        late.insert(job, LINE);
        late.save(job, List.of(LINE));
        try (SqliteJobStore other = SqliteJobStore.open(file)) {
            Lease taken = lease("other", 9);
            assertThat(other.acquire(taken, NOON.plusSeconds(5))).isEqualTo(taken);
            isLate(() -> late.save(job, List.of(LINE)));
            isLate(() -> late.insert(Samples.job("copy-2"), LINE));
            other.under(taken).save(job, List.of(LINE));
            other.release(taken);
        }
        isLate(() -> late.save(job, List.of(LINE)));
        assertThat(store.renew(lost)).as("also when the other has left again").isFalse();
        Lease again = lease("late, again", 20);
        assertThat(store.acquire(again, NOON.plusSeconds(10))).isEqualTo(again);
        isLate(() -> late.save(job, List.of(LINE)));
        store.under(again).save(job, List.of(LINE));
        assertThat(store.journalOf("copy-1")).hasSize(4);
        assertThat(store.find("copy-2")).isEmpty();
    }

    /** The proof that the fence is needed: a late word under no lease undoes what was durable. */
    @Test
    void aLateWordWithoutTheFenceUndoesWhatAnotherWroteDown() {
        CopyJob before = Samples.job("copy-1");
        CopyJob after = Samples.step(before, 1);
        store.insert(before, LINE);
        try (SqliteJobStore other = SqliteJobStore.open(file)) {
            Lease taken = new Lease(before.spec().monitor(), "other", "pid 2 on here", NOON.plusSeconds(9));
            other.acquire(taken, NOON);
            other.save(after, List.of(LINE));
        }

        store.save(before, List.of(LINE));

        assertThat(store.find("copy-1")).contains(before);
    }

    private static Lease lease(String owner, int seconds) {
        return new Lease(MONITOR, owner, "pid 1 on here", NOON.plusSeconds(seconds));
    }

    @Test
    void aRequestWaitsForItsAnswer() {
        long pivot = store.ask(request("copy-1", "PIVOT"));
        long cancel = store.ask(request("copy-2", "CANCEL"));
        StoredRequest elsewhere = new StoredRequest(0, Path.of("/other"), "copy-3", "FORCE", "", Optional.empty());
        long force = store.ask(elsewhere);
        assertThat(store.unanswered())
                .extracting(StoredRequest::id, StoredRequest::job, StoredRequest::verb, StoredRequest::monitor)
                .containsExactly(
                        tuple(pivot, "copy-1", "PIVOT", MONITOR),
                        tuple(cancel, "copy-2", "CANCEL", MONITOR),
                        tuple(force, "copy-3", "FORCE", elsewhere.monitor()));
        assertThat(store.answerTo(pivot)).isEmpty();
        Answer refused = new Answer(Answer.Kind.REFUSED, "not ready");
        store.answer(pivot, refused);
        reopen();
        assertThat(store.answerTo(pivot)).contains(refused);
        assertThat(store.unanswered()).extracting(StoredRequest::id).containsExactly(cancel, force);
    }

    @Test
    void theFirstAnswerCounts() {
        long id = store.ask(request("copy-1", "PIVOT"));
        store.answer(id, Answer.ACCEPTED);
        store.answer(id, new Answer(Answer.Kind.REFUSED, "late"));
        store.withdraw(id);
        assertThat(store.answerTo(id)).contains(Answer.ACCEPTED);
    }

    @Test
    void aRequestThatWasWithdrawnIsNeverSeenAgain() {
        long id = store.ask(request("copy-1", "PIVOT"));
        store.withdraw(id);
        store.answer(id, Answer.ACCEPTED);
        assertThat(store.unanswered()).isEmpty();
        assertThat(store.answerTo(id)).isEmpty();
        assertThat(store.ask(request("copy-1", "PIVOT"))).isNotEqualTo(id);
    }

    private static StoredRequest request(String job, String verb) {
        return new StoredRequest(0, MONITOR, job, verb, "", Optional.empty());
    }

    @Test
    void severalThreadsSaveWithoutLosingALine() throws Exception {
        int threads = 4;
        int steps = 25;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            CopyJob job = Samples.job("copy-" + thread);
            store.insert(job, LINE);
            tasks.add(() -> {
                for (int step = 0; step < steps; step++) {
                    store.save(Samples.step(job, step), List.of(Samples.line(step)));
                    store.saveProgress(job.id(), new Progress(step, steps, 0));
                    assertThat(store.find(job.id())).contains(Samples.step(job, step));
                }
                return null;
            });
        }
        for (Future<Void> done : pool.invokeAll(tasks)) {
            done.get();
        }
        pool.shutdown();
        List<String> way =
                IntStream.range(0, steps).mapToObj(step -> "step " + step).toList();
        for (CopyJob job : store.list()) {
            assertThat(store.journalOf(job.id()))
                    .extracting(JournalLine::because)
                    .endsWith(way.toArray(String[]::new));
        }
    }

    @Test
    void twoStoresOnOneFileSeeEachOther() {
        try (JobStore other = SqliteJobStore.open(file)) {
            store.insert(Samples.job("copy-1"), LINE);
            other.save(Samples.step(Samples.job("copy-1"), 1), List.of(Samples.line(1)));
            assertThat(store.find("copy-1")).contains(Samples.step(Samples.job("copy-1"), 1));
        }
        store.save(Samples.step(Samples.job("copy-1"), 2), List.of());
        assertThat(store.find("copy-1")).contains(Samples.step(Samples.job("copy-1"), 2));
    }

    @Test
    void aClosedStoreSaysSo() {
        store.close();
        store.close();
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> store.find("copy-1"))
                .withMessage("store " + file + ": it was closed: open it again");
    }

    @Test
    void leavesOneFileBehind() throws Exception {
        store.insert(Samples.job("copy-1"), LINE);
        store.close();
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void makesDirectoriesAndTakesAnyName() {
        Path odd = directory.resolve("a b").resolve("ü?#%20&c").resolve("jobs 100%?mode=memory.db");
        try (JobStore made = SqliteJobStore.open(odd, Duration.ofSeconds(1))) {
            made.insert(Samples.job("copy-1"), LINE);
        }
        assertThat(odd).isRegularFile();
        try (JobStore made = SqliteJobStore.open(odd)) {
            assertThat(made.list()).containsExactly(Samples.job("copy-1"));
        }
    }
}
