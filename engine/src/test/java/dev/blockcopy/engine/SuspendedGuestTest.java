package dev.blockcopy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.qmp.QmpCommand;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A guest that sleeps (S3) is woken by a clock or a button, and by no RESUME: that is no pause, and nothing is sealed by it. */
class SuspendedGuestTest {
    private final LaneScript script = new LaneScript();

    @BeforeEach
    void askForAPivot() {
        script.askForAPivot();
        script.jobsShow("ready");
    }

    @Test
    void isWaitedForAndThenPaused() {
        script.guestShows("suspended");
        assertThat(script.job.phase()).isEqualTo(JobState.MIRRORING);
        assertThat(script.job.findings().error()).startsWith("the guest is suspended");
        script.elapse();
        script.guestShows("suspended");
        assertThat(script.sent()).doesNotContain("stop", "job-complete");
        script.elapse();
        script.guestShows("running");
        script.done(QmpCommand.Stop.class);
        assertThat(script.sent()).endsWith("stop", "job-complete");
        assertThat(script.job.facts().get(Facts.RESUME_DUE)).isTrue();
        assertThat(script.job.findings().error()).isEmpty();
    }

    @Test
    void isLetBeIfItFallsAsleepJustBeforeItIsPaused() {
        script.guestShows("running");
        script.event("SUSPEND", Map.of());
        script.done(QmpCommand.Stop.class);
        assertThat(script.sent()).doesNotContain("job-complete").endsWith("stop", "cont");
        script.done(QmpCommand.Cont.class);
        script.jobsShow("ready");
        assertThat(script.job.phase()).isEqualTo(JobState.MIRRORING);
    }

    @Test
    void isPausedIfItHasWokenUpAgain() {
        script.event("SUSPEND", Map.of());
        script.event("WAKEUP", Map.of());
        script.guestShows("suspended");
        script.guestShows("running");
        script.done(QmpCommand.Stop.class);
        assertThat(script.sent()).endsWith("stop", "job-complete");
    }

    @Test
    void breaksTheSealThatItsOwnersPauseWasIfItWakes() {
        script.guestShows("paused");
        assertThat(script.job.facts().get(Facts.SEAL)).isEqualTo(Facts.Seal.WHOLE);
        script.event("WAKEUP", Map.of());
        assertThat(script.job.facts().get(Facts.SEAL)).isEqualTo(Facts.Seal.BROKEN);
    }

    private static LaneScript takenOver(CopyJob left) {
        LaneScript later = new LaneScript();
        later.take(new LaneInput.Adopt(left.restored()));
        later.connect();
        return later;
    }

    @Test
    void isNoNewsUntilItIsSeenAgain() {
        script.guestShows("suspended");
        LaneScript later = takenOver(script.job);
        later.jobsShow("ready");
        later.jobsShow("ready");
        assertThat(later.job.state()).isEqualTo(JobState.GAUGING);
        assertThat(later.job.findings().error()).isEmpty();
    }

    @Test
    void isNoNewsUntilItIsSeenAgainWhereTheJobIsPending() {
        script.guestShows("suspended");
        CopyJob pending = script.job.with(
                script.job.facts().with(Facts.SWITCH, Facts.Switch.FINALIZE).with(Facts.JOURNAL, JobState.CONVERGING));
        LaneScript later = takenOver(pending);
        later.jobsShow("pending");
        assertThat(later.job.state()).isEqualTo(JobState.GAUGING);
        assertThat(later.job.findings().error()).isEmpty();
    }
}
