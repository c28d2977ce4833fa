package dev.blockcopy.engine.image;

import dev.blockcopy.engine.image.FileStatus.Type;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The witness of one job's reopen: an empty file, of which QEMU gets a descriptor, and to which it writes one byte once it
 * has the destination open and before the guest can write to that.
 *
 * <p>It stands beside the store, and not beside the destination, which may be a block device: whoever has the store has
 * the witness. Its name carries the job's nonce, so that the row that tells the nonce tells where it is. All of this may
 * be repeated after a crash.
 */
public final class WitnessFile {
    private final FileCalls calls;
    private final Path path;

    /**
     * The witness of one job; nothing is done yet.
     *
     * @param store the file of the job's store
     * @param nonce of that job alone
     */
    public WitnessFile(FileCalls calls, Path store, String nonce) {
        this.calls = calls;
        this.path = store.toAbsolutePath().resolveSibling(store.getFileName() + "-witness-" + nonce);
    }

    public Path path() {
        return path;
    }

    /** Makes it, or finds it made and empty, and has file and name survive a power loss. */
    public void make() throws IOException {
        if (calls.statusOfName(path).isEmpty()) {
            calls.createNew(path);
        }
        if (isWritten()) {
            throw new FileAlreadyExistsException(path.toString(), null, "is in the way, and holds something");
        }
        calls.sync(path);
        calls.sync(path.getParent());
    }

    /**
     * Whether it holds its byte.
     *
     * @throws IOException if there is no such file, or it can't be looked at
     */
    public boolean isWritten() throws IOException {
        FileStatus status = calls.statusOfName(path)
                .filter(found -> found.is(Type.REGULAR))
                .orElseThrow(() -> new IOException("no file " + path));
        return status.sizeBytes() > 0;
    }

    /**
     * Removes it, durably: also where it is gone, for whoever removed it may have died before that was durable.
     *
     * @return what had to stay; empty when nothing of it is left
     */
    public List<LeftOver> remove() {
        try {
            Optional<FileStatus> status = calls.statusOfName(path);
            if (status.isPresent() && !status.get().is(Type.REGULAR)) {
                return List.of(new LeftOver(path, "not a regular file, so it is not ours"));
            }
            if (status.isPresent()) {
                calls.delete(path);
            }
            calls.sync(path.getParent());
            return List.of();
        } catch (IOException e) {
            return List.of(new LeftOver(path, Refusal.reason(e)));
        }
    }
}
