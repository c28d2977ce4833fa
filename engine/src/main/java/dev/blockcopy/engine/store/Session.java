package dev.blockcopy.engine.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One connection to the file, and its statements, each prepared once. Not for use by several threads at once.
 *
 * <p>The connection is left in JDBC's automatic mode and transactions are opened by hand: the driver would begin the
 * next one together with the commit of the last, and so keep the file locked between them.
 */
final class Session implements AutoCloseable {
    /** Makes something of one row. */
    interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    /** What is done inside a transaction. */
    interface Work<T> {
        T run() throws SQLException;
    }

    private final Connection connection;
    private final StoreErrors errors;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    Session(Connection connection, StoreErrors errors) {
        this.connection = connection;
        this.errors = errors;
    }

    /** Runs the work in a transaction that holds the file's write lock from its beginning. */
    <T> T write(Work<T> work) {
        T result;
        try {
            update("BEGIN IMMEDIATE");
            result = work.run();
        } catch (SQLException e) {
            rollBack(e);
            throw errors.ofWrite(e, StoreErrors.NOTHING_WRITTEN);
        } catch (RuntimeException e) {
            rollBack(e);
            throw e;
        }
        try {
            update("COMMIT");
        } catch (SQLException e) {
            rollBack(e);
            throw errors.ofWrite(e, StoreErrors.WRITE_UNKNOWN);
        }
        return result;
    }

    <T> T read(Work<T> work) {
        try {
            return work.run();
        } catch (SQLException e) {
            throw errors.of(e);
        }
    }

    /** @return how many rows were changed */
    int update(String sql, Object... parameters) throws SQLException {
        try {
            return bound(sql, parameters).executeUpdate();
        } catch (SQLException e) {
            forget(sql, e);
            throw e;
        }
    }

    /** All rows; the result is closed at once, since an open one would keep an old view of the file alive. */
    <T> List<T> query(String sql, Reading<T> reading, Object... parameters) throws SQLException {
        try (ResultSet rows = bound(sql, parameters).executeQuery()) {
            List<T> all = new ArrayList<>();
            while (rows.next()) {
                all.add(reading.of(rows));
            }
            return all;
        } catch (SQLException e) {
            forget(sql, e);
            throw e;
        }
    }

    private PreparedStatement bound(String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }

    /** The driver ends a statement that failed; the next use prepares it anew. */
    private void forget(String sql, SQLException reason) {
        PreparedStatement failed = prepared.remove(sql);
        try {
            if (failed != null) {
                failed.close();
            }
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }

    /** After some errors SQLite has rolled back by itself; then this one's complaint says nothing new. */
    private void rollBack(Exception reason) {
        try {
            update("ROLLBACK");
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw errors.of(e);
        }
    }
}
