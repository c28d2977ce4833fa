package dev.blockcopy.engine.store;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two processes open a store that is not there yet. */
class NewFileTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void isTakenForOursThoughAnotherMakesItBetweenTwoLooks(int look) throws Exception {
        Path file = directory.resolve("jobs.db");
        StoreErrors errors = new StoreErrors(file, 0);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            Connection interrupted =
                    beforeLook(look, connection, () -> SqliteJobStore.open(file).close());

            assertThatCode(new Schema(new Session(interrupted, errors), errors)::check)
                    .doesNotThrowAnyException();
        }
    }

    /** The connection, on which something happens just before a look. */
    private static Connection beforeLook(int look, Connection connection, Runnable deed) {
        AtomicInteger looks = new AtomicInteger();
        return (Connection) Proxy.newProxyInstance(
                NewFileTest.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement") && looks.incrementAndGet() == look) {
                        deed.run();
                    }
                    return invoke(connection, method, arguments);
                });
    }

    private static Object invoke(Connection connection, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
