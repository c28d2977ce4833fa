package dev.blockcopy.engine.acceptance;

import static dev.blockcopy.engine.acceptance.Images.MIB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blockcopy.engine.Answer;
import dev.blockcopy.engine.CopyRefusedException;
import dev.blockcopy.engine.CopyRequestBuilder;
import dev.blockcopy.engine.JobReport;
import dev.blockcopy.engine.qmp.NeedsRealQemu;
import dev.blockcopy.model.lifecycle.Facts.Copy;
import dev.blockcopy.model.lifecycle.Facts.Wish;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.lifecycle.Refusal;
import dev.blockcopy.model.lifecycle.Trigger;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A copy ends with the guest on the source, and what the destination is worth is told as it is. */
@NeedsRealQemu
@Timeout(120)
class EndOnSourceTest {

    @TempDir
    Path dir;

    private Scene scene;
    private Path source;
    private Path destination;
    private Seen before;

    @BeforeEach
    void makeDisk() throws Exception {
        scene = new Scene(dir);
        source = Images.raw(scene.image("disk.raw"), 16 * MIB, 15 * MIB);
        destination = scene.image("copy.raw");
        scene.runningWith(source);
        before = scene.look();
    }

    @AfterEach
    void close() {
        scene.close();
    }

    /** Slow enough that it streams as long as a test looks at it. */
    private CopyRequestBuilder slowCopy() {
        return scene.copy(destination).speed(MIB).bufSize(MIB);
    }

    private String streaming() throws Exception {
        String job = scene.engine().start(slowCopy().build());
        scene.awaitState(job, JobState.STREAMING);
        return job;
    }

    @Test
    void finishesAsACopyOfOneInstant() throws Exception {
        JobReport report = scene.finished(scene.copy(destination).wish(Wish.FINISH));

        assertThat(report.phase()).isEqualTo(JobState.CANCELLED);
        assertThat(report.copy()).isEqualTo(Copy.POINT_IN_TIME);
        scene.endedOnSourceWithoutATrace(report, before);
        assertThat(Images.areIdentical(source, destination)).isTrue();

        scene.qemu().io("drive0", "write -P 0x77 0 64k");
        assertThat(Images.areIdentical(source, destination)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = Trigger.class,
            names = {"CANCEL", "CANCEL_IF_READY"})
    void leavesACopyOfOneInstantWhenCancelledWhileMirroring(Trigger cancel) throws Exception {
        String job = scene.mirroring(scene.copy(destination));

        assertThat(scene.engine().ask(job, cancel)).isEqualTo(Answer.ACCEPTED);

        JobReport report = scene.ended(job);
        assertThat(report.phase()).isEqualTo(JobState.CANCELLED);
        assertThat(report.copy()).isEqualTo(Copy.POINT_IN_TIME);
        scene.endedOnSourceWithoutATrace(report, before);
        assertThat(Images.areIdentical(source, destination)).isTrue();
    }

    @Test
    void promisesNothingOfACopyThatWasForcedToEndWhileMirroring() throws Exception {
        String job = scene.mirroring(scene.copy(destination));

        assertThat(scene.engine().ask(job, Trigger.FORCE)).isEqualTo(Answer.ACCEPTED);

        JobReport report = scene.ended(job);
        assertThat(report.phase()).isEqualTo(JobState.CANCELLED);
        assertThat(report.copy()).isEqualTo(Copy.UNKNOWN);
        scene.endedOnSourceWithoutATrace(report, before);
    }

    @ParameterizedTest
    @EnumSource(
            value = Trigger.class,
            names = {"CANCEL", "FORCE"})
    void saysThatACopyIsWorthlessThatEndedWhileStreaming(Trigger cancel) throws Exception {
        String job = streaming();

        assertThat(scene.engine().ask(job, cancel)).isEqualTo(Answer.ACCEPTED);

        JobReport report = scene.ended(job);
        assertThat(report.phase()).isEqualTo(JobState.CANCELLED);
        assertThat(report.copy()).isEqualTo(Copy.WORTHLESS);
        scene.endedOnSourceWithoutATrace(report, before);
        assertThat(destination).exists();
    }

    @Test
    void refusesWhileStreamingWhatNeedsAReadyJobAndEndsAllTheSame() throws Exception {
        String job = streaming();

        assertThat(scene.engine().ask(job, Trigger.CANCEL_IF_READY)).isEqualTo(refused(Refusal.NOT_READY));
        assertThat(scene.engine().ask(job, Trigger.PIVOT)).isEqualTo(refused(Refusal.NOT_READY));
        assertThat(scene.look().jobs()).containsExactly(job);
        assertThat(scene.engine().find(job).phase()).isEqualTo(JobState.STREAMING);

        assertThat(scene.engine().ask(job, Trigger.CANCEL)).isEqualTo(Answer.ACCEPTED);
        scene.endedOnSourceWithoutATrace(scene.ended(job), before);
    }

    @Test
    void hearsNothingMoreOnceItHasEnded() throws Exception {
        String job = scene.finished(scene.copy(destination).wish(Wish.FINISH)).id();

        for (Trigger request : new Trigger[] {Trigger.PIVOT, Trigger.CANCEL, Trigger.FORCE}) {
            assertThat(scene.engine().ask(job, request)).isEqualTo(refused(Refusal.ENDED));
        }
    }

    @Test
    void knowsNoJobThatWasNeverStarted() {
        assertThatThrownBy(() -> scene.engine().ask("copy-nobody", Trigger.CANCEL))
                .isInstanceOf(CopyRefusedException.class)
                .hasMessageStartingWith("no job 'copy-nobody' in this store");
    }

    private static Answer refused(Refusal refusal) {
        return new Answer(Answer.Kind.REFUSED, refusal.text());
    }
}
