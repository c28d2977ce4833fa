package dev.blockcopy.engine.image;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The first fields of a qcow2 image ({@code docs/interop/qcow2.txt} of QEMU): magic, and the size as the guest sees it.
 *
 * @param virtualSizeBytes size of the disk
 */
record Qcow2Header(long virtualSizeBytes) {

    /** How many bytes of the image {@link #read} needs. */
    static final int LENGTH_BYTES = 72;

    private static final int MAGIC = 0x5146_49fb;
    private static final int VERSION_AT = 4;
    private static final int SIZE_AT = 24;

    /** The header at the start of the bytes; empty if they are no qcow2 image. */
    static Optional<Qcow2Header> read(byte[] bytes) {
        ByteBuffer header = ByteBuffer.wrap(bytes);
        if (bytes.length < LENGTH_BYTES || header.getInt(0) != MAGIC || header.getInt(VERSION_AT) < 2) {
            return Optional.empty();
        }
        return Optional.of(new Qcow2Header(header.getLong(SIZE_AT)));
    }
}
