package dev.blockcopy.simulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The directory in which a command makes its images, stores and sockets: given by its user and kept, or removed in the end. */
final class Workplace implements AutoCloseable {
    /** A UNIX socket's path fits into 107 bytes. */
    private static final int SOCKET_PATH_MAX = 107;

    private final Path dir;
    private boolean isKept;

    private Workplace(Path dir, boolean isKept) {
        this.dir = dir;
        this.isKept = isKept;
    }

    /**
     * A directory that is there and empty.
     *
     * @param given what the user named, or null for a directory for temporary files
     * @param prefix of the name of that one
     * @param longestSocket the longest path of a socket in it
     * @throws IOException if it is not empty or can't be used; the message says so
     */
    static Workplace of(Path given, String prefix, String longestSocket) throws IOException {
        if (given == null) {
            return new Workplace(Files.createTempDirectory(prefix), false);
        }
        Path place = made(given.toAbsolutePath().normalize());
        try (Stream<Path> content = Files.list(place)) {
            if (content.findAny().isPresent()) {
                throw new IOException(place + " is not empty: give a directory of its own");
            }
        }
        if (place.toString().getBytes().length + longestSocket.length() > SOCKET_PATH_MAX) {
            throw new IOException(place + " is too long for the path of a UNIX socket: give a shorter one");
        }
        return new Workplace(place, true);
    }

    private static Path made(Path place) throws IOException {
        try {
            return Files.createDirectories(place);
        } catch (IOException e) {
            throw new IOException("can't make the directory " + Reasons.of(place, e), e);
        }
    }

    Path dir() {
        return dir;
    }

    /** It is not removed in the end. */
    void keep() {
        isKept = true;
    }

    boolean isKept() {
        return isKept;
    }

    @Override
    public void close() throws IOException {
        if (isKept) {
            return;
        }
        List<Path> paths;
        try (Stream<Path> all = Files.walk(dir)) {
            paths = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.delete(path);
        }
    }
}
