package dev.blockcopy.qemufake.server;

import dev.blockcopy.qemufake.Errno;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Which system error stands behind an exception of the JDK, as far as its type or text tells. */
final class Errnos {
    private Errnos() {}

    static Errno of(IOException e) {
        if (e instanceof NoSuchFileException) {
            return Errno.ENOENT;
        }
        if (e instanceof AccessDeniedException) {
            return Errno.EACCES;
        }
        String text = e instanceof FileSystemException of && of.getReason() != null
                ? of.getReason()
                : String.valueOf(e.getMessage());
        for (Errno errno : Errno.values()) {
            if (text.contains(errno.text())) {
                return errno;
            }
        }
        return Errno.EIO;
    }
}
