package dev.blockcopy.engine.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where the store of a user is, unless another one is named: one for the host where the user is root, whatever the
 * environment that root's shell was left with; else the place for state of the XDG base directory specification.
 */
public final class StoreLocation {
    private static final Path OF_ROOT = Path.of("/var/lib/blockcopy/jobs.db");

    private StoreLocation() {}

    /** The store of whoever runs this process. */
    public static Path ofThisUser() {
        return of(isRoot(), System.getenv(), Path.of(System.getProperty("user.home")));
    }

    static Path of(boolean isRoot, Map<String, String> environment, Path home) {
        if (isRoot) {
            return OF_ROOT;
        }
        return stateHome(environment, home).resolve("blockcopy").resolve("jobs.db");
    }

    /** The specification has relative paths ignored. */
    private static Path stateHome(Map<String, String> environment, Path home) {
        Path named = Path.of(environment.getOrDefault("XDG_STATE_HOME", ""));
        return named.isAbsolute() ? named : home.resolve(".local").resolve("state");
    }

    /** The owner of our entry in /proc is who we are now; a host without it tells by name. */
    private static boolean isRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return "root".equals(System.getProperty("user.name"));
        }
    }
}
