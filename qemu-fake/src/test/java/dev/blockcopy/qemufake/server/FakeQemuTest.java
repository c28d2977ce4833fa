package dev.blockcopy.qemufake.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blockcopy.model.qmp.QmpReply;
import dev.blockcopy.qemufake.FileUse;
import dev.blockcopy.qemufake.Host;
import dev.blockcopy.qemufake.HostResult;
import dev.blockcopy.qemufake.HostWork;
import dev.blockcopy.qemufake.QemuState;
import dev.blockcopy.qemufake.journal.Journal;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole job over a real socket and real files. */
@Timeout(60)
class FakeQemuTest {
    private static final long MIB = 1 << 20;

    @TempDir
    private Path folder;

    private Path socket;
    private Path source;
    private Path destination;

    @BeforeEach
    void makeImages() throws IOException {
        socket = folder.resolve("qmp.sock");
        source = raw("source.raw");
        destination = raw("destination.raw");
        try (RandomAccessFile file = new RandomAccessFile(source.toFile(), "rw")) {
            file.seek(3 * MIB);
            file.write("in the middle".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        }
    }

    private Path raw(String name) throws IOException {
        Path path = folder.resolve(name);
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(8 * MIB);
        }
        return path;
    }

    private Dialogue mirrored() {
        Dialogue qmp = Dialogue.open(socket);
        qmp.ask(
                "blockdev-add",
                Map.of(
                        "driver", "raw",
                        "node-name", "dst0",
                        "file", Map.of("driver", "file", "filename", destination.toString())));
        qmp.ask(
                "blockdev-mirror",
                Map.of("job-id", "j", "device", "drive0", "target", "dst0", "sync", "full", "auto-dismiss", false));
        qmp.await("BLOCK_JOB_READY", "device", "j");
        return qmp;
    }

    private static String status(Dialogue qmp) {
        return (String) ((Map<?, ?>) ((List<?>) qmp.ask("query-jobs")).get(0)).get("status");
    }

    private static Object fileOfDrive0(Dialogue qmp) {
        Map<?, ?> block = (Map<?, ?>) ((List<?>) qmp.ask("query-block")).get(0);
        return ((Map<?, ?>) block.get("inserted")).get("file");
    }

    @Test
    void pivotsOntoTheDestination() throws IOException {
        try (FakeQemu qemu =
                        FakeQemu.builder().drive("drive0", source).guest(500).start(socket);
                Dialogue qmp = mirrored()) {
            qmp.ask("stop");
            qmp.ask("job-complete", Map.of("id", "j"));
            qmp.await("JOB_STATUS_CHANGE", "status", "concluded");
            assertThat(status(qmp)).isEqualTo("concluded");
            assertThat(fileOfDrive0(qmp)).isEqualTo(destination.toString());
            assertThat(Files.mismatch(source, destination)).isEqualTo(-1);
            int before = qemu.guest().acknowledged().size();
            qmp.ask("cont");
            qmp.ask("job-dismiss", Map.of("id", "j"));
            assertThat((List<?>) qmp.ask("query-jobs")).isEmpty();
            assertThat(qmp.reply("blockdev-del", Map.of("node-name", "dst0")))
                    .isEqualTo(new QmpReply.Failure(null, "GenericError", "Node dst0 is in use"));
            while (qemu.guest().acknowledged().size() < before + 3) {
                qmp.ask("query-status");
            }
            qmp.ask("stop");
            assertThat(qemu.guest().lackingIn(destination)).isEmpty();
            assertThat(qemu.guest().lackingIn(source)).isNotEmpty();
        }
    }

