package dev.blockcopy.qemufake.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.model.qmp.BlockdevOnError;
import dev.blockcopy.model.qmp.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A guest that writes ten times a second while its writes fail: what it is told, what QEMU tells, and what is lost. */
class GuestErrorsTest {
    private static final Duration SECOND = Duration.ofMillis(1000);
    private static final long SIZE = 4 << 20;

    @TempDir
    private Path folder;

    private static FakeQemuBuilder guest() {
        return FakeQemu.builder().drive("drive0", SIZE).image("dst", SIZE).guest(10);
    }

    private static InProcessQemu connected(FakeQemuBuilder builder) {
        InProcessQemu qemu = builder.inProcess();
        qemu.connect();
        say(qemu, "qmp_capabilities");
        return qemu;
    }

    private static String say(InProcessQemu qemu, String command) {
        qemu.send("{\"execute\": \"" + command + "\"}");
        qemu.run();
        return qemu.receive();
    }

    private static List<Long> acknowledged(InProcessQemu qemu) {
        return qemu.guest().acknowledged().stream().map(GuestRecord::number).toList();
    }

    @Test
    void stopsWhereThereIsNoSpaceAndLosesNothing() {
        try (InProcessQemu qemu = connected(guest().fault("guest-enospc,nth=3"))) {
            qemu.advance(SECOND);
            assertThat(qemu.receive())
                    .containsSubsequence(
                            "BLOCK_IO_ERROR", "No space left on device", "\"action\": \"stop\"", "\"event\": \"STOP\"")
                    .contains("\"nospace\": true");
            assertThat(qemu.state().run()).isEqualTo(RunState.IO_ERROR);
            assertThat(say(qemu, "query-status")).contains("\"status\": \"io-error\"");
            assertThat(acknowledged(qemu)).containsExactly(1L, 2L);
            assertThat(say(qemu, "cont")).contains("\"event\": \"RESUME\"");
            qemu.advance(SECOND);
            List<Long> all = acknowledged(qemu);
            assertThat(all)
                    .hasSizeGreaterThan(5)
                    .isEqualTo(LongStream.rangeClosed(1, all.size()).boxed().toList());
        }
    }

    @Test
    void tellsTheGuestOfOtherErrorsAndGoesOn() {
        try (InProcessQemu qemu = connected(guest().fault("on=guest-write,nth=3,do=fail"))) {
            qemu.advance(SECOND);
            assertThat(qemu.receive()).contains("\"action\": \"report\"", "Input/output error");
            assertThat(qemu.state().run()).isEqualTo(RunState.RUNNING);
            assertThat(acknowledged(qemu)).startsWith(1L, 2L, 4L, 5L);
        }
    }

    @Test
    void stopsForAnythingWhereItIsToldTo() {
        FakeQemuBuilder builder =
                guest().onWriteError("drive0", BlockdevOnError.STOP).device("drive0", "vd0");
        try (InProcessQemu qemu = connected(builder.fault("on=guest-write,do=fail"))) {
            qemu.advance(SECOND);
            assertThat(say(qemu, "query-block")).contains("\"io-status\": \"failed\"");
            say(qemu, "cont");
            assertThat(say(qemu, "query-block")).contains("\"io-status\": \"ok\"");
        }
    }

    @Test
    void namesTheWriteThatIsLostWhereErrorsAreIgnored() throws IOException {
        Path disk = folder.resolve("disk.raw");
        Files.write(disk, new byte[(int) SIZE]);
        FakeQemuBuilder builder =
                FakeQemu.builder().drive("drive0", disk).guest(10).onWriteError("drive0", BlockdevOnError.IGNORE);
        try (InProcessQemu qemu = connected(builder.fault("on=guest-write,nth=3,do=fail"))) {
            qemu.advance(SECOND);
            assertThat(qemu.receive()).contains("\"action\": \"ignore\"");
            assertThat(acknowledged(qemu)).startsWith(1L, 2L, 3L, 4L);
            assertThat(qemu.guest().lackingIn(disk))
                    .extracting(GuestRecord::number)
                    .containsExactly(3L);
        }
    }

    @Test
    void failsWhatANodeOnItsWayFails() throws IOException {
        Path disk = folder.resolve("disk.raw");
        Files.write(disk, new byte[(int) SIZE]);
        Map<String, Object> failing = Map.of(
                "driver", "blkdebug",
                "image", Map.of("driver", "file", "filename", disk.toString()),
                "inject-error", List.of(Map.of("event", "none", "iotype", "write", "errno", 28L, "once", true)));
        FakeQemuBuilder builder = FakeQemu.builder()
                .drive("drive0", Map.of("driver", "raw", "file", failing))
                .guest(10);
        try (InProcessQemu qemu = connected(builder)) {
            qemu.advance(SECOND);
            assertThat(qemu.state().run()).isEqualTo(RunState.IO_ERROR);
            assertThat(acknowledged(qemu)).isEmpty();
            say(qemu, "cont");
            qemu.advance(SECOND);
            assertThat(acknowledged(qemu)).startsWith(1L, 2L);
            assertThat(qemu.guest().lackingIn(disk)).isEmpty();
        }
    }

    @Test
    void strikesOnlyAtItsByteOnItsDiskAndInThePhaseOfAJob() {
        List<String> never = List.of("at=" + SIZE, "disk=other", "phase=running", "run-state=paused");
        for (String condition : never) {
            try (InProcessQemu qemu = connected(guest().fault("on=guest-write,do=fail," + condition))) {
                qemu.advance(SECOND);
                assertThat(acknowledged(qemu)).as(condition).startsWith(1L, 2L, 3L);
            }
        }
    }

    @Test
    void namesTheWritesThatAMirrorThatVanishedDidNotCarry() {
        try (InProcessQemu qemu = connected(guest().fault("on=moment,phase=ready,do=vanish"))) {
            qemu.advance(SECOND);
            FaultStory.COMMANDS.subList(0, 2).forEach(command -> qemu.send(command.replace('\'', '"')));
            qemu.run();
            List<Long> carried = acknowledged(qemu);
            assertThat(qemu.memory().lostWrites("drive0", "dst")).isEmpty();
            qemu.advance(SECOND);
            List<Long> all = acknowledged(qemu);
            assertThat(qemu.memory().lostWrites("drive0", "dst"))
                    .isNotEmpty()
                    .isEqualTo(all.subList(carried.size(), all.size()));
        }
    }
}
