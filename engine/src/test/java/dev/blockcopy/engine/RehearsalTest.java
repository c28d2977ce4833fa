package dev.blockcopy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blockcopy.engine.store.SqliteJobStore;
import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.model.lifecycle.Decision;
import dev.blockcopy.model.lifecycle.Facts;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
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

    private Rehearsing rehearsing(JobExecutor executor, int atFirst, int beside, BooleanSupplier guestIsPaused) {
        Rehearsals rehearsals = new Rehearsals(
                () -> {
                    thread = Thread.currentThread();
                    taken.countDown();
                    return SqliteJobStore.inMemory();
                },
                atFirst,
                beside);
        return new Rehearsing(rehearsals, () -> executor, guestIsPaused);
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
        Rehearsing rehearsing = rehearsing(MUTE, 1, 1, () -> false);
        rehearsing.begin();
        rehearsing.awaitFirst();
        awaitEnd();
    }

    @Test
    void noneButTheFirstBeginWhileAGuestIsPaused() throws InterruptedException {
        AtomicBoolean guestIsPaused = new AtomicBoolean(true);
        AtomicInteger looks = new AtomicInteger();
        AtomicInteger ended = new AtomicInteger();
        Rehearsing rehearsing = rehearsing(counting(ended), 2, 3, () -> {
            looks.incrementAndGet();
            return guestIsPaused.get();
        });
        rehearsing.begin();
        rehearsing.begin();
        rehearsing.awaitFirst();
        while (looks.get() < 3) {
            Thread.onSpinWait();
        }
        assertThat(ended).hasValue(2);
        guestIsPaused.set(false);
        awaitEnd();
        assertThat(ended).hasValue(5);
    }

    private static JobExecutor counting(AtomicInteger ended) {
        TableExecutor table = new TableExecutor();
        return (job, trigger) -> {
            Decision decision = table.decide(job, trigger);
            if (decision instanceof Decision.Step step
                    && step.after().get(Facts.STATE).isTerminal()) {
                ended.incrementAndGet();
            }
            return decision;
        };
    }

    @Test
    void noOtherBeginsOnceTheEngineIsClosed() throws InterruptedException {
        Rehearsing rehearsing = rehearsing(new TableExecutor(), 0, Integer.MAX_VALUE, () -> true);
        rehearsing.begin();
        rehearsing.awaitFirst();
        rehearsing.end();
        awaitEnd();
    }

    @Test
    void noneAreWaitedFor() throws InterruptedException {
        Rehearsing rehearsing = new Rehearsing(Rehearsals.NONE, TableExecutor::new, () -> false);
        rehearsing.begin();
        rehearsing.awaitFirst();
        assertThat(taken.getCount()).isEqualTo(1);
    }
}
