package dev.blockcopy.engine.qmp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.model.qmp.QmpCommand;
import dev.blockcopy.model.qmp.QmpEvent;
import dev.blockcopy.model.qmp.QmpReply;
import dev.blockcopy.model.qmp.RunState;
import dev.blockcopy.model.qmp.StatusInfo;
import dev.blockcopy.qemufake.server.FakeQemu;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A command of which the end is not said is not obeyed, whatever comes instead of the end. */
@Timeout(120)
class AnticipationTest {
    private static final QmpCommand LOOK = new QmpCommand.QueryStatus();

    @TempDir
    Path dir;

    private final BlockingQueue<QmpInput> heard = new LinkedBlockingQueue<>();

    private QmpConnection open(Path socket) throws Exception {
        QmpConnection connection =
                QmpConnection.begin(new UnixSocketTransport(socket), QmpLimits.DEFAULT, new QmpReaders(), heard::add);
        assertThat(next()).isEqualTo(new QmpInput.Opened());
        return connection;
    }

    private QmpInput next() throws InterruptedException {
        return heard.poll(30, TimeUnit.SECONDS);
    }

    private RunState stateBy(QmpConnection connection) throws InterruptedException {
        String id = connection.send(LOOK);
        QmpInput.Replied reply = (QmpInput.Replied) next();
        assertThat(reply.id()).isEqualTo(id);
        return StatusInfo.from(((QmpReply.Success) reply.reply()).value()).status();
    }

    private void obeysTheEndAlone(Path socket) throws Exception {
        try (QmpConnection connection = open(socket)) {
            connection.anticipate(new QmpCommand.Stop());
            assertThat(stateBy(connection)).as("something else was said").isEqualTo(RunState.RUNNING);

            connection.anticipate(new QmpCommand.Stop());
            String id = connection.send(new QmpCommand.Stop());
            assertThat(next())
                    .isInstanceOfSatisfying(
                            QmpInput.Happened.class,
                            event -> assertThat(event.event())
                                    .extracting(QmpEvent::name)
                                    .isEqualTo("STOP"));
            assertThat(next())
                    .isInstanceOfSatisfying(
                            QmpInput.Replied.class,
                            reply -> assertThat(reply.id()).isEqualTo(id));
            assertThat(stateBy(connection)).as("its end was said").isEqualTo(RunState.PAUSED);

            connection.anticipate(new QmpCommand.Cont());
        }
        assertThat(next()).isInstanceOf(QmpInput.Lost.class);
        try (QmpConnection connection = open(socket)) {
            assertThat(stateBy(connection)).as("the connection ended").isEqualTo(RunState.PAUSED);
        }
    }

    @NeedsRealQemu
    @Nested
    class OfARealQemu {
        @Test
        void onlyTheEndHasACommandObeyed() throws Exception {
            try (RealQemu qemu = RealQemu.running(dir)) {
                obeysTheEndAlone(qemu.monitor());
            }
        }
    }

    /** Many times, for a fake that slept on when a client hung up in the middle of a word did so once in a dozen. */
    @RepeatedTest(40)
    void onlyTheEndHasACommandObeyedByTheFakeToo() throws Exception {
        Path disk = dir.resolve("disk.raw");
        try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "rw")) {
            file.setLength(1 << 20);
        }
        try (FakeQemu qemu = FakeQemu.builder().drive("drive0", disk).start(dir.resolve("fake.sock"))) {
            obeysTheEndAlone(qemu.socket());
        }
    }
}
