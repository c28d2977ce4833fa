package dev.blockcopy.simulator;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Why a file could not be used, in words: of many exceptions the message is the file's name and nothing else. */
final class Reasons {
    private Reasons() {}

    /** One line that names the file and the reason. */
    static String of(Path file, IOException e) {
        String text = String.valueOf(e.getMessage());
        if (e instanceof FileSystemException about) {
            Path where = about.getFile() == null ? file : Path.of(about.getFile());
            return where + ": " + reason(about);
        }
        return text.contains(String.valueOf(file)) ? text : file + ": " + text;
    }

    private static String reason(FileSystemException e) {
        if (e instanceof NoSuchFileException) {
            return "no such file or directory";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof FileAlreadyExistsException || e instanceof NotDirectoryException) {
            return "is a file, and not a directory";
        }
        return e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
    }
}
