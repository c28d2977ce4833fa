package dev.blockcopy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.JobState;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SettlingTest {
    private static final Set<JobState> IN_PLACE = Set.of(JobState.STREAMING, JobState.MIRRORING, JobState.IN_DOUBT);

    /** In the middle of a pivot a session alone is no reason to answer: the guest is paused. */
    @ParameterizedTest
    @EnumSource
    void isOverOnlyWhereAJobStaysByItself(JobState state) {
        CopyJob job = Samples.job(Facts.Destination.EXISTING, Facts.Wish.PIVOT);
        JobState phase = state.isDurable() ? state : JobState.PIVOTING;
        CopyJob there = job.with(
                job.facts().with(Facts.STATE, state).with(Facts.JOURNAL, phase).with(Facts.ONLINE, true));
        JobReport report = new JobReport(there, state, Progress.NONE, JobReport.THIS_PROCESS);
        assertThat(Settling.isInPlace(report)).isEqualTo(state.isTerminal() || IN_PLACE.contains(state));
    }
}
