package dev.blockcopy.qemufake.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.model.qmp.QmpReply;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Images in use are refused as a target, in the words of QEMU's locks (transcripts e04, e08, t06). */
@Timeout(60)
class ImageLocksTest {
    @TempDir
    private Path folder;

    private Path raw(String name) throws IOException {
        Path path = folder.resolve(name);
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(1 << 20);
        }
        return path;
    }

    private static String mirrorOnto(Dialogue qmp, String device, Path target, String node) {
        qmp.ask(
                "blockdev-add",
                Map.of(
                        "driver",
                        "raw",
                        "node-name",
                        node,
                        "file",
                        Map.of("driver", "file", "filename", target.toString())));
        QmpReply reply = qmp.reply("blockdev-mirror", Map.of("device", device, "target", node, "sync", "full"));
        return reply instanceof QmpReply.Failure failure ? failure.description() : "started";
    }

    @Test
    void refusesTheSourceAsItsOwnTarget() throws IOException {
        Path source = raw("s.raw");
        Path socket = folder.resolve("q");
        try (FakeQemu qemu = FakeQemu.builder().drive("drive0", source).start(socket);
                Dialogue qmp = Dialogue.open(qemu.socket())) {
            assertThat(mirrorOnto(qmp, "drive0", source, "n"))
                    .isEqualTo("Failed to get shared \"consistent read\" lock");
        }
    }

    @Test
    void refusesTheDiskOfADeviceAsATarget() throws IOException {
        Path source = raw("s.raw");
        Path socket = folder.resolve("q");
        try (FakeQemu qemu = FakeQemu.builder()
                        .drive("drive0", source)
                        .device("drive0", "vd0")
                        .start(socket);
                Dialogue qmp = Dialogue.open(qemu.socket())) {
            assertThat(mirrorOnto(qmp, "drive0", source, "n")).isEqualTo("Failed to get \"write\" lock");
        }
    }

    @Test
    void refusesATargetTwice() throws IOException {
        Path target = raw("t.raw");
        Path socket = folder.resolve("q");
        try (FakeQemu qemu = FakeQemu.builder()
                        .drive("drive0", raw("a.raw"))
                        .drive("drive1", raw("b.raw"))
                        .start(socket);
                Dialogue qmp = Dialogue.open(qemu.socket())) {
            assertThat(mirrorOnto(qmp, "drive0", target, "n0")).isEqualTo("started");
            qmp.await("BLOCK_JOB_READY", "device", "drive0");
            assertThat(mirrorOnto(qmp, "drive1", target, "n1")).isEqualTo("Failed to get \"write\" lock");
        }
    }
}
