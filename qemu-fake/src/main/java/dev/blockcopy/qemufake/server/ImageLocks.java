package dev.blockcopy.qemufake.server;

import dev.blockcopy.qemufake.FileUse;
import dev.blockcopy.qemufake.Permission;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.OverlappingFileLockException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * QEMU's image locks on one file: byte 100 + n is locked by whoever needs permission n, byte 200 + n by whoever does
 * not share it ({@code block/file-posix.c}).
 *
 * <p>The JDK takes them for the whole process and drops them as soon as the process closes any channel to the file. So
 * they are reliable in the command {@code qemu-fake}, where nobody else opens the images, and a courtesy elsewhere.
 */
final class ImageLocks {
    private static final long NEEDED = 100;
    private static final long UNSHARED = 200;

    private final FileChannel channel;
    private final Map<Long, FileLock> held = new HashMap<>();

    ImageLocks(FileChannel channel) {
        this.channel = channel;
    }

    /** What other processes do with the file and leave to others, just now. */
    FileUse ofOthers() {
        Set<Permission> needed = EnumSet.noneOf(Permission.class);
        Set<Permission> shared = EnumSet.allOf(Permission.class);
        for (Permission permission : Permission.values()) {
            if (isTaken(NEEDED + permission.ordinal())) {
                needed.add(permission);
            }
            if (isTaken(UNSHARED + permission.ordinal())) {
                shared.remove(permission);
            }
        }
        return new FileUse(needed, shared);
    }

    private boolean isTaken(long at) {
        try (FileLock lock = channel.tryLock(at, 1, false)) {
            return lock == null;
        } catch (OverlappingFileLockException | NonWritableChannelException e) {
            // Ours, or not to be found out without the right to write.
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Holds the locks of this use and no others. */
    void hold(FileUse use) {
        for (Permission permission : Permission.values()) {
            hold(NEEDED + permission.ordinal(), use.needed().contains(permission));
            hold(UNSHARED + permission.ordinal(), !use.shared().contains(permission));
        }
    }

    private void hold(long at, boolean isWanted) {
        try {
            if (isWanted && !held.containsKey(at)) {
                FileLock lock = channel.tryLock(at, 1, true);
                if (lock != null) {
                    held.put(at, lock);
                }
            } else if (!isWanted && held.containsKey(at)) {
                held.remove(at).release();
            }
        } catch (OverlappingFileLockException e) {
            // Another node of this process holds it already, and a process can't hold it twice.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
