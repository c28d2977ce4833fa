package dev.blockcopy.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The locks of a real QEMU, spoken to on its standard input. */
@Tag("qemu")
@Timeout(60)
class QemuImageLocksTest {

    private static final String QEMU = "qemu-system-x86_64";

    @TempDir
    Path directory;

    private Process qemu;
    private BufferedReader replies;
    private Writer commands;

    @BeforeEach
    void start() throws IOException {
        assumeThat(Stream.of(System.getenv("PATH").split(":")))
                .as(QEMU + " is installed")
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, QEMU)));
        String drive = "if=none,id=drive0,format=raw,file=" + sized("source.raw");
        qemu = new ProcessBuilder(
                        QEMU, "-M", "none", "-nodefaults", "-display", "none", "-drive", drive, "-qmp", "stdio")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        replies = qemu.inputReader();
        commands = qemu.outputWriter();
        until("\"QMP\"");
        execute("'qmp_capabilities'");
    }

    @AfterEach
    void end() throws InterruptedException {
        if (qemu != null) {
            qemu.destroyForcibly().waitFor();
        }
    }

    @Test
    void seesADiskAndTheTargetOfAMirrorOnlyWhileQemuHasThem() throws Exception {
        Path target = sized("target.raw");
        assertThat(ImageLocks.inUse(directory.resolve("source.raw"))).isEqualTo(ImageUse.IN_USE);
        assertThat(ImageLocks.inUse(target)).isEqualTo(ImageUse.FREE);

        execute("'blockdev-add', 'arguments': {'driver': 'raw', 'node-name': 'target',"
                + " 'file': {'driver': 'file', 'filename': '" + target + "'}}");
        execute("'blockdev-mirror', 'arguments':"
                + " {'job-id': 'job', 'device': 'drive0', 'target': 'target', 'sync': 'full'}");
        until("\"BLOCK_JOB_READY\"");
        assertThat(ImageLocks.inUse(target)).isEqualTo(ImageUse.IN_USE);

        qemu.destroyForcibly().waitFor();
        assertThat(ImageLocks.inUse(target)).isEqualTo(ImageUse.FREE);
    }

    private void execute(String command) throws IOException {
        commands.write("{'execute': " + command + "}\n");
        commands.flush();
        assertThat(until("\"return\"", "\"error\"")).contains("return");
    }

    private String until(String... words) throws IOException {
        for (String line = replies.readLine(); line != null; line = replies.readLine()) {
            if (Stream.of(words).anyMatch(line::contains)) {
                return line;
            }
        }
        throw new AssertionError("QEMU ended");
    }

    private Path sized(String name) throws IOException {
        Path path = directory.resolve(name);
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(1 << 20);
        }
        return path;
    }
}
