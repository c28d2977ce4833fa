package dev.blockcopy.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Whether two names lead to one file of this host. */
final class SameFile {
    private static final int LINKS_MAX = 40;

    private SameFile() {}

    /** The same for names that may be no paths; those that are relative lead nowhere, for QEMU's folder is another. */
    static boolean is(String one, String other) {
        try {
            return one.equals(other) || isAbsolute(one) && isAbsolute(other) && is(Path.of(one), Path.of(other));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static boolean isAbsolute(String name) {
        return name.startsWith("/");
    }

    /** They are the same name, or lead to the same file, or by links to the same name where there is nothing. */
    static boolean is(Path one, Path other) {
        try {
            return end(one).equals(end(other)) || Files.isSameFile(one, other);
        } catch (IOException e) {
            return false;
        }
    }

    /** Where a name leads, whether there is anything or not. */
    private static Path end(Path path) {
        Path at = path.toAbsolutePath();
        try {
            for (int links = 0; links < LINKS_MAX && Files.isSymbolicLink(at); links++) {
                at = at.resolveSibling(Files.readSymbolicLink(at));
            }
            Path folder = at.getParent();
            return folder == null ? at : folder.toRealPath().resolve(at.getFileName());
        } catch (IOException e) {
            return at.normalize();
        }
    }
}
