package dev.blockcopy.engine.acceptance;

import java.io.IOException;
import java.nio.file.Path;

/** A file or directory that even root may not change, as long as this is open; where the file system knows of that. */
record Immutable(Path path, boolean isHeld) implements AutoCloseable {

    static Immutable make(Path path) throws IOException {
        return new Immutable(path, chattr("+i", path));
    }

    private static boolean chattr(String flag, Path path) throws IOException {
        return new ProcessBuilder("chattr", flag, path.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .onExit()
                        .join()
                        .exitValue()
                == 0;
    }

    @Override
    public void close() throws IOException {
        if (isHeld) {
            chattr("-i", path);
        }
    }
}
