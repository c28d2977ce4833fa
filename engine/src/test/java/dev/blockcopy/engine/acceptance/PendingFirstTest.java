package dev.blockcopy.engine.acceptance;

import static dev.blockcopy.engine.acceptance.Blow.after;
import static dev.blockcopy.engine.acceptance.Blow.before;
import static dev.blockcopy.engine.acceptance.Blow.unwritten;
import static dev.blockcopy.engine.acceptance.Images.MIB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.engine.Authority;
import dev.blockcopy.engine.CopyRequestBuilder;
import dev.blockcopy.engine.JobReport;
import dev.blockcopy.engine.JournalLine;
import dev.blockcopy.engine.qmp.NeedsRealQemu;
import dev.blockcopy.model.lifecycle.Facts.Copy;
import dev.blockcopy.model.lifecycle.Facts.Wish;
import dev.blockcopy.model.lifecycle.JobState;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pending first: nothing switches before it is finalized, whoever dies in which window. */
@NeedsRealQemu
@Timeout(300)
class PendingFirstTest {

    @TempDir
    Path dir;

    private Scene scene;
    private Path source;
    private Path copy;
    private Seen seenBefore;

    @BeforeEach
    void makeDisk() throws Exception {
        scene = new Scene(dir);
        source = Images.raw(scene.image("disk.raw"), 4 * MIB, MIB);
        copy = scene.image("copy.raw");
        scene.runningWith(source);
        seenBefore = scene.look();
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private CopyRequestBuilder pivot() {
        return scene.copy(copy).pendingFirst().wish(Wish.PIVOT);
    }

    @Test
    void pausesTheGuestOnlyWhenBothImagesAreEqual() throws Exception {
        JobReport report = scene.finished(pivot());

        scene.pivotedWithoutATrace(report, seenBefore);
        assertThat(Images.areIdentical(source, copy)).isTrue();
        assertThat(report.job().findings().pauseNanos()).isPositive();
        assertThat(scene.engine().journalOf(report.id()))
                .extracting(JournalLine::effect)
                .containsSubsequence("COMPLETE", "STOP", "FINALIZE", "CONT");
    }

    @Test
    void finalizesAGracefulCancelToo() throws Exception {
        JobReport report = scene.finished(scene.copy(copy).pendingFirst().wish(Wish.FINISH));

        assertThat(report.phase()).isEqualTo(JobState.CANCELLED);
        assertThat(report.copy()).isEqualTo(Copy.POINT_IN_TIME);
        scene.endedOnSourceWithoutATrace(report, seenBefore);
        assertThat(Images.areIdentical(source, copy)).isTrue();
    }

    static Stream<Blow.Instant> windows() {
        return Stream.of(
                unwritten(JobState.CONVERGING, JobState.CONVERGING),
                before(JobState.CONVERGING, JobState.CONVERGING),
                after(JobState.CONVERGING, JobState.CONVERGING),
                before(JobState.GAUGING, JobState.CONVERGING),
                after(JobState.GAUGING, JobState.CONVERGING),
                unwritten(JobState.PAUSING, JobState.PIVOTING),
                before(JobState.PAUSING, JobState.PIVOTING),
                after(JobState.PAUSING, JobState.PIVOTING),
                before(JobState.SWITCHING, JobState.PIVOTING),
                after(JobState.SWITCHING, JobState.PIVOTING),
                after(JobState.PROVING, JobState.PIVOTING),
                unwritten(JobState.RESUMING, JobState.CONCLUDED),
                before(JobState.RESUMING, JobState.CONCLUDED),
                after(JobState.RESUMING, JobState.CONCLUDED),
                after(JobState.DISMISSING, JobState.CONCLUDED));
    }

    @ParameterizedTest
    @MethodSource("windows")
    void pivotsAllTheSameWhenTheEngineDies(Blow.Instant instant) throws Exception {
        String job = dies(instant, pivot());

        assertThat(scene.engine().takeOver()).containsExactly(job);

        scene.pivotedWithoutATrace(scene.ended(job), seenBefore);
        assertThat(Images.areIdentical(source, copy)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("windows")
    void namesAnImageThatHoldsAllWhenQemuDiesToo(Blow.Instant instant) throws Exception {
        Blow blow = new Blow(instant, () -> {
            scene.qemu().kill();
            throw new Blow.Dead(instant);
        });
        JobReport left = blow.strikes(scene.store(), pivot().build());

        Authority authority = scene.engine().authority(scene.qemu().monitor(), "drive0");

        boolean isDurable = instant.journal() == JobState.CONCLUDED && instant.when() != Blow.When.BEFORE_THE_COMMIT;
        assertThat(authority.verdict()).isEqualTo(isDurable ? Authority.Verdict.DESTINATION : Authority.Verdict.SOURCE);
        assertThat(scene.ended(left.id()).phase()).isEqualTo(isDurable ? JobState.PIVOTED : JobState.FAILED);
    }

    private String dies(Blow.Instant instant, CopyRequestBuilder request) throws Exception {
        Blow blow = new Blow(instant, () -> {
            throw new Blow.Dead(instant);
        });
        return blow.strikes(scene.store(), request.build()).id();
    }
}
