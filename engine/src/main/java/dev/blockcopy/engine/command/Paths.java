package dev.blockcopy.engine.command;

import dev.blockcopy.engine.CopyRefusedException;
import dev.blockcopy.engine.CopyRefusedException.Kind;
import java.io.IOException;
import java.nio.file.Path;

/** Paths as they are given, made fit to be remembered. */
final class Paths {
    private Paths() {}

    /** One name for a socket, whichever way leads to its directory; it need not exist. */
    static Path socket(Path given) throws CopyRefusedException {
        isNamed("--qmp", given);
        Path absolute = given.toAbsolutePath().normalize();
        try {
            return absolute.getParent().toRealPath().resolve(absolute.getFileName());
        } catch (IOException e) {
            return absolute;
        }
    }

    /** An image is opened by QEMU, whose directory is another than ours. */
    static Path image(Path given) throws CopyRefusedException {
        isNamed("--dest", given);
        if (!given.isAbsolute()) {
            throw new CopyRefusedException(
                    Kind.INPUT,
                    "--dest " + given + " is relative, and QEMU runs elsewhere: say --dest "
                            + given.toAbsolutePath().normalize());
        }
        return given;
    }

    private static void isNamed(String option, Path given) throws CopyRefusedException {
        if (given.toString().isEmpty()) {
            throw new CopyRefusedException(Kind.INPUT, option + " is empty: name a file");
        }
    }
}
