package dev.blockcopy.engine.image;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files under the source as this process sees them.
 *
 * @param seen identity of each file, and of what lies under a block device, with the name that led to it
 * @param unseen a line for each name that leads nowhere from here
 */
record SourceFiles(Map<FileIdentity, String> seen, List<String> unseen) {

    static SourceFiles see(FileCalls calls, List<String> names) {
        Map<FileIdentity, String> seen = new LinkedHashMap<>();
        List<String> unseen = new ArrayList<>();
        for (String name : names) {
            try {
                Optional<FileIdentity> identity = identity(calls, name);
                identity.ifPresentOrElse(
                        found -> seen.put(found, name),
                        () -> unseen.add("source '" + name + "' cannot be seen from here"));
                if (identity.isPresent()) {
                    under(calls, identity.get()).forEach(found -> seen.putIfAbsent(found, name));
                }
            } catch (IOException e) {
                unseen.add("source '" + name + "' cannot be examined from here: " + Refusal.reason(e));
            }
        }
        return new SourceFiles(seen, unseen);
    }

    /** The name of the source's file that is this very file or lies under it; empty if it is another. */
    Optional<String> sameAs(FileCalls calls, FileIdentity identity) throws IOException {
        Optional<String> itself = Optional.ofNullable(seen.get(identity));
        if (itself.isPresent()) {
            return itself;
        }
        return under(calls, identity).stream()
                .filter(seen::containsKey)
                .map(seen::get)
                .findFirst();
    }

    private static Optional<FileIdentity> identity(FileCalls calls, String name) throws IOException {
        try {
            Path path = Path.of(name);
            return path.isAbsolute() ? calls.status(path).map(FileStatus::identity) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static List<FileIdentity> under(FileCalls calls, FileIdentity identity) throws IOException {
        List<FileIdentity> found = new ArrayList<>();
        if (identity.kind() == FileIdentity.Kind.BLOCK_DEVICE) {
            for (Path file : calls.filesUnder(identity)) {
                calls.status(file).map(FileStatus::identity).ifPresent(found::add);
            }
        }
        return found;
    }
}
