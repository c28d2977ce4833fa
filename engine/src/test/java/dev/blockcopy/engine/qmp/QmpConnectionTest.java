package dev.blockcopy.engine.qmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.blockcopy.model.qmp.QmpCommand;
import dev.blockcopy.model.qmp.QmpReply;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The client over real UNIX sockets. */
@Timeout(30)
class QmpConnectionTest {

    private static final String STOP =
            "{\"timestamp\": {\"seconds\": 1, \"microseconds\": 2}, \"event\": \"STOP\"}\r\n";
    private static final String STRANGE = "{\"timestamp\": {\"seconds\": 1, \"microseconds\": 2, \"picoseconds\": 3}, "
            + "\"event\": \"X_FUTURE\", \"data\": {\"a\": [1, null]}, \"extra\": {}}\r\n";

    @TempDir
    Path dir;

    private final BlockingQueue<QmpInput> inputs = new LinkedBlockingQueue<>();

    private Path socket() {
        return dir.resolve("qmp.sock");
    }

    private final QmpReaders readers = new QmpReaders();

    private QmpConnection begin(QmpLimits limits) throws QmpException {
        return QmpConnection.begin(new UnixSocketTransport(socket()), limits, readers, inputs::add);
    }

    /** An open connection, whatever was heard until then. */
    private QmpConnection open(QmpLimits limits) throws Exception {
        QmpConnection connection = begin(limits);
        List<QmpInput> before = new ArrayList<>();
        for (QmpInput input = next(); !(input instanceof QmpInput.Opened); input = next()) {
            if (input instanceof QmpInput.Lost) {
                throw connection.failure();
            }
            before.add(input);
        }
        inputs.addAll(before);
        return connection;
    }

    private QmpInput next() throws InterruptedException {
        QmpInput input = inputs.poll(20, TimeUnit.SECONDS);
        assertThat(input).as("an input").isNotNull();
        return input;
    }

    private static QmpInput success(String id, QmpCommand command) {
        return new QmpInput.Replied(id, command, new QmpReply.Success(id, Map.of()));
    }

    private static String nameOf(QmpInput input) {
        return input instanceof QmpInput.Happened
                ? ((QmpInput.Happened) input).event().name()
                : input.getClass().getSimpleName();
    }

    @Test
    void deliversEventsAndRepliesInOrderOfArrival() throws Exception {
        try (ScriptedMonitor monitor = new ScriptedMonitor(socket(), m -> {
                    ScriptedMonitor.Client client = m.accept();
                    client.say(STOP);
                    client.negotiate();
                    String first = client.hear();
                    String second = client.hear();
                    client.say(STOP);
                    client.answer(second);
                    client.say(STRANGE);
                    client.answer(first);
                });
                QmpConnection connection = open(QmpLimits.DEFAULT)) {
            QmpCommand stop = new QmpCommand.Stop();
            QmpCommand cont = new QmpCommand.Cont();
            String first = connection.send(stop);
            String second = connection.send(cont);

            assertThat(nameOf(next())).isEqualTo("STOP");
            assertThat(nameOf(next())).isEqualTo("STOP");
            assertThat(next()).isEqualTo(success(second, cont));
            assertThat(nameOf(next())).isEqualTo("X_FUTURE");
            assertThat(next()).isEqualTo(success(first, stop));
            assertThat(connection.greeting().version().qemu()).hasToString("7.2.22");
            monitor.awaitEnd();
        }
    }

    @Test
    void isNotFooledByAReplyToTheSessionBefore() throws Exception {
        try (ScriptedMonitor monitor = new ScriptedMonitor(socket(), m -> {
            ScriptedMonitor.Client first = m.accept();
            first.negotiate();
            String stale = first.hear();
            first.say(STOP);
            assertThat(first.hear()).isNull();
            first.close();
            ScriptedMonitor.Client second = m.accept();
            second.say(ScriptedMonitor.GREETING);
            second.answer(stale);
            second.answer(second.hear());
            String fresh = second.hear();
            second.answer(stale);
            second.answer(fresh);
        })) {
            QmpConnection first = open(QmpLimits.DEFAULT);
            String stale = first.send(new QmpCommand.JobComplete("j"));
            assertThat(nameOf(next())).isEqualTo("STOP");
            first.close();
            assertThat(nameOf(next())).isEqualTo("Lost");
            try (QmpConnection second = open(QmpLimits.DEFAULT)) {
                QmpCommand query = new QmpCommand.QueryJobs();
                String fresh = second.send(query);

                assertThat(fresh).isNotEqualTo(stale);
                assertThat(next()).isEqualTo(success(fresh, query));
                monitor.awaitEnd();
            }
        }
    }

