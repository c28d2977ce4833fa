package dev.blockcopy.qemufake.server;

import dev.blockcopy.qemufake.Errno;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;

/** One open image file. Stays the same file when its path is renamed or removed, as an open descriptor does. */
final class DiskFile implements Disk {
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
            Errno errno =
                    file.isEmpty() ? Errno.ENOENT : Files.isDirectory(Path.of(file)) ? Errno.EISDIR : Errnos.of(e);
            throw new FailedOpen(errno, "Could not create '" + file + "': " + errno.text());
        }
    }

    private static void grow(FileChannel made, long size) throws IOException {
        if (size > 0) {
            made.write(ByteBuffer.allocate(1), size - 1);
        }
    }

    /** A sparse end, or none of what was behind it. */
    void resize(long size) throws IOException {
        if (size < channel.size()) {
            channel.truncate(size);
        } else if (size > channel.size()) {
            grow(channel, size);
        }
    }

    long size() throws IOException {
        return channel.size();
    }

    void force() throws IOException {
        channel.force(false);
    }

    @Override
    public void read(ByteBuffer into, long offset) throws IOException {
        readAt(into, offset + into.position());
    }

    /** Fills the rest of the buffer from exactly here on; what lies behind the end of the file is zeros. */
    void readAt(ByteBuffer into, long offset) throws IOException {
        int start = into.position();
        while (into.hasRemaining()) {
            int count = channel.read(into, offset + into.position() - start);
            while (count < 0 && into.hasRemaining()) {
                into.put((byte) 0);
            }
        }
    }

    @Override
    public void write(ByteBuffer bytes, long offset) throws IOException {
        int start = bytes.position();
        while (bytes.hasRemaining()) {
            channel.write(bytes, offset + bytes.position() - start);
        }
    }

    @Override
    public List<Stretch> own() throws IOException {
        return List.of(new Stretch(0, size()));
    }

    long readLong(long offset) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES);
        readAt(bytes, offset);
        return bytes.getLong(0);
    }

    void writeLong(long offset, long value) throws IOException {
        write(ByteBuffer.allocate(Long.BYTES).putLong(0, value), offset);
    }

    void truncate(long size) throws IOException {
        channel.truncate(size);
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