    @Test
    void aSoftCancelLeavesACopyAndTheGuestOnTheSource() throws IOException {
        try (FakeQemu qemu =
                        FakeQemu.builder().drive("drive0", source).guest(500).start(socket);
                Dialogue qmp = mirrored()) {
            qmp.ask("stop");
            qmp.ask("block-job-cancel", Map.of("device", "j"));
            qmp.await("BLOCK_JOB_COMPLETED", "device", "j");
            assertThat(fileOfDrive0(qmp)).isEqualTo(source.toString());
            qmp.ask("job-dismiss", Map.of("id", "j"));
            qmp.ask("blockdev-del", Map.of("node-name", "dst0"));
            assertThat(Files.mismatch(source, destination)).isEqualTo(-1);
            assertThat(qemu.guest().lackingIn(source)).isEmpty();
        }
    }

    @Test
    void aForcedCancelEndsCancelled() {
        try (FakeQemu qemu = FakeQemu.builder().drive("drive0", source).start(socket);
                Dialogue qmp = mirrored()) {
            qmp.ask("job-cancel", Map.of("id", "j"));
            qmp.await("BLOCK_JOB_CANCELLED", "device", "j");
            qmp.await("JOB_STATUS_CHANGE", "status", "concluded");
            Map<?, ?> job = (Map<?, ?>) ((List<?>) qmp.ask("query-jobs")).get(0);
            assertThat(job.get("error")).isEqualTo("Operation canceled");
            assertThat(qemu.state().fileInUse("drive0")).hasValue(source.toString());
        }
    }

    @Test
    void greetsASecondClientOnlyWhenTheFirstHasGone() {
        try (FakeQemu qemu = FakeQemu.builder().drive("drive0", source).start(socket)) {
            Dialogue first = Dialogue.open(socket);
            try (Dialogue second = new Dialogue(socket)) {
                first.ask("query-status");
                assertThat(qemu.journal().entries().stream()
                                .filter(entry -> entry.text().contains("QMP")))
                        .hasSize(1);
                first.close();
                assertThat(second.next()).isNotNull();
            }
        }
    }

    @Test
    void killedItLeavesItsSocketFileAndTellsNothing() {
        FakeQemu qemu = FakeQemu.builder().drive("drive0", source).start(socket);
        try (Dialogue qmp = Dialogue.open(socket)) {
            qemu.kill();
            assertThat(qmp.next()).isNull();
            assertThat(socket).exists();
        }
    }

    @Test
    void whoWaitsForOneThatCanNotEvenCloseItsImagesHearsOfIt() throws IOException {
        Host broken = new Host() {
            @Override
            public HostResult perform(HostWork work) {
                return HostResult.DONE;
            }

            @Override
            public void keepOnly(Map<String, FileUse> files) {
                // It has none.
            }

            @Override
            public void close() {
                throw new UncheckedIOException(new IOException("planted"));
            }
        };
        QemuState state = QemuState.start(1, 1, true, List.of());
        Machine machine = new Machine(state, 1, broken, Mover.eager(), new Journal(entry -> {}));
        FakeQemuServer server = FakeQemuServer.start(machine, Guest.IDLE, Clock.real(), Sockets.PLAIN, List.of(socket));
        assertThatThrownBy(server::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("planted");
        assertThat(server.isServing()).isFalse();
    }

    @Test
    void whatItsJournalThrowsIsHeardByWhoClosesIt() {
        FakeQemu qemu = FakeQemu.builder()
                .journalTo(entry -> {
                    throw new IllegalArgumentException("planted");
                })
                .start(socket);
        try (Dialogue client = new Dialogue(socket)) {
            assertThatThrownBy(qemu::join)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("planted");
            assertThatThrownBy(qemu::close).isInstanceOf(IllegalStateException.class);
            assertThat(client).isNotNull();
        }
    }

    @Test
    void closedItTellsAndRemovesItsSocketFile() {
        FakeQemu qemu = FakeQemu.builder().drive("drive0", source).start(socket);
        try (Dialogue qmp = mirrored()) {
            qemu.close();
            assertThat(qmp.await("SHUTDOWN", "reason", "host-signal")).isNotNull();
            assertThat(qmp.await("BLOCK_JOB_CANCELLED", "device", "j")).isNotNull();
            assertThat(socket).doesNotExist();
        }
    }
}
