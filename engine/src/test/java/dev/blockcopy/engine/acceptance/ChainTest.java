package dev.blockcopy.engine.acceptance;

import static dev.blockcopy.engine.acceptance.Images.MIB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.engine.JobReport;
import dev.blockcopy.engine.qmp.NeedsRealQemu;
import dev.blockcopy.engine.qmp.RealQemu;
import dev.blockcopy.model.lifecycle.Facts.Wish;
import dev.blockcopy.model.qmp.BlockDeviceInfo;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A qcow2 disk with a backing image is copied whole, or its top alone. */
@NeedsRealQemu
@Timeout(120)
class ChainTest {

    /** The ways in which a disk comes to QEMU. */
    enum Hardware {
        DRIVE_ALONE,
        DRIVE,
        BLOCKDEV
    }

    @TempDir
    Path dir;

    private Scene scene;
    private Path base;
    private Path source;

    @BeforeEach
    void makeDisk() throws Exception {
        scene = new Scene(dir);
        base = Images.qcow2(scene.image("base.qcow2"), 8 * MIB, MIB);
        source = Images.overlay(scene.image("disk.qcow2"), base);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private String start(Hardware hardware) throws Exception {
        if (hardware == Hardware.DRIVE_ALONE) {
            scene.runningWith(source).io("drive0", "write -P 0x77 512k 1M");
            return "drive0";
        }
        boolean drive = hardware == Hardware.DRIVE;
        scene.running(
                "-M",
                "pc",
                "-accel",
                "tcg",
                drive ? "-drive" : "-blockdev",
                drive
                        ? "if=none,id=drive0,format=qcow2,file=" + source
                        : "driver=qcow2,node-name=disk0,file.driver=file,file.filename=" + source,
                "-device",
                "virtio-blk-pci,id=vd0,drive=" + (drive ? "drive0" : "disk0"));
        scene.qemu().io("-d /machine/peripheral/vd0/virtio-backend", "write -P 0x77 512k 1M");
        return "vd0";
    }

    @ParameterizedTest
    @EnumSource
    void copiesTheWholeChainIntoARawImage(Hardware hardware) throws Exception {
        copiesTheWholeChain(hardware, scene.image("copy.raw"));
    }

    @ParameterizedTest
    @EnumSource
    void copiesTheWholeChainIntoANewQcow2Image(Hardware hardware) throws Exception {
        copiesTheWholeChain(hardware, scene.image("copy.qcow2"));
    }

    private void copiesTheWholeChain(Hardware hardware, Path copy) throws Exception {
        String disk = start(hardware);
        Seen before = scene.look();

        JobReport report = scene.finished(scene.copy(disk, copy).wish(Wish.PIVOT));

        scene.pivotedWithoutATrace(report, before);
        assertThat(Images.areIdentical(source, copy)).isTrue();
        BlockDeviceInfo now = scene.disk().inserted();
        assertThat(now.file()).isEqualTo(copy.toString());
        assertThat(now.backingFileDepth()).isZero();
        assertThat(chainOf(copy)).contains(copy.toString()).doesNotContain(base.toString());
    }

    @ParameterizedTest
    @EnumSource
    void copiesTheTopIntoANewOverlay(Hardware hardware) throws Exception {
        String disk = start(hardware);

        copiesTheTop(disk, scene.image("copy.qcow2"), false);
    }

    @ParameterizedTest
    @EnumSource
    void copiesTheTopIntoAnOverlayThatIsThere(Hardware hardware) throws Exception {
        Path copy = Images.overlay(scene.image("copy.qcow2"), base);
        String disk = start(hardware);

        copiesTheTop(disk, copy, true);
    }

    private void copiesTheTop(String disk, Path copy, boolean isThere) throws Exception {
        Seen before = scene.look();
        var request = scene.copy(disk, copy).shallow().wish(Wish.PIVOT);

        JobReport report = scene.finished(isThere ? request.reuseExternal() : request);

        scene.pivotedWithoutATrace(report, before);
        assertThat(Images.areIdentical(source, copy)).isTrue();
        BlockDeviceInfo now = scene.disk().inserted();
        assertThat(now.backingFileDepth()).isEqualTo(1);
        assertThat(now.image().backingImage().filename()).isEqualTo(base.toString());
        assertThat(chainOf(copy)).contains("image: " + copy, "image: " + base);
        guestReadsTheWholeChain(disk);
    }

    /** The copy holds the top alone, so what only the backing image holds has to come from there. */
    private void guestReadsTheWholeChain(String disk) throws Exception {
        String device = disk.equals("vd0") ? "-d /machine/peripheral/vd0/virtio-backend" : disk;
        scene.qemu().io(device, "read -P 0x77 512k 1M");
        scene.qemu().io(device, "read -P 0 2M 1M");
        scene.qemu().io(device, "read -P 0x11 8128k 64k");
    }

    private static String chainOf(Path image) throws Exception {
        return RealQemu.image("info", "-U", "--backing-chain", "-f", Images.formatOf(image), image.toString());
    }

    @Test
    void copiesTheTopOfADiskWithoutABackingImageAsAWhole() throws Exception {
        scene.runningWith(base);
        Path copy = scene.image("copy.raw");
        Seen before = scene.look();

        JobReport report = scene.finished(scene.copy(copy).shallow().wish(Wish.PIVOT));

        scene.pivotedWithoutATrace(report, before);
        assertThat(Images.areIdentical(base, copy)).isTrue();
    }
}
