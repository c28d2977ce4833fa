package dev.blockcopy.qemufake.server;

import dev.blockcopy.qemufake.Payload;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Moves bytes between disks through memory outside the heap, used again and again by one thread. */
final class CopyBuffers {
    private static final int SIZE = 256 << 10;

    private final ByteBuffer read = ByteBuffer.allocateDirect(SIZE);
    private final ByteBuffer compared = ByteBuffer.allocateDirect(SIZE);
    private final ByteBuffer zeros = ByteBuffer.allocateDirect(SIZE);

    /** Makes a stretch of one disk the same as of another; holes stay holes where that is possible. */
    void copy(Disk from, Disk to, long offset, long length) throws IOException {
        for (long done = 0; done < length; ) {
            int part = (int) Math.min(SIZE, length - done);
            from.read(read.clear().limit(part), offset + done);
            if (!isZero(read.flip()) || !isZeroIn(to, offset + done, part)) {
                to.write(read, offset + done);
            }
            done += part;
        }
    }

    private boolean isZeroIn(Disk disk, long offset, int length) throws IOException {
        disk.read(compared.clear().limit(length), offset);
        return isZero(compared.flip());
    }

    private boolean isZero(ByteBuffer bytes) {
        return bytes.equals(zeros.clear().limit(bytes.remaining()));
    }

    /** Writes a payload to a disk. */
    void write(Disk disk, long offset, Payload payload) throws IOException {
        byte[] bytes = payload.bytes();
        for (long done = 0; done < payload.length(); ) {
            int part = (int) Math.min(bytes.length, payload.length() - done);
            disk.write(ByteBuffer.wrap(bytes, 0, part), offset + done);
            done += part;
        }
    }
}
