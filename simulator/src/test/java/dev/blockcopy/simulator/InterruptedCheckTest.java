package dev.blockcopy.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.simulator.check.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A person looks on and loses patience: Ctrl-C, as the real process hears it. */
class InterruptedCheckTest {
    private static final long LIMIT_SECONDS = 60;

    @Test
    void tellsHowFarItHasComeOnceASecond() {
        StringWriter err = new StringWriter();
        try (ConsoleWatch watch = new ConsoleWatch(new PrintWriter(err, true), true)) {
            assertThat(watch.goOn(new Progress(1234, 5678, 9, 10, 1 << 20, 1))).isTrue();
            watch.goOn(new Progress(2000, 6000, 9, 10, 1 << 20, 2));
            watch.goOn(new Progress(3000, 7000, 9, 10, 1 << 20, 2_000_000_000));
        }
        assertThat(err.toString())
                .contains("\r1,234 states, 5,678 transitions, depth 9, queue 10,", "\r3,000 states")
                .doesNotContain("2,000 states");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    @Timeout(LIMIT_SECONDS)
    void printsWhatWasExploredAndSaysUnknown(@TempDir Path dir) throws IOException, InterruptedException {
        Path out = dir.resolve("out");
        Process check = new ProcessBuilder(List.of(
                        "env",
                        "--default-signal=INT",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BlockcopySim.class.getName(),
                        "check",
                        "--progress",
                        "--disks=2",
                        "--faults=mgr=2,qemu=1,cut=2",
                        "--threads=1",
                        "--property=S1"))
                .redirectOutput(out.toFile())
                .start();
        try {
            awaitProgress(check.getErrorStream());
            new ProcessBuilder("kill", "-INT", String.valueOf(check.pid()))
                    .start()
                    .waitFor();
            assertThat(check.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            check.destroyForcibly();
        }
        assertThat(check.exitValue()).isEqualTo(ExitCode.UNKNOWN.number());
        assertThat(Files.readString(out)).contains("it was stopped", "S1  unknown", " states");
    }

    private static void awaitProgress(InputStream err) throws IOException {
        StringBuilder said = new StringBuilder();
        while (said.indexOf(" states/s") < 0) {
            int next = err.read();
            assertThat(next).as(said.toString()).isNotNegative();
            said.append(new String(new byte[] {(byte) next}, StandardCharsets.UTF_8));
        }
    }
}
