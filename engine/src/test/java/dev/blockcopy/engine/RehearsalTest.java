package dev.blockcopy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blockcopy.model.lifecycle.Decision;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.JobState;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RehearsalTest {
    @AfterEach
    void forgetTheInterruption() {
        Thread.interrupted();
    }

    @Test
    void comesToItsEnd() {
        assertThatCode(() -> Rehearsal.run(new TableExecutor(), 3)).doesNotThrowAnyException();
    }

    @Test
    void saysSoWhenItDoesNot() {
        JobExecutor mute = (job, trigger) -> new Decision.Ignored("mute");
        assertThatThrownBy(() -> Rehearsal.run(mute, 1)).hasMessageContaining("does not come to its end");
    }

    @Test
    void isBrokenOffInTheMiddleWhenInterrupted() {
        int whole = decisionsUntil(step -> false);

        assertThat(decisionsUntil(step -> step == whole / 2)).isBetween(whole / 2, whole - 1);
    }

    /** How many decisions a rehearsal comes to, if its thread is interrupted at one of them. */
    private static int decisionsUntil(IntPredicate interrupted) {
        AtomicInteger decisions = new AtomicInteger();
        TableExecutor table = new TableExecutor();
        JobExecutor counting = (job, trigger) -> {
            if (interrupted.test(decisions.incrementAndGet())) {
                Thread.currentThread().interrupt();
            }
            return table.decide(job, trigger);
        };
        Rehearsal.run(counting, 1);
        return decisions.get();
    }

    @ParameterizedTest
    @CsvSource({"STREAMING, false", "MIRRORING, true", "PIVOTING, true"})
    void givesWayToARealJobThatIsReady(JobState phase, boolean ended) {
        CopyJob job = Samples.job(Facts.Destination.NEW_RAW, Facts.Wish.PIVOT);
        CopyJob there = job.with(job.facts().with(Facts.JOURNAL, phase).with(Facts.STATE, phase));

        Rehearsal.endOnceReady(Thread.currentThread(), new JobReport(there, phase, Progress.NONE, ""));

        assertThat(Thread.interrupted()).isEqualTo(ended);
    }
}
