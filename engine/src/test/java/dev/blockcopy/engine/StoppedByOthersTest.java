package dev.blockcopy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.engine.qmp.QmpInput;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.Facts.Seal;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.model.qmp.QmpCommand;
import dev.blockcopy.model.qmp.QmpEvent;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who has paused a guest is the one to let it go; QEMU tells when it was paused, and not by whom. */
class StoppedByOthersTest {
    private static final long LOOK = 5_000;
    private static final long COMMIT = 3_000;

    /** How far the clock of the host was set in the middle of it. */
    private long setBackMicros;

    private final LaneScript script = new LaneScript() {
        @Override
        public Instant now() {
            return super.now().minusNanos(TimeUnit.MICROSECONDS.toNanos(setBackMicros));
        }
    };

    private void pass(long micros) {
        script.nowNanos += TimeUnit.MICROSECONDS.toNanos(micros);
    }

    @BeforeEach
    void lookAtTheGuest() {
        script.askForAPivot();
        pass(LOOK);
        script.jobsShow("ready");
    }

    /** The look is answered some time after it was sent, and then the row is made durable and {@code stop} sent. */
    private void guestRuns() {
        pass(COMMIT);
        script.guestShows("running");
    }

    private void guestIsPaused() {
        script.guestShows("paused");
    }

    private void event(String name, long micros) {
        script.input(new QmpInput.Happened(new QmpEvent(name, new QmpEvent.Timestamp(0, micros), Map.of())));
    }

    private boolean isResumeDue() {
        return script.job.facts().get(Facts.RESUME_DUE);
    }

    private void pivot() {
        script.done(QmpCommand.JobComplete.class);
        script.jobStatus("concluded");
        script.jobsShow("concluded");
        script.graphShows(script.job.spec().nodeName());
    }

    @Test
    void keepsWhatWasPausedAfterTheLook() {
        guestRuns();
        event("STOP", LOOK + 1);
        assertThat(isResumeDue()).isTrue();
        pass(COMMIT);
        script.done(QmpCommand.Stop.class);
        assertThat(isResumeDue()).isFalse();
        assertThat(script.job.facts().get(Facts.SEAL)).isEqualTo(Seal.WHOLE);
        assertThat(script.job.findings().runStateBefore()).isEqualTo("paused");
        assertThat(script.store.find(script.job.id()).orElseThrow().facts().get(Facts.RESUME_DUE))
                .isFalse();
        pivot();
        script.done(QmpCommand.JobDismiss.class);
        assertThat(script.job.phase()).isEqualTo(JobState.PIVOTED);
        assertThat(script.sent()).doesNotContain("cont");
        assertThat(script.job.findings().pauseNanos()).isZero();
    }

    @Test
    void isNotBoundByOurLongestPause() {
        guestRuns();
        event("STOP", LOOK + 1);
        script.done(QmpCommand.Stop.class);
        script.elapse();
        assertThat(script.sent()).endsWith("job-complete");
    }

    @Test
    void letsGoWhatWePaused() {
        guestRuns();
        event("STOP", LOOK + COMMIT);
        script.done(QmpCommand.Stop.class);
        pivot();
        assertThat(script.sent()).endsWith("cont");
    }

    @Test
    void letsGoWhatWasResumedInBetween() {
        guestRuns();
        event("STOP", LOOK + 1);
        event("RESUME", LOOK + 2);
        event("STOP", LOOK + COMMIT + 1);
        script.done(QmpCommand.Stop.class);
        assertThat(isResumeDue()).isTrue();
        assertThat(script.job.facts().get(Facts.SEAL)).isEqualTo(Seal.BROKEN);
    }

    @Test
    void looksAgainIfItHearsOfItBefore() {
        event("STOP", LOOK + 1);
        assertThat(script.sent()).endsWith("query-status", "query-status");
        script.unanswered.poll();
        guestIsPaused();
        assertThat(script.sent()).endsWith("job-complete").doesNotContain("stop");
        assertThat(isResumeDue()).isFalse();
    }

    /** Our own STOP then looks older than our command, by the clock that was read when that was sent. */
    @Test
    void isNotFooledByAClockThatIsSetBack() {
        guestRuns();
        setBackMicros = 2_000;
        event("STOP", LOOK + COMMIT + 100 - setBackMicros);
        pass(200);
        script.done(QmpCommand.Stop.class);
        assertThat(isResumeDue()).isTrue();
    }

    @Test
    void isNotFooledByAClockThatIsSetForward() {
        guestRuns();
        setBackMicros = -2_000;
        event("STOP", LOOK + COMMIT + 100 - setBackMicros);
        pass(200);
        script.done(QmpCommand.Stop.class);
        assertThat(isResumeDue()).isTrue();
    }

    @Test
    void believesNoTimeFromBeforeTheLook() {
        guestRuns();
        event("STOP", LOOK - 1);
        script.done(QmpCommand.Stop.class);
        assertThat(isResumeDue()).isTrue();
    }

    /** Somebody resumes the guest, its owner pauses it: while the job is forced back, both are only heard. */
    @Test
    void keepsWhatItsOwnerPausedAfterSomebodyHadBrokenTheSeal() {
        guestRuns();
        event("STOP", LOOK + COMMIT + 1);
        script.done(QmpCommand.Stop.class);
        script.ask(Trigger.FORCE);
        event("RESUME", LOOK + COMMIT + 2);
        assertThat(isResumeDue()).isTrue();
        event("STOP", LOOK + COMMIT + 3);
        assertThat(isResumeDue()).isFalse();
        assertThat(script.job.facts().get(Facts.SEAL)).isEqualTo(Seal.BROKEN);
    }

    /** The answer is not waited for any more, and tells all the same. */
    @Test
    void hearsItOfAStopThatWasOvertaken() {
        guestRuns();
        event("STOP", LOOK + 1);
        script.ask(Trigger.FORCE);
        script.done(QmpCommand.Stop.class);
        assertThat(isResumeDue()).isFalse();
    }

    /** After a loss nobody knows what was said and done meanwhile: the journal's word stands, as before. */
    @Test
    void judgesNothingByALookOfAnotherSession() {
        guestRuns();
        script.input(new QmpInput.Lost("cut"));
        script.elapse();
        script.greet("", java.util.List.of(Samples.jobInfo(script.job.id(), "ready", null, 100, 100)));
        pass(COMMIT);
        script.jobsShow("ready");
        event("STOP", LOOK + COMMIT + 1);
        script.done(QmpCommand.Stop.class);
        assertThat(isResumeDue()).isTrue();
    }
}
