package dev.blockcopy.engine.store;

import dev.blockcopy.engine.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.sqlite.BusyHandler;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.SynchronousMode;

/**
 * The file of a store, and sessions on it.
 *
 * <p>The file is only ever touched through SQLite: closing any other channel to it would, by the rules of POSIX, drop
 * the locks that all sessions of this process hold on it.
 */
class StoreFile {
    /** Pages in the log after which a commit of notes carries them over into the file; SQLite's own default. */
    private static final int CHECKPOINT_PAGES = 1000;

    /** The same for the journal, so high that its commits, one of them inside a guest's pause, do not pay for it. */
    private static final int JOURNAL_CHECKPOINT_PAGES = 16 * CHECKPOINT_PAGES;

    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Path path;
    private final Duration busyTimeout;
    private final StoreErrors errors;

    StoreFile(Path path, Duration busyTimeout) {
        this.path = path.toAbsolutePath();
        this.busyTimeout = busyTimeout;
        this.errors = new StoreErrors(this.path, busyTimeout.toMillis());
    }

    StoreErrors errors() {
        return errors;
    }

    /** The session for what must survive the loss of power; makes the file and its directories where they lack. */
    Session openJournal() {
        if (Files.isDirectory(path)) {
            throw errors.of("this is a directory: name a file in it (--store)");
        }
        makeDirectory(path.getParent());
        refuseUnusable();
        Session session = connect(SynchronousMode.FULL, JOURNAL_CHECKPOINT_PAGES);
        try {
            Schema schema = new Schema(session, errors);
            schema.check();
            writeAheadIsOn(session);
            schema.migrate();
            return session;
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /**
     * Refuses a file that is not at its path any more: what is written to it after that is lost with the last process that
     * has it open, and nobody would say so.
     *
     * @param opened what {@link #key} said when it was opened
     */
    void refuseUnlessStill(Object opened) {
        if (!opened.equals(key())) {
            throw errors.of("it was removed or replaced while it was in use: put it back, or restore a backup, and try"
                    + " again; " + StoreErrors.NOTHING_WRITTEN);
        }
    }

    /** Which file is at the path now: device and inode. */
    Object key() {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (IOException e) {
            return "";
        }
    }

    /** The session for what may be lost with the power; for a file that is open already. */
    Session openNotes() {
        return connect(SynchronousMode.NORMAL, CHECKPOINT_PAGES);
    }

    private Session connect(SynchronousMode synchronous, int checkpointPages) {
        return connect(path.toUri().toString(), synchronous, checkpointPages);
    }

    Session connect(String address, SynchronousMode synchronous, int checkpointPages) {
        NativeLibrary.choose();
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout((int) busyTimeout.toMillis());
        config.setSynchronous(synchronous);
        config.setWalAutocheckpoint(checkpointPages);
        config.enforceForeignKeys(true);
        config.setGetGeneratedKeys(false); // which the driver would look for after each statement
        try {
            Connection connection = JDBC.createConnection(JDBC.PREFIX + address, config.toProperties());
            BusyHandler.setHandler(connection, new Patience(busyTimeout));
            return new Session(connection, errors);
        } catch (SQLException e) {
            throw errors.of(e);
        }
    }

    /** Only a change of the mode asks for the file alone, and then SQLite does not always wait by itself. */
    private void writeAheadIsOn(Session session) {
        long deadline = System.nanoTime() + busyTimeout.toNanos();
        String mode = session.read(() -> {
            while (true) {
                try {
                    return session.query("PRAGMA journal_mode = WAL", row -> row.getString(1))
                            .get(0);
                } catch (SQLException e) {
                    if (!StoreErrors.isBusy(e) || System.nanoTime() - deadline > 0) {
                        throw e;
                    }
                    LockSupport.parkNanos(RETRY_NANOS);
                }
            }
        });
        if (!mode.equals("wal")) {
            throw errors.of("this file system can't keep a write-ahead log: name a store on a local one (--store)");
        }
    }

    private void refuseUnusable() {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw errors.of("this is no regular file: name another store (--store)");
        }
        if (Files.exists(path) && !(Files.isReadable(path) && Files.isWritable(path))) {
            throw errors.of("this user may not read and write it: change its owner or mode, see whether it lies on a"
                    + " read-only file system or is immutable (lsattr), or name another store (--store)");
        }
        if (!Files.isWritable(path.getParent())) {
            throw errors.of("this user may not write its directory: change the owner or mode of " + path.getParent()
                    + ", see whether that lies on a read-only file system, or name another store (--store)");
        }
    }

    /** Makes a directory for this user alone, and sees to it that a loss of power can't take it away again. */
    private void makeDirectory(Path directory) {
        Deque<Path> lacking = new ArrayDeque<>();
        for (Path at = directory; !Files.exists(at); at = at.getParent()) {
            lacking.push(at);
        }
        try {
            for (Path made : lacking) {
                Files.createDirectories(
                        made, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                try (FileChannel parent = FileChannel.open(made.getParent(), StandardOpenOption.READ)) {
                    parent.force(true);
                }
            }
        } catch (AccessDeniedException e) {
            throw noDirectory(directory, "permission denied", e);
        } catch (IOException e) {
            throw noDirectory(directory, e.getMessage(), e);
        }
    }

    private StoreException noDirectory(Path directory, String reason, IOException cause) {
        return errors.of(
                "its directory " + directory + " can't be made (" + reason
                        + "): make it, or name another store (--store)",
                cause);
    }
}
