package dev.blockcopy.engine.acceptance;

import static dev.blockcopy.engine.acceptance.Images.MIB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.engine.JobReport;
import dev.blockcopy.engine.qmp.NeedsRealQemu;
import dev.blockcopy.model.lifecycle.Facts.Copy;
import dev.blockcopy.model.lifecycle.Facts.Wish;
import dev.blockcopy.model.qmp.QmpCommand;
import dev.blockcopy.model.qmp.RunState;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk is copied and the guest is moved to the copy, whatever the disk is called and whatever the guest does. */
@NeedsRealQemu
@Timeout(120)
class PivotTest {

    private static final String VIRTIO = "virtio-blk-pci,id=vd0,drive=";

    @TempDir
    Path dir;

    private Scene scene;
    private Path source;
    private Path destination;

    @BeforeEach
    void makeDisk() throws Exception {
        scene = new Scene(dir);
        destination = scene.image("copy.raw");
        source = Images.raw(scene.image("disk.raw"), 8 * MIB, MIB);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void movesTheGuestToACopyOfOneGibibyte() throws Exception {
        Path large = Images.raw(scene.image("large.raw"), 1024 * MIB, 16 * MIB);
        scene.runningWith(large);
        Seen before = scene.look();

        JobReport report = scene.finished(scene.copy(destination).wish(Wish.PIVOT));

        scene.pivotedWithoutATrace(report, before);
        assertThat(scene.disk().inserted().file()).isEqualTo(destination.toString());
        assertThat(Images.areIdentical(large, destination)).isTrue();
        assertThat(report.copy()).isEqualTo(Copy.DISK);
        assertThat(report.job().findings().runStateBefore()).isEqualTo("running");
        assertThat(report.job().findings().pauseNanos()).isPositive();
        assertThat(report.job().findings().pivotNanos())
                .isGreaterThanOrEqualTo(report.job().findings().pauseNanos());
    }

    @Test
    void usesAFileThatIsThere() throws Exception {
        Images.raw(destination, 8 * MIB, 4 * MIB);
        scene.runningWith(source);
        Seen before = scene.look();

        JobReport report =
                scene.finished(scene.copy(destination).reuseExternal().wish(Wish.PIVOT));

        scene.pivotedWithoutATrace(report, before);
        assertThat(Images.areIdentical(source, destination)).isTrue();
    }

    @Test
    void usesAQcow2ImageThatIsThere() throws Exception {
        Path image = Images.blankQcow2(scene.image("copy.qcow2"), 8 * MIB);
        scene.runningWith(source);
        Seen before = scene.look();

        JobReport report = scene.finished(scene.copy(image).reuseExternal().wish(Wish.PIVOT));

        scene.pivotedWithoutATrace(report, before);
        assertThat(Images.areIdentical(source, image)).isTrue();
    }

    @Test
    void hasANewQcow2ImageFormattedByQemu() throws Exception {
        Path image = scene.image("copy.qcow2");
        scene.runningWith(source);
        Seen before = scene.look();

        JobReport report = scene.finished(scene.copy(image).wish(Wish.PIVOT));

        scene.pivotedWithoutATrace(report, before);
        assertThat(Images.areIdentical(source, image)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"drive0", "vd0", "/machine/peripheral/vd0", "/machine/peripheral/vd0/virtio-backend", "disk0"})
    void findsADriveByAnyOfItsNames(String name) throws Exception {
        String drive = "if=none,id=drive0,node-name=disk0,format=raw,file=" + source;
        scene.running("-M", "pc", "-accel", "tcg", "-drive", drive, "-device", VIRTIO + "drive0");
        pivots(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"vd0", "/machine/peripheral/vd0", "/machine/peripheral/vd0/virtio-backend", "disk0"})
    void findsANodeByAnyOfItsNames(String name) throws Exception {
        String node = "driver=raw,node-name=disk0,file.driver=file,file.filename=" + source;
        scene.running("-M", "pc", "-accel", "tcg", "-blockdev", node, "-device", VIRTIO + "disk0");
        pivots(name);
    }

    @Test
    void pivotsADiskUnderAFilter() throws Exception {
        scene.running(
                "-M",
                "pc",
                "-accel",
                "tcg",
                "-object",
                "throttle-group,id=group0",
                "-blockdev",
                "driver=raw,node-name=disk0,file.driver=file,file.filename=" + source,
                "-blockdev",
                "driver=throttle,node-name=filter0,throttle-group=group0,file=disk0",
                "-device",
                VIRTIO + "filter0");
        pivots("vd0");
    }

    private void pivots(String name) throws Exception {
        Seen before = scene.look();

        JobReport report = scene.finished(scene.copy(name, destination).wish(Wish.PIVOT));

        scene.pivotedWithoutATrace(report, before);
        assertThat(Images.areIdentical(source, destination)).isTrue();
        assertThat(before.runState()).isEqualTo(RunState.RUNNING);
    }

    @Test
    void leavesAGuestPausedThatItsOwnerHasPaused() throws Exception {
        scene.runningWith(source).ask(new QmpCommand.Stop());
        Seen before = scene.look();
        assertThat(before.runState()).isEqualTo(RunState.PAUSED);

        JobReport report = scene.finished(scene.copy(destination).wish(Wish.PIVOT));

        scene.pivotedWithoutATrace(report, before);
        assertThat(report.job().findings().runStateBefore()).isEqualTo("paused");
        assertThat(report.job().findings().pauseNanos()).isZero();
    }

    @Test
    void doesNotStartAGuestThatWasNeverStarted() throws Exception {
        scene.prelaunch("-drive", "if=none,id=drive0,format=raw,file=" + source);
        Seen before = scene.look();
        assertThat(before.runState()).isEqualTo(RunState.PRELAUNCH);

        JobReport report = scene.finished(scene.copy(destination).wish(Wish.PIVOT));

        scene.pivotedWithoutATrace(report, before);
        assertThat(report.job().findings().runStateBefore()).isEqualTo("prelaunch");
    }

    @Test
    void pivotsWithoutAPauseWhenAsked() throws Exception {
        scene.runningWith(source);
        Seen before = scene.look();

        JobReport report = scene.finished(scene.copy(destination).withoutPause().wish(Wish.PIVOT));

        scene.pivotedWithoutATrace(report, before);
        assertThat(report.job().findings().pauseNanos()).isZero();
        assertThat(Images.areIdentical(source, destination)).isTrue();
    }
}
