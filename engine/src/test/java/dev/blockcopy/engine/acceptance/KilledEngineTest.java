package dev.blockcopy.engine.acceptance;

import static dev.blockcopy.engine.acceptance.Images.MIB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.engine.Answer;
import dev.blockcopy.engine.Authority.Verdict;
import dev.blockcopy.engine.JobReport;
import dev.blockcopy.engine.qmp.NeedsRealQemu;
import dev.blockcopy.model.lifecycle.Facts.Wish;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.model.qmp.QmpCommand;
import dev.blockcopy.model.qmp.RunState;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The process that owns a monitor is killed with SIGKILL, and another process takes over at once, for it sees that. */
@NeedsRealQemu
@Timeout(120)
class KilledEngineTest {

    @TempDir
    Path dir;

    private Scene scene;
    private Path source;
    private Path destination;
    private Seen before;

    @BeforeEach
    void makeDisk() throws Exception {
        scene = new Scene(dir);
        source = Images.raw(scene.image("disk.raw"), 32 * MIB, 16 * MIB);
        destination = scene.image("copy.raw");
        scene.runningWith(source);
        before = scene.look();
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private void takesOver() throws Exception {
        assertThat(scene.engine().takeOver()).containsExactly("job");
    }

    @Test
    void goesOnStreamingAndPivots() throws Exception {
        EngineProcess.killedIn(JobState.STREAMING, scene, destination, Wish.PIVOT, MIB);
        assertThat(scene.look().jobs()).containsExactly("job");

        takesOver();
        scene.awaitState("job", JobState.STREAMING);
        scene.qemu().ask(new QmpCommand.BlockJobSetSpeed("job", 0));

        scene.pivotedWithoutATrace(scene.ended("job"), before);
        assertThat(Images.areIdentical(source, destination)).isTrue();
    }

    @Test
    void asksNobodyWhoIsDeadToEndAReadyJob() throws Exception {
        EngineProcess.killedIn(JobState.MIRRORING, scene, destination, Wish.STAY, 0);
        scene.qemu().io("drive0", "write -P 0x77 0 64k");

        Answer answer = scene.engine().ask("job", Trigger.PIVOT);

        assertThat(answer).isEqualTo(Answer.ACCEPTED);
        scene.pivotedWithoutATrace(scene.ended("job"), before);
        assertThat(Images.areIdentical(source, destination)).isTrue();
    }

    @Test
    void endsAPivotThatWasCutInTheMiddle() throws Exception {
        EngineProcess.killedAt("after:COMPLETE", scene, destination);
        assertThat(scene.look().runState()).isEqualTo(RunState.PAUSED);

        takesOver();

        JobReport report = scene.ended("job");
        scene.pivotedWithoutATrace(report, before);
        assertThat(Images.areIdentical(source, destination)).isTrue();
        assertThat(scene.engine().authority(scene.qemu().monitor(), "drive0").verdict())
                .isEqualTo(Verdict.DESTINATION);
    }
}
