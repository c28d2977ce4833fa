package dev.blockcopy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.model.lifecycle.Decision;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.lifecycle.TransitionTable;
import dev.blockcopy.model.lifecycle.Trigger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is advised where nobody can tell which image is the disk. */
class AuthorityTest {
    private static final Optional<Object> SOMEBODY_ELSES_DISK =
            Optional.of(List.of(Samples.blockInfo("drive0", "installer")));

    private static CopyJob jobIn(JobState phase) {
        CopyJob job = Samples.job(Facts.Destination.EXISTING, Facts.Wish.PIVOT);
        return job.with(TransitionTable.restored(job.facts().with(Facts.JOURNAL, phase)));
    }

    static Stream<JobState> remembered() {
        return Arrays.stream(JobState.values()).filter(JobState::isDurable);
    }

    @ParameterizedTest
    @MethodSource("remembered")
    void onlyWhatTheJobWouldTakeIsAdvised(JobState phase) {
        CopyJob job = jobIn(phase);
        Authority authority = Authority.of(job, SOMEBODY_ELSES_DISK);
        assertThat(authority.verdict()).isEqualTo(Authority.Verdict.UNKNOWN);
        boolean canBeResolved = new TableExecutor().decide(job.facts(), Trigger.KEEP_SOURCE) instanceof Decision.Step;
        assertThat(authority.advice().stream().anyMatch(line -> line.contains("blockcopy resolve")))
                .isEqualTo(canBeResolved);
        assertThat(authority.advice().stream().anyMatch(line -> line.contains("blockcopy recover")))
                .isEqualTo(!job.hasEnded());
        assertThat(authority.advice().get(0)).startsWith("delete neither image");
    }
}
