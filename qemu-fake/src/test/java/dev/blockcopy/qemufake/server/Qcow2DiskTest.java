package dev.blockcopy.qemufake.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.blockcopy.qemufake.HostWork;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** qcow2 images that the fake writes: what goes in comes out, and QEMU's own tool finds nothing wrong with them. */
@Timeout(120)
class Qcow2DiskTest {
    private static final long SIZE = 8 << 20;
    private static final int CLUSTER = 64 << 10;

    @TempDir
    private Path folder;

    private DiskFile made(String name, String backing) throws IOException {
        Path path = folder.resolve(name);
        DiskFile.create(path.toString(), 0);
        DiskFile file = DiskFile.open(path.toString(), true);
        Qcow2Header.write(file, new HostWork.Making(SIZE, backing, backing == null ? null : "raw"));
        return file;
    }

    private DiskFile raw(String name) throws IOException {
        Path path = folder.resolve(name);
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(SIZE);
        }
        return DiskFile.open(path.toString(), true);
    }

    private static ByteBuffer noise(long seed, int length) {
        byte[] bytes = new byte[length];
        new SplittableRandom(seed).nextBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }

    /** The same writes to two disks, at places that cross clusters. */
    private static void scribble(Disk one, Disk other) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 60; i++) {
            int length = random.nextInt(1, 3 * CLUSTER);
            long offset = random.nextLong(SIZE - length);
            one.write(noise(i, length), offset);
            other.write(noise(i, length), offset);
        }
    }

    private static byte[] all(Disk disk) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) SIZE);
        disk.read(bytes, 0);
        return bytes.array();
    }

    @Test
    void givesBackWhatWasWritten() throws IOException {
        Disk plain = raw("plain");
        Disk disk = new Qcow2Disk(made("image", null), null);
        scribble(disk, plain);
        assertThat(all(disk)).isEqualTo(all(plain));
    }

    @Test
    void showsWhatLiesBelowUntilItIsWrittenOver() throws IOException {
        DiskFile below = raw("below");
        Disk plain = raw("plain");
        below.write(noise(99, CLUSTER), 3 * CLUSTER + 7);
        plain.write(noise(99, CLUSTER), 3 * CLUSTER + 7);
        Disk overlay = new Qcow2Disk(made("overlay", "below"), below);
        assertThat(overlay.own()).isEmpty();
        overlay.write(noise(5, 100), 3 * CLUSTER + 50);
        plain.write(noise(5, 100), 3 * CLUSTER + 50);
        assertThat(all(overlay)).isEqualTo(all(plain));
        assertThat(overlay.own()).containsExactly(new Disk.Stretch(3 * CLUSTER, 4 * CLUSTER));
    }

    @Test
    void namesTheFileBelow() throws IOException {
        Qcow2Header header = Qcow2Header.read(made("overlay", "some/where"));
        assertThat(header.backingFile()).isEqualTo("some/where");
        assertThat(header.size()).isEqualTo(SIZE);
    }

    @Test
    void isSoundInTheEyesOfQemuImg() throws IOException, InterruptedException {
        Disk plain = raw("plain");
        Disk disk = new Qcow2Disk(made("image", null), null);
        scribble(disk, plain);
        assertThat(qemuImg("check", "-f", "qcow2", "image")).isZero();
        assertThat(qemuImg("compare", "-f", "raw", "-F", "qcow2", "plain", "image"))
                .isZero();
    }

    @Test
    void readsAndWritesWhatQemuImgHasMade() throws IOException, InterruptedException {
        Disk plain = raw("plain");
        assertThat(qemuImg("create", "-q", "-f", "qcow2", "image", String.valueOf(SIZE)))
                .isZero();
        scribble(new Qcow2Disk(DiskFile.open(folder.resolve("image").toString(), true), null), plain);
        assertThat(qemuImg("check", "-f", "qcow2", "image")).isZero();
        assertThat(qemuImg("compare", "-f", "raw", "-F", "qcow2", "plain", "image"))
                .isZero();
    }

    private int qemuImg(String... arguments) throws IOException, InterruptedException {
        if (!RealQemuTest.hasQemu() && !Boolean.getBoolean("blockcopy.qemu.required")) {
            System.out.println("skipped: no qemu-img to look at the fake's qcow2 images");
            assumeTrue(false, "no qemu-img");
        }
        List<String> command = new java.util.ArrayList<>(List.of("qemu-img"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start()
                .waitFor();
    }
}
