package dev.blockcopy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.Facts.Destination;
import dev.blockcopy.model.lifecycle.Facts.Wish;
import dev.blockcopy.model.lifecycle.JobState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A guest that runs elsewhere would run twice if it were let go here, and what is switched here is not its disk. */
class AwayGuestTest {
    private final LaneScript script = new LaneScript();

    /** An engine was killed in mid-pivot, the guest was migrated away, and another engine comes. */
    @ParameterizedTest
    @ValueSource(strings = {"postmigrate", "finish-migrate", "inmigrate"})
    void isNeitherPausedNorLetGoByAnEngineThatComesBack(String runState) {
        CopyJob job = Samples.job(Destination.EXISTING, Wish.PIVOT);
        job = job.with(job.facts()
                .with(Facts.STATE, JobState.PIVOTING)
                .with(Facts.JOURNAL, JobState.PIVOTING)
                .with(Facts.SWITCH_TOLD, true)
                .with(Facts.RESUME_DUE, true));
        script.runState = runState;
        script.take(new LaneInput.Adopt(job));
        List<Map<String, Object>> nodes = List.of(Samples.node(job.spec().nodeName()));
        List<Map<String, Object>> ready = List.of(Samples.jobInfo(job.id(), "ready", null, 100, 100));
        script.greet(nodes, ready);
        assertThat(script.unanswered).isEmpty();
        assertThat(script.troubles).last().asString().contains("the guest is not in this QEMU (run state " + runState);

        script.take(new LaneInput.LookAtProgress());
        script.greet(nodes, ready);
        assertThat(script.unanswered).isEmpty();

        script.runState = "paused";
        script.take(new LaneInput.LookAtProgress());
        script.greet(nodes, ready);
        script.jobsShow("ready");
        assertThat(script.sent()).endsWith("stop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postmigrate", "finish-migrate"})
    void isNotPivotedWhereItWasMigratedAwayMeanwhile(String runState) {
        script.askForAPivot();
        script.jobsShow("ready");
        script.guestShows(runState);
        assertThat(script.job.phase()).isEqualTo(JobState.MIRRORING);
        assertThat(script.job.findings().error()).contains("it was migrated away");
        script.elapse();
        assertThat(script.sent()).doesNotContain("stop", "job-complete", "cont");
        script.guestShows("running");
        assertThat(script.job.findings().error()).isEmpty();
        assertThat(script.sent()).endsWith("stop");
    }
}
