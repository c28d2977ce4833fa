package dev.blockcopy.qemufake.server;

import dev.blockcopy.qemufake.Errno;
import dev.blockcopy.qemufake.Payload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/** One open image file. Stays the same file when its path is renamed or removed, as an open descriptor does. */
final class DiskFile {
    private final Path path;
    private final FileChannel channel;
    private final ImageLocks locks;

    private DiskFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
        this.locks = new ImageLocks(channel);
    }

    static DiskFile open(String file, boolean isWritable) throws IOException {
        if (file.isEmpty()) {
            throw new FailedOpen(Errno.EINVAL, "The 'file' block driver requires a file name");
        }
        Path path = Path.of(file);
        if (Files.isDirectory(path)) {
            throw new FailedOpen(Errno.EISDIR, "'file' driver requires '" + file + "' to be a regular file");
        }
        try {
            Set<OpenOption> options = isWritable
                    ? Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE)
                    : Set.of(StandardOpenOption.READ);
            return new DiskFile(path, FileChannel.open(path, options));
        } catch (IOException e) {
            Errno errno = Errnos.of(e);
            throw new FailedOpen(errno, "Could not open '" + file + "': " + errno.text());
        }
    }

    /** Makes the file, or empties the one that is there; either way it reads as zeros. */
    static void create(String file, long size) throws IOException {
        try (FileChannel made = FileChannel.open(
                Path.of(file),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            grow(made, size);
        } catch (IOException e) {
            Errno errno = Files.isDirectory(Path.of(file)) ? Errno.EISDIR : Errnos.of(e);
            throw new FailedOpen(errno, "Could not create '" + file + "': " + errno.text());
        }
    }

    private static void grow(FileChannel made, long size) throws IOException {
        if (size > 0) {
            made.write(ByteBuffer.allocate(1), size - 1);
        }
    }

    long size() throws IOException {
        return channel.size();
    }

    void force() throws IOException {
        channel.force(false);
    }

    void write(long offset, Payload payload) throws IOException {
        byte[] bytes = payload.bytes();
        for (long done = 0; done < payload.length(); ) {
            int part = (int) Math.min(bytes.length, payload.length() - done);
            writeFully(ByteBuffer.wrap(bytes, 0, part), offset + done);
            done += part;
        }
    }

    /** Makes a stretch the same as in another file; holes stay holes where that is possible. */
    void take(DiskFile from, long offset, long length, CopyBuffers buffers) throws IOException {
        for (long done = 0; done < length; ) {
            int part = (int) Math.min(CopyBuffers.SIZE, length - done);
            ByteBuffer piece = buffers.read(part);
            from.readFully(piece, offset + done);
            if (!buffers.isZero(piece.flip()) || !isZeroHere(offset + done, part, buffers)) {
                writeFully(piece, offset + done);
            }
            done += part;
        }
    }

    private boolean isZeroHere(long offset, int length, CopyBuffers buffers) throws IOException {
        ByteBuffer there = buffers.compared(length);
        readFully(there, offset);
        return buffers.isZero(there.flip());
    }

    /** What lies behind the end of the file reads as zeros. */
    private void readFully(ByteBuffer into, long offset) throws IOException {
        while (into.hasRemaining()) {
            int count = channel.read(into, offset + into.position());
            while (count < 0 && into.hasRemaining()) {
                into.put((byte) 0);
            }
        }
    }

    private void writeFully(ByteBuffer bytes, long offset) throws IOException {
        int start = bytes.position();
        while (bytes.hasRemaining()) {
            channel.write(bytes, offset + bytes.position() - start);
        }
    }

    /** The same for every name of this file. */
    String identity() throws IOException {
        Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        return key == null ? path.toRealPath().toString() : key.toString();
    }

    ImageLocks locks() {
        return locks;
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
