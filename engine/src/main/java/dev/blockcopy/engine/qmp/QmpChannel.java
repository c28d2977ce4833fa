package dev.blockcopy.engine.qmp;

import java.io.FileDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The bytes to and from one monitor.
 *
 * <p>One thread reads and awaits; any may write, one at a time, and call {@link #wake} and {@link #close}.
 */
public interface QmpChannel extends AutoCloseable {

    /** Reads what is there, without waiting: the number of bytes, 0 if there is none now, -1 at the end. */
    int read(ByteBuffer into) throws IOException;

    /** Writes as much as is taken, without waiting: the number of bytes. */
    int write(ByteBuffer from) throws IOException;

    /** The next bytes that are written take an open file along; it must stay open until they are written. */
    default void attach(FileDescriptor file) throws IOException {
        throw new IOException("this session carries bytes alone");
    }

    /** Waits until there is something to read, or room to write if that is asked for, or {@link #wake}, or the time is up. */
    void await(boolean forRoom, long timeoutNanos) throws IOException;

    /** Ends the present or else the next {@link #await}. */
    void wake();

    /** Closes both directions; a waiting thread returns, or fails with an {@code IOException}. */
    @Override
    void close();
}
