package dev.blockcopy.engine.acceptance;

import static dev.blockcopy.engine.CopyRefusedException.Kind.ENVIRONMENT;
import static dev.blockcopy.engine.acceptance.Images.MIB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.blockcopy.engine.Answer;
import dev.blockcopy.engine.CopyJobs;
import dev.blockcopy.engine.CopyRefusedException;
import dev.blockcopy.engine.JobReport;
import dev.blockcopy.engine.qmp.NeedsRealQemu;
import dev.blockcopy.engine.standard.StandardEngine;
import dev.blockcopy.model.lifecycle.Facts.Copy;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.lifecycle.Refusal;
import dev.blockcopy.model.lifecycle.Trigger;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One engine owns the monitor; another one on the same store has its wishes carried out by it. */
@NeedsRealQemu
@Timeout(120)
class TwoEnginesTest {

    @TempDir
    Path dir;

    private Scene scene;
    private Path source;
    private Path destination;
    private Seen before;
    private CopyJobs other;

    @BeforeEach
    void makeDisk() throws Exception {
        scene = new Scene(dir);
        source = Images.raw(scene.image("disk.raw"), 16 * MIB, 15 * MIB);
        destination = scene.image("copy.raw");
        scene.runningWith(source);
        before = scene.look();
        other = StandardEngine.open(scene.store());
    }

    @AfterEach
    void close() {
        other.close();
        scene.close();
    }

    @Test
    void pivotsAJobOfAnother() throws Exception {
        String job = scene.mirroring(scene.copy(destination));

        assertThat(other.find(job).phase()).isEqualTo(JobState.MIRRORING);
        assertThat(other.find(job).owner())
                .contains("process " + ProcessHandle.current().pid());
        assertThat(other.ask(job, Trigger.PIVOT)).isEqualTo(Answer.ACCEPTED);

        assertThat(other.await(job, JobReport::hasEnded, Scene.SOON).phase()).isEqualTo(JobState.PIVOTED);
        scene.pivotedWithoutATrace(scene.ended(job), before);
        assertThat(Images.areIdentical(source, destination)).isTrue();
    }

    @Test
    void abortsAJobOfAnotherAndHearsItsRefusals() throws Exception {
        String job = scene.engine()
                .start(scene.copy(destination).speed(MIB).bufSize(MIB).build());
        scene.awaitState(job, JobState.STREAMING);

        assertThat(other.ask(job, Trigger.PIVOT)).isEqualTo(new Answer(Answer.Kind.REFUSED, Refusal.NOT_READY.text()));
        assertThat(other.ask(job, Trigger.CANCEL)).isEqualTo(Answer.ACCEPTED);

        JobReport report = other.await(job, JobReport::hasEnded, Scene.SOON);
        assertThat(report.phase()).isEqualTo(JobState.CANCELLED);
        assertThat(report.copy()).isEqualTo(Copy.WORTHLESS);
        scene.endedOnSourceWithoutATrace(scene.ended(job), before);
    }

    @Test
    void startsNothingOnAMonitorOfAnother() throws Exception {
        scene.mirroring(scene.copy(destination));

        CopyRefusedException refusal = catchThrowableOfType(
                CopyRefusedException.class,
                () -> other.start(scene.copy(scene.image("two.raw")).build()));

        assertThat(refusal.kind()).isEqualTo(ENVIRONMENT);
        assertThat(refusal)
                .hasMessageContaining("process " + ProcessHandle.current().pid())
                .hasMessageContaining("holds it: let that end");
        assertThat(other.takeOver()).isEmpty();
    }

    @Test
    void takesOverWhatTheOwnerHasLeft() throws Exception {
        String job = scene.mirroring(scene.copy(destination));
        scene.engineLeaves();

        assertThat(other.ask(job, Trigger.CANCEL)).isEqualTo(Answer.ACCEPTED);

        JobReport report = other.await(job, JobReport::hasEnded, Scene.SOON);
        assertThat(report.copy()).isEqualTo(Copy.POINT_IN_TIME);
        scene.endedOnSourceWithoutATrace(report, before);
        assertThat(Images.areIdentical(source, destination)).isTrue();
    }
}
