package dev.blockcopy.qemufake.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Chance is a number: the same seed gives the same bytes. */
class SeedTest {
    private static final String DIALOGUE = """
            {"execute": "qmp_capabilities"}
            {"execute": "blockdev-add", "arguments": {"driver": "raw", "node-name": "dst0",
              "file": {"driver": "file", "filename": "dst"}}}
            {"execute": "blockdev-mirror", "arguments": {"job-id": "j", "device": "drive0", "target": "dst0",
              "sync": "full", "buf-size": 65536}}
            {"execute": "query-block-jobs"}
            {"execute": "query-named-block-nodes"}
            {"execute": "query-jobs"}
            {"execute": "stop"}
            {"execute": "query-block-jobs"}
            {"execute": "cont"}
            {"execute": "query-block-jobs"}
            """;

    private static String played(long seed) {
        try (InProcessQemu qemu = FakeQemu.builder()
                .drive("drive0", 1 << 20)
                .image("dst", 1 << 20)
                .guest(1000)
                .seed(seed)
                .inProcess()) {
            qemu.connect();
            qemu.send(DIALOGUE);
            qemu.advance(Duration.ofMillis(50));
            return qemu.receive() + qemu.guest().acknowledged();
        }
    }

    @Test
    void theSameSeedGivesTheSameBytes() {
        assertThat(played(7)).isEqualTo(played(7)).contains("BLOCK_JOB_READY");
    }

    /** Plays in a process of its own, whose sets and maps of the JDK have another order. */
    public static void main(String[] args) {
        System.out.print(played(Long.parseLong(args[0])));
    }

    @Test
    void theSameSeedGivesTheSameBytesInAnotherProcess() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SeedTest.class.getName(),
                        "7")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(said).isEqualTo(played(7));
    }

    @Test
    void otherSeedsGiveOthers() {
        assertThat(LongStream.range(0, 20).mapToObj(SeedTest::played).distinct().count())
                .isGreaterThan(10);
    }

    @Test
    void whateverIsPickedTheJobGetsReadyAndTheMirrorLosesNothing() {
        for (long seed = 0; seed < 50; seed++) {
            try (InProcessQemu qemu = FakeQemu.builder()
                    .drive("drive0", 1 << 20)
                    .image("dst", 1 << 20)
                    .guest(500)
                    .seed(seed)
                    .inProcess()) {
                qemu.connect();
                qemu.send(DIALOGUE);
                qemu.advance(Duration.ofMillis(100));
                qemu.send("{\"execute\": \"stop\"} {\"execute\": \"job-complete\", \"arguments\": {\"id\": \"j\"}}");
                qemu.run();
                assertThat(qemu.state().fileInUse("drive0")).as("seed %d", seed).hasValue("dst");
                assertThat(qemu.memory().lostWrites("drive0", "dst"))
                        .as("seed %d", seed)
                        .isEmpty();
                assertThat(qemu.guest().acknowledged()).isNotEmpty();
            }
        }
    }
}
