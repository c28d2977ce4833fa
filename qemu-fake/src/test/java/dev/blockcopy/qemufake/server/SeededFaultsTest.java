package dev.blockcopy.qemufake.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Faults of chance depend on the seed and on nothing else: two processes say the same bytes. */
@Timeout(120)
class SeededFaultsTest {
    /** Plays one dialogue with dice and writes all of its bytes and its journal to standard output. */
    public static void main(String[] args) {
        System.out.print(played(Long.parseLong(args[0])));
    }

    private static String played(long seed) {
        FakeQemuBuilder builder = FakeQemu.builder()
                .drive("drive0", 4 << 20)
                .image("dst", 4 << 20)
                .guest(1000)
                .seed(seed);
        List.of(
                        "on=event,chance=0.3,times=always,do=duplicate",
                        "on=command,chance=0.2,nth=2,times=always,do=error",
                        "on=write,chance=0.2,times=always,do=stall,millis=3")
                .forEach(builder::fault);
        try (InProcessQemu qemu = builder.inProcess()) {
            qemu.connect();
            qemu.send("{\"execute\": \"qmp_capabilities\"}");
            for (int i = 0; i < 3; i++) {
                FaultStory.COMMANDS.forEach(command -> qemu.send(command.replace('\'', '"')));
                qemu.advance(Duration.ofMillis(50));
            }
            return qemu.receive() + qemu.journal().entries();
        }
    }

    private static String inAnotherProcess(long seed) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SeededFaultsTest.class.getName(),
                        Long.toString(seed))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return said;
    }

    @Test
    void theSameSeedGivesTheSameBytesInTwoProcesses() throws IOException, InterruptedException {
        assertThat(inAnotherProcess(7)).isEqualTo(played(7)).contains("***", "do=duplicate", "do=error", "do=stall");
    }

    @Test
    void anotherSeedGivesOthers() {
        assertThat(played(8)).isNotEqualTo(played(7));
    }
}
