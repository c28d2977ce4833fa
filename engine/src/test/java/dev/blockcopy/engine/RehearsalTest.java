package dev.blockcopy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blockcopy.engine.store.SqliteJobStore;
import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.model.lifecycle.Decision;
import dev.blockcopy.model.lifecycle.Facts;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RehearsalTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final JobExecutor MUTE = (job, trigger) -> new Decision.Ignored("mute");

    private final SqliteJobStore stage = SqliteJobStore.inMemory();
    private final CountDownLatch taken = new CountDownLatch(1);
    /** The thread on which is rehearsed, once the stage is taken. */
    private volatile Thread thread;

    @AfterEach
    void leave() {
        stage.close();
    }

    private Rehearsing rehearsing(JobExecutor executor, int atFirst, int beside, AtomicBoolean guestIsPaused) {
        Rehearsals rehearsals = new Rehearsals(
                () -> {
                    thread = Thread.currentThread();
                    taken.countDown();
                    return SqliteJobStore.inMemory();
                },
                atFirst,
                beside);
        return new Rehearsing(rehearsals, () -> executor, guestIsPaused::get);
    }

    private void awaitEnd() throws InterruptedException {
        taken.await();
        thread.join(SOON.toMillis());
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void isAWholePivotWithItsPause() {
        new Rehearsal(new TableExecutor(), stage, 1).perform();
        assertThat(stage.list()).singleElement().satisfies(job -> {
            assertThat(job.facts().get(Facts.OUTCOME)).isEqualTo(Facts.Outcome.PIVOTED);
            assertThat(job.findings().pauseNanos()).isPositive();
        });
        assertThat(stage.journalOf("rehearsal-1"))
                .extracting(JournalLine::effect)
                .contains(CopyEffect.STOP.name(), CopyEffect.COMPLETE.name(), CopyEffect.CONT.name());
    }

    @Test
    void saysSoWhenItDoesNotComeToItsEnd() {
        Rehearsal rehearsal = new Rehearsal(MUTE, stage, 1);
        assertThatThrownBy(rehearsal::perform).hasMessageContaining("does not come to its end");
    }

    @Test
    void nobodyWaitsForOneThatFails() throws InterruptedException {
        Rehearsing rehearsing = rehearsing(MUTE, 1, 1, new AtomicBoolean());
        rehearsing.begin();
        rehearsing.awaitFirst();
        awaitEnd();
    }

    @Test
    void aGuestThatIsPausedHasTheProcessorsToItself() throws InterruptedException {
        AtomicBoolean guestIsPaused = new AtomicBoolean();
        AtomicInteger ended = new AtomicInteger();
        TableExecutor table = new TableExecutor();
        JobExecutor pausing = (job, trigger) -> {
            Decision decision = table.decide(job, trigger);
            if (decision instanceof Decision.Step step
                    && step.after().get(Facts.STATE).isTerminal()) {
                guestIsPaused.set(ended.incrementAndGet() == 2);
            }
            return decision;
        };
        Rehearsing rehearsing = rehearsing(pausing, 2, 3, guestIsPaused);
        rehearsing.begin();
        rehearsing.begin();
        taken.await();
        while (ended.get() < 2) {
            Thread.onSpinWait();
        }
        assertThat(thread.isAlive()).isTrue();
        assertThat(ended).hasValue(2);
        guestIsPaused.set(false);
        awaitEnd();
        assertThat(ended).hasValue(5);
        rehearsing.awaitFirst();
    }

    @Test
    void noOtherBeginsOnceTheEngineIsClosed() throws InterruptedException {
        AtomicBoolean guestIsPaused = new AtomicBoolean(true);
        Rehearsing rehearsing = rehearsing(new TableExecutor(), 0, Integer.MAX_VALUE, guestIsPaused);
        rehearsing.begin();
        rehearsing.awaitFirst();
        rehearsing.end();
        guestIsPaused.set(false);
        awaitEnd();
    }

    @Test
    void noneAreWaitedFor() throws InterruptedException {
        Rehearsing rehearsing = new Rehearsing(Rehearsals.NONE, TableExecutor::new, () -> false);
        rehearsing.begin();
        rehearsing.awaitFirst();
        assertThat(List.of(Rehearsals.NONE.atFirst(), Rehearsals.NONE.beside())).containsOnly(0);
    }
}