    @Test
    void readsALineOfAMegabyteAndEndsOnOneBeyondTheLimit() throws Exception {
        String megabyte = "x".repeat(1 << 20);
        try (ScriptedMonitor monitor = new ScriptedMonitor(socket(), m -> {
                    ScriptedMonitor.Client client = m.accept();
                    client.negotiate();
                    client.say("{\"return\": \"" + megabyte + "\", \"id\": \"" + client.hear() + "\"}\r\n");
                    client.hear();
                    catchThrowable(() -> client.say("y".repeat(3 << 20)));
                });
                QmpConnection connection = open(QmpLimits.DEFAULT.withLineBytesMax(2 << 20))) {
            QmpCommand query = new QmpCommand.QueryJobs();

            String id = connection.send(query);
            assertThat(next()).isEqualTo(new QmpInput.Replied(id, query, new QmpReply.Success(id, megabyte)));

            connection.send(query);
            assertThat(next()).hasToString("Lost[why=" + socket() + ": a line of more than 2097152 bytes]");
            monitor.awaitEnd();
        }
    }

    @Test
    void tellsAnOverdueReplyAndThenTheReply() throws Exception {
        CountDownLatch overdue = new CountDownLatch(1);
        try (ScriptedMonitor monitor = new ScriptedMonitor(socket(), m -> {
                    ScriptedMonitor.Client client = m.accept();
                    client.negotiate();
                    String id = client.hear();
                    await(overdue);
                    client.answer(id);
                });
                QmpConnection connection = open(QmpLimits.DEFAULT)) {
            QmpCommand query = new QmpCommand.QueryJobs();

            String id = connection.send(query, 1);

            assertThat(next()).isEqualTo(new QmpInput.TimedOut(id, query));
            overdue.countDown();
            assertThat(next()).isEqualTo(success(id, query));
            monitor.awaitEnd();
        }
    }

    @Test
    void endsOnSilence() throws Exception {
        try (ScriptedMonitor monitor = new ScriptedMonitor(socket(), m -> {
                    ScriptedMonitor.Client client = m.accept();
                    client.negotiate();
                    assertThat(client.hear()).isNotNull();
                    assertThat(client.hear()).isNull();
                });
                QmpConnection connection = open(QmpLimits.DEFAULT.withSilenceMillis(40))) {
            assertThat(next()).isEqualTo(new QmpInput.Lost(socket() + ": silent for 40 ms"));
            monitor.awaitEnd();
            assertThat(connection.send(new QmpCommand.Stop())).isNotNull();
        }
    }

    @Test
    void tellsHalfALineAtTheEnd() throws Exception {
        try (ScriptedMonitor monitor = new ScriptedMonitor(socket(), m -> {
                    ScriptedMonitor.Client client = m.accept();
                    client.negotiate();
                    client.hear();
                    client.say(STOP + "{\"return\"");
                    client.close();
                });
                QmpConnection connection = open(QmpLimits.DEFAULT)) {
            connection.send(new QmpCommand.Stop());

            assertThat(nameOf(next())).isEqualTo("STOP");
            assertThat(next())
                    .isEqualTo(
                            new QmpInput.Lost(socket() + ": QEMU closed the connection, after half a line of 9 bytes"));
            monitor.awaitEnd();
        }
    }

    @Test
    void tellsTheEndOnceAndLastWhenItClosesItself() throws Exception {
        try (ScriptedMonitor monitor = new ScriptedMonitor(socket(), m -> {
            ScriptedMonitor.Client client = m.accept();
            client.negotiate();
            assertThat(client.hear()).isNull();
        })) {
            QmpConnection connection = open(QmpLimits.DEFAULT);
            connection.close();
            connection.close();

            assertThat(next()).isEqualTo(new QmpInput.Lost(socket() + ": closed by this side"));
            monitor.awaitEnd();
            assertThat(inputs).isEmpty();
        }
    }

