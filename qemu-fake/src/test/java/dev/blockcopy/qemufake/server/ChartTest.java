package dev.blockcopy.qemufake.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blockcopy.qemufake.journal.Journal;
import dev.blockcopy.qemufake.journal.JournalFile;
import dev.blockcopy.qemufake.journal.JournalReader;
import dev.blockcopy.qemufake.journal.SequenceChart;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal as a picture, pinned in {@code charts}; {@code -Dscenarios.rewrite} draws the pictures anew. */
class ChartTest {
    private static final Path CHARTS = Path.of("src/test/resources/charts");

    /** A pivot whose connection goes, and a client that comes back. */
    private static List<Journal.Entry> cutAtPivot() {
        try (InProcessQemu qemu = FakeQemu.builder()
                .drive("drive0", 2 << 20)
                .image("dst", 2 << 20)
                .fault("cut-at-pivot")
                .inProcess()) {
            meet(qemu);
            FaultStory.COMMANDS.forEach(command -> say(qemu, command));
            qemu.disconnect();
            meet(qemu);
            say(qemu, "{'execute': 'query-jobs', 'id': 7}");
            say(qemu, "{'execute': 'job-dismiss', 'arguments': {'id': 'k'}, 'id': 8}");
            return qemu.journal().entries();
        }
    }

    private static void meet(InProcessQemu qemu) {
        qemu.connect();
        say(qemu, "{'execute': 'qmp_capabilities'}");
    }

    private static void say(InProcessQemu qemu, String command) {
        qemu.send(command.replace('\'', '"'));
        qemu.advance(Duration.ofMillis(2));
    }

    private static void isDrawn(String name, String chart) throws IOException {
        if (System.getProperty("scenarios.rewrite") != null) {
            Files.writeString(CHARTS.resolve(name), chart);
        }
        assertThat(chart).isEqualTo(Files.readString(CHARTS.resolve(name)));
    }

    @Test
    void isDrawnWithLetters() throws IOException {
        isDrawn("cut-at-pivot.txt", SequenceChart.of(cutAtPivot()).text());
    }

    @Test
    void isDrawnForMermaid() throws IOException {
        isDrawn("cut-at-pivot.mmd", SequenceChart.of(cutAtPivot()).mermaid());
    }

    @Test
    void isTheSameFromAFile() {
        List<String> lines = cutAtPivot().stream().map(JournalFile::line).toList();
        assertThat(JournalReader.read(lines)).isEqualTo(cutAtPivot());
    }

    @Test
    void namesTheLineThatIsNone() {
        String line = JournalFile.line(new Journal.Entry(1, Journal.Kind.NOTE, -1, "x"));
        assertThatThrownBy(() -> JournalReader.read(List.of(line, "{\"at\": 1}")))
                .hasMessage("line 2 is no line of a journal, write one with --journal FILE");
    }

    @Test
    void theCommandDrawsAFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("journal.jsonl");
        Files.write(file, cutAtPivot().stream().map(JournalFile::line).toList());
        assertThat(command("chart", file.toString()))
                .isEqualTo(SequenceChart.of(cutAtPivot()).text());
        assertThat(command("chart", "--mermaid", file.toString()))
                .isEqualTo(SequenceChart.of(cutAtPivot()).mermaid());
        Files.writeString(file, "no journal");
        assertThat(command("chart", file.toString()))
                .isEqualTo("qemu-fake: journal " + file
                        + ": line 1 is no line of a journal, write one with --journal FILE\n");
    }

    private static String command(String... args) {
        StringWriter text = new StringWriter();
        Subcommands.commandLine(args[0])
                .setOut(new PrintWriter(text))
                .setErr(new PrintWriter(text))
                .execute(Arrays.copyOfRange(args, 1, args.length));
        return text.toString();
    }
}
