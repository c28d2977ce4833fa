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
import org.junit.jupiter.api.Test;
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

    static Stream<JobState> underWay() {
        return remembered().filter(phase -> !phase.isTerminal() && phase != JobState.IN_DOUBT);
    }

    /** A second QEMU on the image of a living one is what must never be advised. */
    @ParameterizedTest
    @MethodSource("remembered")
    void nobodyIsToldToBootWhereQemuMayLive(JobState phase) {
        Authority authority = answer(phase).dead(true);
        assertThat(authority.advice()).noneMatch(line -> line.startsWith("boot "));
        assertThat(authority.advice()).anyMatch(line -> line.contains("start no other"));
    }

    @ParameterizedTest
    @MethodSource("underWay")
    void theOtherMonitorOfAQemuThatLivesIsAskedFor(JobState phase) {
        assertThat(answer(phase).dead(true).advice())
                .anyMatch(line ->
                        line.contains("'blockcopy recover copy-drive0-" + Samples.NONCE + " --qmp SOCK --here'"));
    }

    @Test
    void nothingIsToBeDoneWhereQemuIsOnItsDisk() {
        CopyJob job = jobIn(JobState.PIVOTED);
        Optional<Object> onTheCopy =
                Optional.of(List.of(Samples.blockInfo("drive0", job.spec().nodeName())));
        Authority authority = Authority.of(job, onTheCopy);
        assertThat(authority.verdict()).isEqualTo(Authority.Verdict.DESTINATION);
        assertThat(authority.advice().get(0)).contains("nothing is to be done");
        assertThat(authority.advice()).noneMatch(line -> line.startsWith("boot "));
    }

    /** Whether all that the guest wrote since the pivot was taken along, only he knows who moved the disk. */
    @Test
    void itIsNotKnownWhatBecameOfADiskThatSomebodyMovedBack() {
        Optional<Object> onTheSource = Optional.of(List.of(Samples.blockInfo("drive0", "src0")));
        Authority authority = Authority.of(jobIn(JobState.PIVOTED), onTheSource);
        assertThat(authority.verdict()).isEqualTo(Authority.Verdict.UNKNOWN);
        assertThat(authority.evidence()).anyMatch(line -> line.contains("somebody has moved the disk"));
    }

    private static AuthorityAnswer answer(JobState phase) {
        return new AuthorityAnswer(jobIn(phase), JobOfDisk.Proof.NAME, words -> "blockcopy " + words + " --here");
    }
}
