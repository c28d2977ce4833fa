package dev.blockcopy.qemufake.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** The bytes of a disk as a guest sees them, whatever holds them. */
interface Disk {
    /** A stretch of a disk, in bytes. */
    record Stretch(long start, long end) {}

    /** Fills the buffer from an offset on; what was never written reads as zeros. */
    void read(ByteBuffer into, long offset) throws IOException;

    /** Writes all of the buffer. */
    void write(ByteBuffer bytes, long offset) throws IOException;

    /** What this image holds itself, and does not take from one below it. */
    List<Stretch> own() throws IOException;
}
