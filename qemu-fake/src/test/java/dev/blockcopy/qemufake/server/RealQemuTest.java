package dev.blockcopy.qemufake.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two arms of one dialogue: a real QEMU and the fake say the same, but for numbers of generated names, times and sizes
 * on the host. Skipped with a printed line where there is no QEMU; {@code -Dblockcopy.qemu.required=true} forbids that.
 */
@Timeout(120)
class RealQemuTest {
    private static final String BINARY = "qemu-system-x86_64";
    private static final Map<String, Object> J = Map.of("id", "j");

    @TempDir
    private Path folder;

    /** What one arm is asked, and where its lines go. */
    private interface Script {
        void play(Talk talk);
    }

    /** One client that writes down, in order, all that it is told. */
    private final class Talk {
        private final Dialogue qmp;
        private final Path images;
        private final List<String> lines = new ArrayList<>();

        Talk(Dialogue qmp, Path images) {
            this.qmp = qmp;
            this.images = images;
        }

        void ask(String command, Map<String, Object> arguments) {
            qmp.send(command, arguments);
            String line = next();
            while (line.startsWith("QmpEvent")) {
                line = next();
            }
        }

        void await(String part) {
            String line = next();
            while (!line.contains(part)) {
                line = next();
            }
        }

        private String next() {
            String line = String.valueOf(qmp.next())
                    .replaceAll("timestamp=Timestamp\\[[^]]*], ", "")
                    .replaceAll("#block\\d+", "#block")
                    .replaceAll("actual-size=\\d+", "actual-size=N")
                    .replaceAll("busy=(true|false)", "busy=B")
                    .replace(images.toString(), "DIR");
            lines.add(sorted(line));
            return line;
        }

        /** The order of members means nothing. */
        private String sorted(String line) {
            List<String> parts = new ArrayList<>(List.of(line.split("[{}\\[\\], ]+")));
            parts.sort(null);
            return line.startsWith("Success") ? String.join(" ", parts) : line;
        }

        void addTarget(String file) {
            ask(
                    "blockdev-add",
                    Map.of(
                            "driver", "raw",
                            "node-name", "dst0",
                            "file",
                                    Map.of(
                                            "driver",
                                            "file",
                                            "filename",
                                            images.resolve(file).toString())));
        }

        void mirror(Map<String, Object> more) {
            Map<String, Object> arguments = new java.util.HashMap<>(
                    Map.of("job-id", "j", "device", "drive0", "target", "dst0", "sync", "full", "auto-dismiss", false));
            arguments.putAll(more);
            ask("blockdev-mirror", arguments);
        }
    }

    static boolean hasQemu() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, BINARY)));
    }

    private Path images(String arm) throws IOException {
        Path images = Files.createDirectory(folder.resolve(arm));
        for (String name : List.of("src", "dst", "small")) {
            try (RandomAccessFile file =
                    new RandomAccessFile(images.resolve(name).toFile(), "rw")) {
                file.setLength(name.equals("small") ? 1 << 20 : 4 << 20);
            }
        }
        return images;
    }

    private List<String> fake(Script script) throws IOException {
        Path images = images("fake");
        Path socket = images.resolve("q");
        try (FakeQemu qemu = FakeQemu.builder()
                        .drive("drive0", images.resolve("src"))
                        .stopped()
                        .start(socket);
                Dialogue qmp = Dialogue.open(qemu.socket())) {
            Talk talk = new Talk(qmp, images);
            script.play(talk);
            return talk.lines;
        }
    }

    private List<String> real(Script script) throws IOException, InterruptedException {
        Path images = images("real");
        Path socket = images.resolve("q");
        Process qemu = new ProcessBuilder(
                        BINARY,
                        "-M",
                        "none",
                        "-nodefaults",
                        "-display",
                        "none",
                        "-S",
                        "-drive",
                        "if=none,id=drive0,file=" + images.resolve("src") + ",format=raw",
                        "-qmp",
                        "unix:" + socket + ",server=on,wait=off",
                        "-pidfile",
                        images.resolve("pid").toString())
                .inheritIO()
                .start();
        try (Dialogue qmp = openWhenThere(socket, qemu)) {
            Talk talk = new Talk(qmp, images);
            script.play(talk);
            return talk.lines;
        } finally {
            qemu.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    private static Dialogue openWhenThere(Path socket, Process qemu) {
        while (qemu.isAlive()) {
            try {
                return Dialogue.open(socket);
            } catch (java.io.UncheckedIOException e) {
                Thread.onSpinWait();
            }
        }
        throw new AssertionError("QEMU ended with status " + qemu.exitValue());
    }

    private void compare(Script script) throws IOException, InterruptedException {
        if (!hasQemu() && !Boolean.getBoolean("blockcopy.qemu.required")) {
            System.out.println("skipped: no " + BINARY + " to compare the fake with");
            assumeTrue(false, "no " + BINARY);
        }
        assertThat(fake(script)).isEqualTo(real(script));
    }

    @Test
    void agreeOnAPivot() throws IOException, InterruptedException {
        compare(talk -> {
            talk.addTarget("dst");
            talk.mirror(Map.of());
            talk.await("BLOCK_JOB_READY");
            talk.ask("query-block-jobs", Map.of());
            talk.ask("query-block", Map.of());
            talk.ask("query-named-block-nodes", Map.of("flat", true));
            talk.ask("stop", Map.of());
            talk.ask("job-complete", J);
            talk.await("concluded");
            talk.ask("query-jobs", Map.of());
            talk.ask("query-block", Map.of());
            talk.ask("job-dismiss", J);
            talk.ask("blockdev-del", Map.of("node-name", "dst0"));
        });
    }

    @Test
    void agreeOnTheGraphUnderANamedFilter() throws IOException, InterruptedException {
        compare(talk -> {
            talk.addTarget("dst");
            talk.mirror(Map.of("filter-node-name", "flt"));
            talk.await("BLOCK_JOB_READY");
            talk.ask("x-debug-query-block-graph", Map.of());
            talk.ask("query-block", Map.of());
            talk.ask("job-cancel", J);
            talk.await("concluded");
            talk.ask("x-debug-query-block-graph", Map.of());
            talk.ask("query-jobs", Map.of());
        });
    }

    @Test
    void agreeOnAManualEnd() throws IOException, InterruptedException {
        compare(talk -> {
            talk.addTarget("dst");
            talk.mirror(Map.of("auto-finalize", false));
            talk.await("BLOCK_JOB_READY");
            talk.ask("job-pause", J);
            talk.ask("block-job-cancel", Map.of("device", "j"));
            talk.ask("job-complete", J);
            talk.ask("job-resume", J);
            talk.await("BLOCK_JOB_PENDING");
            talk.ask("query-block-jobs", Map.of());
            talk.ask("job-pause", J);
            talk.ask("job-finalize", J);
            talk.ask("query-jobs", Map.of());
            talk.ask("job-finalize", J);
        });
    }

    @Test
    void agreeOnSizesAndRefusals() throws IOException, InterruptedException {
        compare(talk -> {
            talk.addTarget("nothing");
            talk.addTarget("small");
            talk.mirror(Map.of("speed", -1L));
            talk.mirror(Map.of("granularity", 1000L));
            talk.mirror(Map.of());
            talk.await("concluded");
            talk.ask("query-block-jobs", Map.of());
            talk.ask("job-complete", J);
            talk.ask("blockdev-mirror", Map.of("device", "nope", "target", "dst0", "sync", "full"));
            talk.ask("no-such", Map.of());
            talk.ask("blockdev-create", Map.of("job-id", "c", "options", Map.of("driver", "file")));
        });
    }
}
