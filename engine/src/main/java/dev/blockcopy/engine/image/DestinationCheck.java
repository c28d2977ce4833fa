package dev.blockcopy.engine.image;

import dev.blockcopy.engine.image.FileStatus.Type;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Looks at a destination before anything is made or sent. Thread-safe.
 *
 * <p>An existing destination is first proven to be another file than each file of the source, by
 * {@link FileIdentity}, and only then opened; so naming the source's own image touches nothing. A new one is another
 * file by its making. What cannot be seen from here (a name relative to QEMU's directory, another mount namespace) is
 * named in the verdict and left to QEMU, which refuses by its image locks.
 */
public final class DestinationCheck {

    private static final String FDSET = "/dev/fdset/";

    private final FileCalls calls;

    /** Checks by these calls. */
    public DestinationCheck(FileCalls calls) {
        this.calls = calls;
    }

    /** The verdict on the destination as it is now; changes nothing. */
    public DestinationVerdict check(DestinationRequest request) {
        String name = request.destination();
        try {
            Path path = Path.of(name);
            Optional<Refusal> refusal = refusedName(name, path);
            return refusal.isPresent() ? refusal.get() : look(request, path);
        } catch (InvalidPathException e) {
            return Refusal.input(name, "is not a file name here: " + e.getReason(), "name a file");
        } catch (IOException e) {
            String reason = "cannot be examined: " + Refusal.reason(e);
            return Refusal.environment(name, reason, "mend that or choose another name");
        }
    }

    private static Optional<Refusal> refusedName(String name, Path path) {
        if (!path.isAbsolute()) {
            String remedy = "give the whole path, for QEMU runs in another directory";
            return Optional.of(Refusal.input(name, "is not an absolute path", remedy));
        }
        if (name.startsWith(FDSET)) {
            String remedy = "name the file itself, for QEMU aborts when it pivots to a set";
            return Optional.of(Refusal.input(name, "is a set of descriptors", remedy));
        }
        return Optional.empty();
    }

    private DestinationVerdict look(DestinationRequest request, Path path) throws IOException {
        SourceFiles source = SourceFiles.see(calls, request.sourceChain());
        Optional<FileStatus> status = calls.status(path);
        if (status.isPresent()) {
            return new ExistingDestination(calls, request, path, status.get()).verdict(source);
        }
        if (calls.statusOfName(path).isPresent()) {
            return Refusal.input(path, "is a symbolic link that leads nowhere", "name the file itself");
        }
        if (request.destination().endsWith("/")) {
            return Refusal.input(request.destination(), "names a directory", "name a file");
        }
        return absent(request, path, source);
    }

    private DestinationVerdict absent(DestinationRequest request, Path path, SourceFiles source) throws IOException {
        Optional<FileStatus> parent = calls.status(path.getParent());
        boolean seen = !source.seen().isEmpty() || request.sourceChain().isEmpty();
        if (request.reuseExternal()) {
            return seen
                    ? Refusal.input(path, "does not exist", "leave out --reuse-external to have it made")
                    : new DestinationVerdict.Unseen(path, "no file of the source can be seen from here either");
        }
        if (parent.isEmpty()) {
            String remedy = seen ? "make that first" : "make the file where QEMU runs and use --reuse-external";
            return Refusal.input(path, "is in a directory that does not exist", remedy);
        }
        if (!parent.get().is(Type.DIRECTORY)) {
            return Refusal.input(path, "is in something that is not a directory", "choose another name");
        }
        Path directory = calls.resolve(path.getParent());
        if (!calls.canWriteDirectory(directory)) {
            String remedy = "change its permissions or choose another";
            return Refusal.environment(path, "cannot be made: its directory is not writable", remedy);
        }
        return new DestinationVerdict.ToMake(directory.resolve(path.getFileName()), source.unseen());
    }
}
