package dev.blockcopy.engine.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The system calls of this package, one method each, so that a test can stop the world between any two.
 *
 * <p>Failures are {@link IOException}s of {@code java.nio.file} with the reason of the operating system.
 */
public interface FileCalls {

    /** What the name leads to, symbolic links followed; empty if nothing. */
    Optional<FileStatus> status(Path name) throws IOException;

    /** What the name itself is, a symbolic link included; empty if there is no such name. */
    Optional<FileStatus> statusOfName(Path name) throws IOException;

    /** The name without symbolic links and dots; the file must exist. */
    Path resolve(Path name) throws IOException;

    /** Whether this process may make and remove names in the directory. */
    boolean canWriteDirectory(Path directory);

    /** Size of the block device in bytes. */
    long sizeOfBlockDevice(Path device) throws IOException;

    /** The first bytes of the file, fewer if it is shorter. */
    byte[] head(Path file, int lengthBytes) throws IOException;

    /** Whether another process uses the file; opens it for writing and fails if that is not allowed. */
    ImageUse use(Path file) throws IOException;

    /** What the host itself does with the block device (mounted, swap, part of another device); empty if nothing. */
    Optional<String> hostUse(FileIdentity blockDevice) throws IOException;

    /** The files that lie under the block device (a loop device has one); empty for others. */
    List<Path> filesUnder(FileIdentity blockDevice) throws IOException;

    /** Makes an empty file that only its owner may read; fails if the name exists. */
    void createNew(Path name) throws IOException;

    /** Gives the file the owner, group and mode of the model, as far as this process may, writable by its owner. */
    void adopt(Path file, Path model) throws IOException;

    /** Lets the file grow to the size without writing data; a larger one stays as it is. */
    void extend(Path file, long sizeBytes) throws IOException;

    /** Makes the content of a file, or the names of a directory, survive a power loss. */
    void sync(Path fileOrDirectory) throws IOException;

    /** Gives the file a second name; fails if that exists, or if the file system has no hard links. */
    void link(Path existing, Path name) throws IOException;

    /** Removes the name. */
    void delete(Path name) throws IOException;
}
