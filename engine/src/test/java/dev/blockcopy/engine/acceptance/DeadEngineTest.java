package dev.blockcopy.engine.acceptance;

import static dev.blockcopy.engine.acceptance.Blow.after;
import static dev.blockcopy.engine.acceptance.Blow.before;
import static dev.blockcopy.engine.acceptance.Blow.unwritten;
import static dev.blockcopy.engine.acceptance.Images.MIB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.engine.CopyRequest;
import dev.blockcopy.engine.JobReport;
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

/**
 * The engine dies on either side of each effect of a job, and another one takes over: the job ends as it was meant to, or
 * as if it had never been, and what is said of the disk is what QEMU shows.
 */
@NeedsRealQemu
@Timeout(300)
class DeadEngineTest {

    @TempDir
    Path dir;

    private Scene scene;
    private Path source;
    private Seen seenBefore;

    @BeforeEach
    void makeDisk() throws Exception {
        scene = new Scene(dir);
        source = Images.raw(scene.image("disk.raw"), 4 * MIB, MIB);
        scene.runningWith(source);
        seenBefore = scene.look();
    }

    @AfterEach
    void close() {
        scene.close();
    }

    static Stream<Blow.Instant> instantsOfAStart() {
        return Stream.of(
                before(JobState.MAKING, JobState.REQUESTED),
                after(JobState.MAKING, JobState.REQUESTED),
                unwritten(JobState.PLACING, JobState.PLACING),
                before(JobState.PLACING, JobState.PLACING),
                after(JobState.PLACING, JobState.PLACING),
                before(JobState.ATTACHING, JobState.PLACING),
                after(JobState.ATTACHING, JobState.PLACING),
                unwritten(JobState.STARTING, JobState.STARTING));
    }

    @ParameterizedTest
    @MethodSource("instantsOfAStart")
    void undoesWhatWasNotYetMirroring(Blow.Instant instant) throws Exception {
        Path copy = scene.image("copy.raw");
        String job = dies(instant, scene.copy(copy).wish(Wish.PIVOT).build());

        itNeverWas(recovered(job), copy);
    }

    /** Whether QEMU ever had the job can't be told, nor what somebody else who ended it wants of the file. */
    @Test
    void keepsTheFileWhereTheMirrorMayHaveBegun() throws Exception {
        Path copy = scene.image("copy.raw");
        Blow.Instant instant = before(JobState.STARTING, JobState.STARTING);
        String job = dies(instant, scene.copy(copy).wish(Wish.PIVOT).build());

        JobReport report = recovered(job);

        assertThat(report.phase()).isEqualTo(JobState.FAILED);
        assertThat(report.copy()).isEqualTo(Copy.UNKNOWN);
        scene.endedOnSourceWithoutATrace(report, seenBefore);
        assertThat(copy).exists();
    }

    static Stream<Blow.Instant> instantsOfAPivot() {
        return Stream.of(
                after(JobState.STARTING, JobState.STARTING),
                unwritten(JobState.JUDGING, JobState.STREAMING),
                before(JobState.JUDGING, JobState.STREAMING),
                before(JobState.APPROACHING, JobState.MIRRORING),
                after(JobState.APPROACHING, JobState.MIRRORING),
                after(JobState.GAUGING, JobState.MIRRORING),
                unwritten(JobState.PAUSING, JobState.PIVOTING),
                before(JobState.PAUSING, JobState.PIVOTING),
                after(JobState.PAUSING, JobState.PIVOTING),
                before(JobState.SWITCHING, JobState.PIVOTING),
                after(JobState.SWITCHING, JobState.PIVOTING),
                before(JobState.JUDGING, JobState.PIVOTING),
                after(JobState.JUDGING, JobState.PIVOTING),
                before(JobState.PROVING, JobState.PIVOTING),
                after(JobState.PROVING, JobState.PIVOTING),
                unwritten(JobState.RESUMING, JobState.CONCLUDED),
                before(JobState.RESUMING, JobState.CONCLUDED),
                after(JobState.RESUMING, JobState.CONCLUDED),
                before(JobState.DISMISSING, JobState.CONCLUDED),
                after(JobState.DISMISSING, JobState.CONCLUDED),
                unwritten(JobState.PIVOTED, JobState.PIVOTED));
    }

    @ParameterizedTest
    @MethodSource("instantsOfAPivot")
    void pivotsAllTheSame(Blow.Instant instant) throws Exception {
        Path copy = scene.image("copy.raw");
        String job = dies(instant, scene.copy(copy).wish(Wish.PIVOT).build());

        scene.pivotedWithoutATrace(recovered(job), seenBefore);

        assertThat(Images.areIdentical(source, copy)).isTrue();
    }

    static Stream<Blow.Instant> instantsOfFormatting() {
        return Stream.of(
                after(JobState.OPENING, JobState.PLACING),
                after(JobState.FORMATTING, JobState.PLACING),
                before(JobState.FORMATTED, JobState.PLACING),
                after(JobState.FORMATTED, JobState.PLACING),
                after(JobState.CLOSING, JobState.PLACING));
    }

    @ParameterizedTest
    @MethodSource("instantsOfFormatting")
    void undoesAnImageThatIsHalfMade(Blow.Instant instant) throws Exception {
        Path copy = scene.image("copy.qcow2");
        String job = dies(instant, scene.copy(copy).wish(Wish.PIVOT).build());

        itNeverWas(recovered(job), copy);
    }

    static Stream<Blow.Instant> instantsOfAFinish() {
        return Stream.of(
                unwritten(JobState.CANCELLING, JobState.CANCELLING),
                before(JobState.CANCELLING, JobState.CANCELLING),
                after(JobState.CANCELLING, JobState.CANCELLING),
                after(JobState.PROVING, JobState.CANCELLING),
                before(JobState.DISMISSING, JobState.CONCLUDED),
                after(JobState.DISMISSING, JobState.CONCLUDED),
                after(JobState.DETACHING, JobState.CONCLUDED));
    }

    @ParameterizedTest
    @MethodSource("instantsOfAFinish")
    void finishesAllTheSame(Blow.Instant instant) throws Exception {
        Path copy = scene.image("copy.raw");
        String job = dies(instant, scene.copy(copy).wish(Wish.FINISH).build());

        JobReport report = recovered(job);

        assertThat(report.phase()).isEqualTo(JobState.CANCELLED);
        assertThat(report.copy()).isEqualTo(Copy.POINT_IN_TIME);
        scene.endedOnSourceWithoutATrace(report, seenBefore);
        assertThat(Images.areIdentical(source, copy)).isTrue();
    }

    private String dies(Blow.Instant instant, CopyRequest request) throws Exception {
        Blow blow = new Blow(instant, () -> {
            throw new Blow.Dead(instant);
        });
        return blow.strikes(scene.store(), request).id();
    }

    private JobReport recovered(String job) throws Exception {
        assertThat(scene.engine().takeOver()).containsExactly(job);
        return scene.ended(job);
    }

    private void itNeverWas(JobReport report, Path copy) throws Exception {
        assertThat(report.phase()).isEqualTo(JobState.FAILED);
        assertThat(report.copy()).isEqualTo(Copy.WORTHLESS);
        scene.endedOnSourceWithoutATrace(report, seenBefore);
        assertThat(copy).doesNotExist();
    }
}
