package dev.blockcopy.engine.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A person with {@code sqlite3}, for tests. */
final class Sqlite {
    private Sqlite() {}

    static void run(Path file, String... statements) {
        try (Connection connection = connect(file)) {
            run(connection, statements);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    static void run(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    static Connection connect(Path file) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }
}
