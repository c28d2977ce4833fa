package dev.blockcopy.engine.store;

import dev.blockcopy.engine.StoreException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What went wrong with a store, as one line that names the file and the remedy. */
final class StoreErrors {
    static final String NOTHING_WRITTEN = "nothing was written";
    static final String WRITE_UNKNOWN = "whether it was written is not known";

    private static final int PRIMARY_CODE = 0xff;

    private final Path file;
    private final long busyTimeoutMillis;

    StoreErrors(Path file, long busyTimeoutMillis) {
        this.file = file;
        this.busyTimeoutMillis = busyTimeoutMillis;
    }

    StoreException of(String problem) {
        return new StoreException("store " + file + ": " + oneLine(problem));
    }

    StoreException of(String problem, Throwable cause) {
        return new StoreException("store " + file + ": " + oneLine(problem), cause);
    }

    StoreException of(SQLException error) {
        return of(problemOf(error), error);
    }

    /** The error of a write, and what that means for what was to be written. */
    StoreException ofWrite(SQLException error, String outcome) {
        return of(problemOf(error) + "; " + outcome, error);
    }

    static boolean isBusy(SQLException error) {
        SQLiteErrorCode code = primaryCodeOf(error);
        return code == SQLiteErrorCode.SQLITE_BUSY || code == SQLiteErrorCode.SQLITE_LOCKED;
    }

    private static SQLiteErrorCode primaryCodeOf(SQLException error) {
        if (error instanceof SQLiteException sqlite) {
            return SQLiteErrorCode.getErrorCode(sqlite.getResultCode().code & PRIMARY_CODE);
        }
        return SQLiteErrorCode.UNKNOWN_ERROR;
    }

    private String problemOf(SQLException error) {
        return switch (primaryCodeOf(error)) {
            case SQLITE_BUSY, SQLITE_LOCKED ->
                "another process has kept it locked for " + busyTimeoutMillis + " ms: see who with `fuser " + file
                        + "`, wait or end that, and try again";
            case SQLITE_NOTADB -> "this is no SQLite database: move it away, or name another store (--store)";
            case SQLITE_CORRUPT ->
                "it is damaged (" + error.getMessage()
                        + "): copy it aside, then restore a backup or save what `sqlite3 " + file + " .recover` finds";
            case SQLITE_FULL -> "the disk is full: free some space and try again";
            case SQLITE_READONLY ->
                "it can't be written: give this user the right to write the file and its"
                        + " directory, or name another store (--store)";
            case SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH ->
                "it can't be opened (" + error.getMessage()
                        + "): give this user the right to read and write the file and its directory, or name another"
                        + " store (--store)";
            case SQLITE_IOERR ->
                "reading or writing failed (" + error.getMessage() + "): see to the disk under it, then try again";
            default -> error.getMessage() + ": see to the file with `sqlite3`, or name another store (--store)";
        };
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s*\\R\\s*", " ");
    }
}
