package dev.blockcopy.engine.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.engine.qmp.RealQemu;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/** Disk images with content, and the comparison of two. */
final class Images {
    static final long MIB = 1L << 20;

    private static final int CHUNK_BYTES = 64 << 10;

    private Images() {}

    /** A sparse raw image with random data in its first part, and 0x11 in the last 64 KiB. */
    static Path raw(Path file, long sizeBytes, long dataBytes) throws IOException {
        byte[] chunk = new byte[CHUNK_BYTES];
        Random random = new Random(sizeBytes + dataBytes);
        try (RandomAccessFile image = new RandomAccessFile(file.toFile(), "rw")) {
            image.setLength(sizeBytes);
            for (long at = 0; at < dataBytes; at += chunk.length) {
                random.nextBytes(chunk);
                image.seek(at);
                image.write(chunk);
            }
            Arrays.fill(chunk, (byte) 0x11);
            image.seek(sizeBytes - chunk.length);
            image.write(chunk);
        }
        return file;
    }

    /** An empty raw image. */
    static Path blank(Path file, long sizeBytes) throws IOException {
        RealQemu.image("create", "-f", "raw", file.toString(), Long.toString(sizeBytes));
        return file;
    }

    /** A qcow2 image with random data in its first part, and 0x11 in the last 64 KiB. */
    static Path qcow2(Path file, long sizeBytes, long dataBytes) throws IOException {
        Path raw = raw(file.resolveSibling(file.getFileName() + ".tmp"), sizeBytes, dataBytes);
        RealQemu.image("convert", "-f", "raw", "-O", "qcow2", raw.toString(), file.toString());
        assertThat(raw.toFile().delete()).isTrue();
        return file;
    }

    /** An empty qcow2 image over a backing qcow2 image. */
    static Path overlay(Path file, Path backing) throws IOException {
        RealQemu.image("create", "-f", "qcow2", "-F", "qcow2", "-b", backing.toString(), file.toString());
        return file;
    }

    /** An empty qcow2 image. */
    static Path blankQcow2(Path file, long sizeBytes) throws IOException {
        RealQemu.image("create", "-f", "qcow2", file.toString(), Long.toString(sizeBytes));
        return file;
    }

    static boolean areIdentical(Path one, Path other) throws IOException {
        return RealQemu.compare(formatOf(one), one, formatOf(other), other);
    }

    /** The names in these tests end in their format. */
    static String formatOf(Path image) {
        return image.toString().endsWith(".qcow2") ? "qcow2" : "raw";
    }
}
