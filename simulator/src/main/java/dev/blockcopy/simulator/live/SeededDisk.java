package dev.blockcopy.simulator.live;

import dev.blockcopy.qemufake.server.GuestRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;

/**
 * What is on the guest's disk before the guest writes: every block another, all of them told by a seed.
 *
 * @param seed the same seed, the same content
 * @param sizeBytes a whole number of blocks
 */
public record SeededDisk(long seed, long sizeBytes) {
    public static final int BLOCK = GuestRecord.LENGTH;

    public SeededDisk {
        if (sizeBytes <= 0 || sizeBytes % BLOCK != 0) {
            throw new IllegalArgumentException("a disk of " + sizeBytes + " bytes is no whole number of blocks");
        }
    }

    public int blocks() {
        return Math.toIntExact(sizeBytes / BLOCK);
    }

    public byte[] block(int number) {
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number);
        ByteBuffer bytes = ByteBuffer.allocate(BLOCK);
        while (bytes.hasRemaining()) {
            bytes.putLong(random.nextLong());
        }
        return bytes.array();
    }

    /** Writes all of it to a new raw image. */
    public void writeTo(Path image) throws IOException {
        try (FileChannel channel = FileChannel.open(image, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int number = 0; number < blocks(); number++) {
                ByteBuffer block = ByteBuffer.wrap(block(number));
                while (block.hasRemaining()) {
                    channel.write(block);
                }
            }
        }
    }
}
