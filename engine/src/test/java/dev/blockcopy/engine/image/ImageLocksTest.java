package dev.blockcopy.engine.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageLocksTest {

    @TempDir
    Path directory;

    private Path image;

    @BeforeEach
    void makeAnImage() throws IOException {
        image = directory.resolve("disk.raw");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(1 << 20);
        }
    }

    @Test
    void findsAnImageFreeAndLeavesNoLockBehind() throws Exception {
        assertThat(ImageLocks.inUse(image)).isEqualTo(ImageUse.FREE);
        assertThat(ImageLocks.inUse(image)).isEqualTo(ImageUse.FREE);
    }

    @ParameterizedTest
    @ValueSource(longs = {100, 101, 103, 200, 201, 203})
    void seesEachByteThatQemuLocks(long lockedByte) throws Exception {
        LockHolder holder = new LockHolder(image, lockedByte);
        assertThat(ImageLocks.inUse(image)).isEqualTo(ImageUse.IN_USE);
        holder.release();
        assertThat(ImageLocks.inUse(image)).isEqualTo(ImageUse.FREE);
    }

    @Test
    void overlooksALockElsewhereInTheFile() throws Exception {
        LockHolder holder = new LockHolder(image, 50);
        assertThat(ImageLocks.inUse(image)).isEqualTo(ImageUse.FREE);
        holder.release();
    }

    @Test
    void countsALockOfThisProcessToo() throws Exception {
        try (FileChannel channel = FileChannel.open(image, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            channel.lock(101, 1, true);
            assertThat(ImageLocks.inUse(image)).isEqualTo(ImageUse.IN_USE);
        }
    }

    /** Another process that holds a lock for reading, as QEMU does. */
    private static final class LockHolder {
        private final Process process;

        LockHolder(Path file, long lockedByte) throws IOException {
            Path java = Path.of(System.getProperty("java.home"), "bin", "java");
            String classes = Path.of(LockHolderMain.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .getPath())
                    .toString();
            process = new ProcessBuilder(
                            java.toString(),
                            "-cp",
                            classes,
                            LockHolderMain.class.getName(),
                            file.toString(),
                            Long.toString(lockedByte))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            assertThat(process.getInputStream().read()).isEqualTo('L');
        }

        void release() throws IOException, InterruptedException {
            process.getOutputStream().close();
            process.waitFor();
        }
    }

    /** The program of the other process: locks, says so, and waits until its input ends. */
    static final class LockHolderMain {
        private LockHolderMain() {}

        public static void main(String[] arguments) throws IOException {
            try (FileChannel channel = FileChannel.open(Path.of(arguments[0]), StandardOpenOption.READ)) {
                channel.lock(Long.parseLong(arguments[1]), 1, true);
                System.out.write('L');
                System.out.flush();
                while (System.in.read() >= 0) {
                    // only its end counts
                }
            }
        }
    }
}
