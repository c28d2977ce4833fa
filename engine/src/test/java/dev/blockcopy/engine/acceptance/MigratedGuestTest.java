package dev.blockcopy.engine.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.engine.Authority.Verdict;
import dev.blockcopy.engine.CopyRefusedException;
import dev.blockcopy.engine.JobReport;
import dev.blockcopy.engine.qmp.NeedsRealQemu;
import dev.blockcopy.engine.qmp.QmpException;
import dev.blockcopy.engine.qmp.RealQemu;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.model.qmp.QmpCommand;
import dev.blockcopy.model.qmp.RunState;
import dev.blockcopy.model.qmp.StatusInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The owner migrates the guest to another QEMU on the same image, behind the back of a copy. */
@NeedsRealQemu
@Timeout(120)
class MigratedGuestTest {
    private static final Duration SECONDS = Duration.ofSeconds(30);

    @TempDir
    Path dir;

    private Scene scene;
    private Path source;
    private Path destination;
    private RealQemu there;

    @BeforeEach
    void startBoth() throws Exception {
        scene = new Scene(dir);
        source = Images.raw(scene.image("disk.raw"), 8 << 20, 1 << 20);
        destination = scene.image("copy.raw");
        scene.runningWith(source);
        there = RealQemu.running(
                Files.createDirectory(dir.resolve("there")),
                "-drive",
                "if=none,id=drive0,format=raw,file=" + source,
                "-incoming",
                "unix:" + dir.resolve("incoming"));
    }

    @AfterEach
    void close() {
        there.close();
        scene.close();
    }

    private void migrate() throws Exception {
        scene.qemu().control().raw("migrate", Map.of("uri", "unix:" + dir.resolve("incoming")), SECONDS);
        while (stateOf(scene.qemu()) != RunState.POSTMIGRATE) {
            Thread.onSpinWait();
        }
    }

    private static RunState stateOf(RealQemu qemu) throws QmpException {
        return StatusInfo.from(qemu.ask(new QmpCommand.QueryStatus())).status();
    }

    @Test
    void startsNoSecondGuestAfterAKillInMidPivot() throws Exception {
        EngineProcess.killedAt("after:STOP", scene, destination);
        migrate();
        there.ask(new QmpCommand.Cont());

        assertThat(scene.engine().takeOver()).containsExactly("job");
        assertThat(scene.engine().authority(scene.qemu().monitor(), "drive0").verdict())
                .isEqualTo(Verdict.UNKNOWN);
        assertThat(stateOf(scene.qemu())).isEqualTo(RunState.POSTMIGRATE);
        assertThat(scene.disk().inserted().file()).isEqualTo(source.toString());
        assertThat(scene.engine().find("job").phase()).isEqualTo(JobState.PIVOTING);

        scene.qemu().kill();
        there.kill();
        JobReport report = scene.ended("job");
        assertThat(report.phase()).isEqualTo(JobState.FAILED);
        assertThat(scene.engine().authority(scene.qemu().monitor(), "drive0").verdict())
                .isEqualTo(Verdict.SOURCE);
    }

    @Test
    void isNotPivotedWhereItIsNot() throws Exception {
        String job = scene.mirroring(scene.copy(destination));
        migrate();
        assertThat(stateOf(there)).isEqualTo(RunState.RUNNING);

        scene.engine().ask(job, Trigger.PIVOT);
        scene.engine().await(job, report -> !report.job().findings().error().isEmpty(), SECONDS);

        assertThat(scene.engine().find(job).job().findings().error()).contains("run state postmigrate");
        assertThat(stateOf(scene.qemu())).isEqualTo(RunState.POSTMIGRATE);
        assertThat(scene.disk().inserted().file()).isEqualTo(source.toString());
    }

    @Test
    void isNotCopiedWhereItIsNot() throws Exception {
        migrate();
        scene.refuses(CopyRefusedException.Kind.INPUT, "run state postmigrate", scene.copy(destination));
    }
}