    @Test
    void survivesASinkThatFails() throws Exception {
        try (ScriptedMonitor monitor = new ScriptedMonitor(socket(), m -> {
                    ScriptedMonitor.Client client = m.accept();
                    client.negotiate();
                    client.say(STOP + STOP);
                });
                QmpConnection connection =
                        QmpConnection.begin(new UnixSocketTransport(socket()), QmpLimits.DEFAULT, readers, input -> {
                            inputs.add(input);
                            throw new IllegalStateException("planted");
                        })) {
            assertThat(next()).isEqualTo(new QmpInput.Opened());
            assertThat(nameOf(next())).isEqualTo("STOP");
            assertThat(nameOf(next())).isEqualTo("STOP");
            assertThat(connection.greeting()).isNotNull();
            monitor.awaitEnd();
        }
    }

    @Test
    void saysWhenThereIsNoSocket() throws Exception {
        assertThatThrownBy(() -> open(QmpLimits.DEFAULT))
                .isInstanceOf(QmpException.NoSuchSocket.class)
                .hasMessage(socket() + ": no such socket");
        Files.createFile(socket());
        assertThatThrownBy(() -> open(QmpLimits.DEFAULT))
                .isInstanceOf(QmpException.NoSuchSocket.class)
                .hasMessage(socket() + ": not a socket");
    }

    /** As in a directory that this user may not enter. */
    @Test
    void doesNotSayThatThereIsNoSocketWhereNobodyCanLook() throws Exception {
        Files.createSymbolicLink(socket(), socket());
        assertThatThrownBy(() -> open(QmpLimits.DEFAULT))
                .isInstanceOf(QmpException.NotPermitted.class)
                .hasMessageContaining("whether there is a socket is not known");
    }

    @Test
    void saysWhenNobodyListens() throws Exception {
        bind(1).close();

        assertThatThrownBy(() -> open(QmpLimits.DEFAULT))
                .isInstanceOf(QmpException.Refused.class)
                .hasMessageContaining("nobody listens");
    }

    /** As a real one does now and then. */
    @Test
    void opensAlsoWhereQemuWaitsForAnotherClientFirst() throws Exception {
        try (ScriptedMonitor monitor = new ScriptedMonitor(socket(), script -> {
                    ScriptedMonitor.Client first = script.accept();
                    script.accept().close();
                    first.negotiate();
                });
                QmpConnection connection = open(QmpLimits.DEFAULT)) {
            assertThat(connection.greeting().version().qemu().major()).isEqualTo(7);
            monitor.awaitEnd();
        }
    }

    @Test
    void saysWhenAnotherClientHoldsTheMonitor() throws Exception {
        QmpLimits hasty = QmpLimits.DEFAULT.withConnectMillis(50).withOpenMillis(50);
        try (ServerSocketChannel monitor = bind(1)) {
            assertThatThrownBy(() -> open(hasty))
                    .isInstanceOf(QmpException.Silent.class)
                    .hasMessage(
                            socket() + ": no greeting within 50 ms: another client holds the monitor, or QEMU hangs");
            assertThatThrownBy(() -> open(hasty)).isInstanceOf(QmpException.Silent.class);
            assertThatThrownBy(() -> open(hasty))
                    .isInstanceOf(QmpException.Silent.class)
                    .hasMessageContaining("no place in the listener's queue");
            assertThat(inputs).isEmpty();
            assertThat(monitor.isOpen()).isTrue();
        }
    }

    @Test
    void saysWhenThePeerSpeaksSomethingElse() throws Exception {
        try (ScriptedMonitor monitor = new ScriptedMonitor(
                socket(), m -> m.accept().say("QEMU 7.2.22 monitor - type 'help' for more information\r\n(qemu) "))) {
            assertThatThrownBy(() -> open(QmpLimits.DEFAULT))
                    .isInstanceOf(QmpException.NotQmp.class)
                    .hasMessage(socket() + ": does not speak QMP, but: "
                            + "QEMU 7.2.22 monitor - type 'help' for more information");
            monitor.awaitEnd();
        }
    }

    private ServerSocketChannel bind(int backlog) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        return server.bind(UnixDomainSocketAddress.of(socket()), backlog);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
