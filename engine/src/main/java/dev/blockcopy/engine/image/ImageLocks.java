package dev.blockcopy.engine.image;

import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;

/**
 * The locks by which QEMU shows that it has an image open.
 *
 * <p>Seen on QEMU 7.2: open file description locks for reading on byte 100 + n for each permission in use and on
 * 200 + n for each permission not shared (n = 0 consistent read, 1 write, 2 write unchanged, 3 resize). A guest's disk
 * holds 100, 101, 201; a mirror's target 101, 200, 201, 203. They are found by asking for a write lock on both ranges,
 * which needs a channel open for writing and is given back at once.
 *
 * <p>Closing the channel drops every POSIX lock that this process holds on the file, so it must not be used on a file
 * that this process locks itself, such as the job store.
 */
public final class ImageLocks {

    private static final long PERMISSIONS_USED = 100;
    private static final long PERMISSIONS_NOT_SHARED = 200;
    private static final long RANGE_BYTES = 10;

    private ImageLocks() {}

    /**
     * Whether another process holds an image lock on the file.
     *
     * @throws IOException if the file cannot be opened for writing
     */
    public static ImageUse inUse(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, WRITE)) {
            return use(channel);
        }
    }

    private static ImageUse use(FileChannel channel) {
        try {
            boolean free = isFree(channel, PERMISSIONS_USED) && isFree(channel, PERMISSIONS_NOT_SHARED);
            return free ? ImageUse.FREE : ImageUse.IN_USE;
        } catch (OverlappingFileLockException e) {
            return ImageUse.IN_USE;
        } catch (IOException e) {
            return ImageUse.UNKNOWN;
        }
    }

    private static boolean isFree(FileChannel channel, long firstByte) throws IOException {
        try (FileLock lock = channel.tryLock(firstByte, RANGE_BYTES, false)) {
            return lock != null;
        }
    }
}
