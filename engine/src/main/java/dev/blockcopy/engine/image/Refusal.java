package dev.blockcopy.engine.image;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/**
 * Why a destination is not taken: one line that names it, the reason and the remedy.
 *
 * @param kind what is to blame
 * @param message the line, without control characters
 */
public record Refusal(Kind kind, String message) implements DestinationVerdict, FileOutcome {

    /** What is to blame for a refusal. */
    public enum Kind {
        /** What the caller asked for is wrong; asking differently helps. */
        INPUT,
        /** The host does not let us; the same request can succeed later. */
        ENVIRONMENT
    }

    /** A line is a line, whatever a file is called. */
    public Refusal {
        message = message.codePoints()
                .collect(StringBuilder::new, Refusal::appendVisible, StringBuilder::append)
                .toString();
    }

    static Refusal input(Object destination, String reason, String remedy) {
        return new Refusal(Kind.INPUT, "destination '" + destination + "' " + reason + "; " + remedy);
    }

    static Refusal environment(Object destination, String reason, String remedy) {
        return new Refusal(Kind.ENVIRONMENT, "destination '" + destination + "' " + reason + "; " + remedy);
    }

    /** What went wrong in the words of the operating system. */
    public static String reason(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "No such file or directory";
        }
        if (failure instanceof AccessDeniedException) {
            return "Permission denied";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "File exists";
        }
        if (failure instanceof FileSystemException known && known.getReason() != null) {
            return known.getReason();
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    private static void appendVisible(StringBuilder line, int codePoint) {
        if (Character.isISOControl(codePoint)) {
            line.append(String.format("\\x%02x", codePoint));
        } else {
            line.appendCodePoint(codePoint);
        }
    }
}
