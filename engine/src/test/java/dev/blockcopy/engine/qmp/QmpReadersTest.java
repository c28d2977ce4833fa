package dev.blockcopy.engine.qmp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.model.qmp.QmpCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many connections are heard by one thread, and none of them depends on another. */
@Timeout(30)
class QmpReadersTest {

    private static final int MANY = 30;
    private static final ScriptedMonitor.Script ANSWERS = monitor -> {
        ScriptedMonitor.Client client = monitor.accept();
        client.negotiate();
        for (String id = client.hear(); id != null; id = client.hear()) {
            client.answer(id);
        }
    };

    @TempDir
    Path dir;

    private final QmpReaders readers = new QmpReaders();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final List<AutoCloseable> opened = new ArrayList<>();

    /** A connection and what was heard of it. */
    private record Heard(QmpConnection connection, BlockingQueue<QmpInput> inputs) {
        QmpInput next() throws InterruptedException {
            QmpInput input = inputs.poll(20, TimeUnit.SECONDS);
            assertThat(input).as("an input").isNotNull();
            return input;
        }

        void asksAndIsAnswered() throws InterruptedException {
            String id = connection.send(new QmpCommand.QueryJobs());
            assertThat(next())
                    .isInstanceOfSatisfying(
                            QmpInput.Replied.class,
                            replied -> assertThat(replied.id()).isEqualTo(id));
        }
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    private Heard begin(String name, QmpLimits limits, ScriptedMonitor.Script script) throws Exception {
        Path socket = dir.resolve(name);
        opened.add(new ScriptedMonitor(socket, script));
        BlockingQueue<QmpInput> inputs = new LinkedBlockingQueue<>();
        QmpConnection connection = QmpConnection.begin(new UnixSocketTransport(socket), limits, readers, input -> {
            threads.add(Thread.currentThread());
            inputs.add(input);
        });
        opened.add(connection);
        return new Heard(connection, inputs);
    }

    private List<Heard> openMany() throws Exception {
        List<Heard> many = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            many.add(begin("many-" + i, QmpLimits.DEFAULT, ANSWERS));
        }
        for (Heard each : many) {
            assertThat(each.next()).isEqualTo(new QmpInput.Opened());
        }
        return many;
    }

    @Test
    void oneThreadHearsThemAll() throws Exception {
        for (Heard each : openMany()) {
            each.asksAndIsAnswered();
        }
        assertThat(threads).hasSize(1);
    }

    @Test
    void theThreadGoesWithTheLastConnectionAndAnotherComesWithTheNext() throws Exception {
        for (Heard each : openMany()) {
            each.connection().close();
            assertThat(each.next()).isInstanceOf(QmpInput.Lost.class);
        }
        Thread first = threads.iterator().next();
        first.join(20_000);
        assertThat(first.isAlive()).isFalse();
        Heard next = begin("next", QmpLimits.DEFAULT, ANSWERS);
        assertThat(next.next()).isEqualTo(new QmpInput.Opened());
        next.asksAndIsAnswered();
        assertThat(threads).hasSize(2);
    }

    @Test
    void oneThatEndsOrSpeaksSomethingElseLeavesTheOthers() throws Exception {
        List<Heard> many = openMany();
        Heard foreign =
                begin("foreign", QmpLimits.DEFAULT, monitor -> monitor.accept().say("220 mail\r\n"));
        assertThat(foreign.next()).isInstanceOf(QmpInput.Lost.class);
        assertThat(foreign.connection().failure()).isInstanceOf(QmpException.NotQmp.class);
        many.get(0).connection().close();
        assertThat(many.get(0).next()).isInstanceOf(QmpInput.Lost.class);
        for (Heard each : many.subList(1, MANY)) {
            each.asksAndIsAnswered();
        }
    }

    @Test
    void theSilenceOfOneIsNotTakenForTalkBecauseOthersTalk() throws Exception {
        Heard mute = begin("mute", QmpLimits.DEFAULT.withSilenceMillis(40), monitor -> {
            ScriptedMonitor.Client client = monitor.accept();
            client.negotiate();
            assertThat(client.hear()).isNotNull();
            assertThat(client.hear()).isNull();
        });
        assertThat(mute.next()).isEqualTo(new QmpInput.Opened());
        Heard talker = begin("talker", QmpLimits.DEFAULT, ANSWERS);
        assertThat(talker.next()).isEqualTo(new QmpInput.Opened());
        while (mute.inputs().isEmpty()) {
            talker.asksAndIsAnswered();
        }
        assertThat(mute.next()).hasToString("Lost[why=" + dir.resolve("mute") + ": silent for 40 ms]");
    }

    @Test
    void aSinkThatCanTakeNothingMakesNobodyElseDeaf() throws Exception {
        AtomicBoolean isFull = new AtomicBoolean();
        CountDownLatch thrown = new CountDownLatch(1);
        Path socket = dir.resolve("full");
        opened.add(new ScriptedMonitor(socket, ANSWERS));
        CountDownLatch open = new CountDownLatch(1);
        QmpConnection full = QmpConnection.begin(new UnixSocketTransport(socket), QmpLimits.DEFAULT, readers, input -> {
            open.countDown();
            if (isFull.get()) {
                thrown.countDown();
                throw new OutOfMemoryError("planted");
            }
        });
        opened.add(full);
        assertThat(open.await(20, TimeUnit.SECONDS)).isTrue();
        Heard before = openMany().get(0);
        isFull.set(true);
        full.send(new QmpCommand.QueryJobs());
        assertThat(thrown.await(20, TimeUnit.SECONDS)).isTrue();
        before.asksAndIsAnswered();
        Heard after = begin("after", QmpLimits.DEFAULT, ANSWERS);
        assertThat(after.next()).isEqualTo(new QmpInput.Opened());
        after.asksAndIsAnswered();
    }
}
