package dev.blockcopy.engine.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.blockcopy.engine.image.FileStatus.Type;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A destination that this job makes: under a name with the job's nonce first, then under its final name.
 *
 * <p>The order of duties is the caller's: journal the intention, {@link #make}, journal the identity that it yields,
 * {@link #place}. After a crash anywhere each of them may be repeated, or {@link #discard} called with what the
 * journal holds; all are harmless when repeated. The final name is given by a hard link, which fails if the name
 * exists: nothing is ever overwritten or truncated. Names are removed only if the file is provably ours and no process
 * holds an image lock on it; that the image is not the guest's disk is for the caller to know.
 *
 * <p>Not thread-safe against other users of the same nonce.
 */
public final class NewDestination {

    private static final int NAME_BYTES_MAX = 255;
    private static final String SUFFIX = ".blockcopy";

    private final FileCalls calls;
    private final Path path;
    private final Path temporary;

    /**
     * A destination of one job.
     *
     * @param path the final name, absolute
     * @param nonce letters, digits and hyphens that no other job has
     */
    public NewDestination(FileCalls calls, Path path, String nonce) {
        if (!path.isAbsolute() || path.getFileName() == null || !nonce.matches("[A-Za-z0-9-]{4,64}")) {
            throw new IllegalArgumentException("no place for a new destination: " + path + " nonce " + nonce);
        }
        this.calls = calls;
        this.path = path;
        this.temporary = path.resolveSibling(temporaryName(path.getFileName().toString(), nonce));
    }

    /** The name beside the final one under which the file is made. */
    public Path temporary() {
        return temporary;
    }

    /**
     * Makes the file under its temporary name, or finds it made: sparse and of that size, durable.
     *
     * @param sizeBytes virtual size of the disk for raw; 0 for a format that QEMU will write
     * @param model file whose owner, group and mode the new one gets, so that QEMU may open it; usually the source's
     * @return the identity, to be journalled before {@link #place}
     */
    public FileOutcome make(long sizeBytes, Optional<Path> model) {
        try {
            if (calls.statusOfName(temporary).isEmpty()) {
                calls.createNew(temporary);
            }
            FileStatus made = calls.statusOfName(temporary).orElseThrow();
            if (!made.is(Type.REGULAR)) {
                return blocked(temporary + " is in the way", "remove it");
            }
            if (model.isPresent()) {
                calls.adopt(temporary, model.get());
            }
            calls.extend(temporary, sizeBytes);
            calls.sync(temporary);
            return new FileOutcome.Done(made.identity());
        } catch (IOException e) {
            return failed("cannot be made", e);
        }
    }

    /**
     * Gives the made file its final name, durably, and removes the temporary one.
     *
     * @param identity what {@link #make} yielded
     */
    public FileOutcome place(FileIdentity identity) {
        try {
            if (!isOurs(path, identity)) {
                if (!isOurs(temporary, identity)) {
                    return blocked("lost the file made for it, " + temporary, "start the copy again");
                }
                link(identity);
            }
            calls.sync(path.getParent());
            if (isOurs(temporary, identity)) {
                calls.delete(temporary);
                calls.sync(path.getParent());
            }
            return new FileOutcome.Done(identity);
        } catch (FileAlreadyExistsException e) {
            return Refusal.input(path, "appeared meanwhile and is not overwritten", "choose another name");
        } catch (IOException e) {
            String remedy = "if its file system has no hard links, make the file yourself and use --reuse-external";
            return blocked("cannot get its name: " + Refusal.reason(e), remedy);
        }
    }

    /**
     * Removes what this job made, durably.
     *
     * @param identity what {@link #make} yielded, if the journal holds it
     * @return what had to stay; empty when nothing of ours is left
     */
    public List<LeftOver> discard(Optional<FileIdentity> identity) {
        List<LeftOver> leftOver = new ArrayList<>();
        identity.ifPresent(ours -> removePlaced(ours, leftOver));
        remove(temporary, leftOver);
        try {
            if (calls.status(path.getParent()).isPresent()) {
                calls.sync(path.getParent());
            }
        } catch (IOException e) {
            leftOver.add(new LeftOver(path.getParent(), "the removal is not durable: " + Refusal.reason(e)));
        }
        return List.copyOf(leftOver);
    }

    private void removePlaced(FileIdentity ours, List<LeftOver> leftOver) {
        try {
            Optional<FileStatus> placed = calls.statusOfName(path);
            if (placed.isEmpty()) {
                return;
            }
            FileIdentity there = placed.get().identity();
            if (there.equals(ours)) {
                remove(path, leftOver);
            } else if (there.kind() == ours.kind() && there.inode() == ours.inode()) {
                leftOver.add(new LeftOver(path, "its device number has changed, so it may be another file"));
            }
        } catch (IOException e) {
            leftOver.add(new LeftOver(path, Refusal.reason(e)));
        }
    }

    private void remove(Path name, List<LeftOver> leftOver) {
        try {
            Optional<FileStatus> status = calls.statusOfName(name);
            if (status.isEmpty()) {
                return;
            }
            Optional<String> obstacle = obstacle(name, status.get());
            if (obstacle.isPresent()) {
                leftOver.add(new LeftOver(name, obstacle.get()));
            } else {
                calls.delete(name);
            }
        } catch (IOException e) {
            leftOver.add(new LeftOver(name, Refusal.reason(e)));
        }
    }

    private Optional<String> obstacle(Path name, FileStatus status) throws IOException {
        if (!status.is(Type.REGULAR)) {
            return Optional.of("not a regular file, so it is not ours");
        }
        return switch (calls.use(name)) {
            case FREE -> Optional.empty();
            case IN_USE -> Optional.of("in use by another process");
            case UNKNOWN -> Optional.of("the file system has no locks, so it may be in use");
        };
    }

    /** A network file system can link and lose the answer, so the name decides, not the error. */
    private void link(FileIdentity identity) throws IOException {
        try {
            calls.link(temporary, path);
        } catch (IOException e) {
            if (!isOurs(path, identity)) {
                throw e;
            }
        }
    }

    private boolean isOurs(Path name, FileIdentity identity) throws IOException {
        return calls.statusOfName(name)
                .filter(status -> status.is(Type.REGULAR))
                .map(FileStatus::identity)
                .filter(identity::equals)
                .isPresent();
    }

    private Refusal blocked(String reason, String remedy) {
        return Refusal.environment(path, reason, remedy);
    }

    private Refusal failed(String what, IOException failure) {
        return blocked(what + ": " + Refusal.reason(failure), "mend that or choose another name");
    }

    /** A long name is cut in the middle of the temporary one; the nonce is what counts. */
    private static String temporaryName(String name, String nonce) {
        String tail = "." + nonce + SUFFIX;
        String kept = name;
        while (("." + kept + tail).getBytes(UTF_8).length > NAME_BYTES_MAX) {
            kept = kept.substring(0, kept.offsetByCodePoints(kept.length(), -1));
        }
        return "." + kept + tail;
    }
}
