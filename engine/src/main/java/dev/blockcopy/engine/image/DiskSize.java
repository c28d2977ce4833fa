package dev.blockcopy.engine.image;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** How large a guest sees a raw or qcow2 image, read from the image: for a QEMU that does not say. */
public final class DiskSize {
    private DiskSize() {}

    /**
     * In bytes; empty if the file can't be seen from here.
     *
     * @param isQcow2 raw otherwise
     */
    public static OptionalLong of(FileCalls calls, String file, boolean isQcow2) {
        try {
            Path path = Path.of(file);
            Optional<FileStatus> status = calls.status(path);
            if (status.isEmpty()) {
                return OptionalLong.empty();
            }
            return isQcow2 ? ofQcow2(calls, path) : OptionalLong.of(ofRaw(calls, path, status.get()));
        } catch (IOException | InvalidPathException e) {
            return OptionalLong.empty();
        }
    }

    private static OptionalLong ofQcow2(FileCalls calls, Path path) throws IOException {
        return Qcow2Header.read(calls.head(path, Qcow2Header.LENGTH_BYTES))
                .map(header -> OptionalLong.of(header.virtualSizeBytes()))
                .orElse(OptionalLong.empty());
    }

    private static long ofRaw(FileCalls calls, Path path, FileStatus status) throws IOException {
        return status.is(FileStatus.Type.BLOCK_DEVICE) ? calls.sizeOfBlockDevice(path) : status.sizeBytes();
    }
}
