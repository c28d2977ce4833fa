package dev.blockcopy.qemufake.server;

import java.nio.ByteBuffer;

/** Memory outside the heap for copying, used again and again by one thread. */
final class CopyBuffers {
    static final int SIZE = 256 << 10;

    private final ByteBuffer read = ByteBuffer.allocateDirect(SIZE);
    private final ByteBuffer compared = ByteBuffer.allocateDirect(SIZE);
    private final ByteBuffer zeros = ByteBuffer.allocateDirect(SIZE);

    ByteBuffer read(int length) {
        return read.clear().limit(length);
    }

    ByteBuffer compared(int length) {
        return compared.clear().limit(length);
    }

    boolean isZero(ByteBuffer bytes) {
        return bytes.equals(zeros.clear().limit(bytes.remaining()));
    }
}
