package dev.blockcopy.engine.image;

import java.io.IOException;
import java.nio.file.Path;

/** Makes a destination survive a power loss: its content, then its name. */
public final class Flush {

    private final FileCalls calls;

    /** Flushes by these calls. */
    public Flush(FileCalls calls) {
        this.calls = calls;
    }

    /**
     * Flushes the file and its directory; harmless when repeated, also while QEMU writes to it.
     *
     * @param identity the file that must be there; another one is refused, for its flush would prove nothing
     */
    public FileOutcome flush(Path path, FileIdentity identity) {
        try {
            if (calls.status(path)
                    .map(FileStatus::identity)
                    .filter(identity::equals)
                    .isEmpty()) {
                return Refusal.environment(path, "is not there any more, or another file", "look before you use it");
            }
            calls.sync(path);
            calls.sync(calls.resolve(path).getParent());
            return new FileOutcome.Done(identity);
        } catch (IOException e) {
            String reason = "cannot be flushed: " + Refusal.reason(e);
            return Refusal.environment(path, reason, "its last writes may not survive a power loss");
        }
    }
}
