package dev.blockcopy.qemufake.junit;

import dev.blockcopy.qemufake.journal.Journal;
import dev.blockcopy.qemufake.journal.JournalFile;
import dev.blockcopy.qemufake.journal.SequenceChart;
import dev.blockcopy.qemufake.server.FakeQemu;
import dev.blockcopy.qemufake.server.FakeQemuBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.MediaType;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The fake of one test, from its start to what is said of it at the end. */
final class TestedQemu {
    private static final String JOURNAL = "qemu-fake.jsonl";
    private static final String CHART = "qemu-fake.txt";
    private static final int CHART_LINES_TOLD = 40;

    private final FakeQemu qemu;
    private final Path folder;
    /** Null where everything goes. */
    private final Strictness strictness;

    private TestedQemu(FakeQemu qemu, Path folder, Strictness strictness) {
        this.qemu = qemu;
        this.folder = folder;
        this.strictness = strictness;
    }

    static TestedQemu start(Consumer<FakeQemuBuilder> setUp, int monitors, Strictness strictness) {
        FakeQemuBuilder builder = FakeQemu.builder();
        setUp.accept(builder);
        try {
            Path folder = Files.createTempDirectory("qemu-fake");
            Path[] sockets = IntStream.range(0, monitors)
                    .mapToObj(number -> folder.resolve("qmp" + number))
                    .toArray(Path[]::new);
            return new TestedQemu(builder.start(sockets), folder, strictness);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    FakeQemu qemu() {
        return qemu;
    }

    /** Ends the fake; a test that failed, or was not strictly as expected, gets the journal and a chart. */
    void end(ExtensionContext context) {
        List<String> complaints = strictness == null ? List.of() : strictness.complaints(qemu);
        qemu.close();
        deleteFolder();
        Throwable failure = context.getExecutionException().orElse(null);
        if (failure != null) {
            failure.addSuppressed(evidence(context));
        } else if (!complaints.isEmpty()) {
            AssertionError error = new AssertionError(String.join("\n", complaints));
            error.addSuppressed(evidence(context));
            throw error;
        }
    }

    private void deleteFolder() {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Evidence evidence(ExtensionContext context) {
        List<Journal.Entry> entries = qemu.journal().entries();
        List<String> chart = SequenceChart.of(entries).text().lines().toList();
        String journal =
                attach(context, JOURNAL, entries.stream().map(JournalFile::line).toList());
        String picture = attach(context, CHART, chart);
        context.publishReportEntry(Map.of("qemu-fake journal", journal, "qemu-fake chart", picture));
        int hidden = Math.max(0, chart.size() - CHART_LINES_TOLD);
        return new Evidence("journal: " + journal + "\nchart: " + picture + "\n"
                + String.join("\n", chart.subList(hidden, chart.size())));
    }

    private static String attach(ExtensionContext context, String name, List<String> lines) {
        String[] path = new String[1];
        context.publishFile(name, MediaType.TEXT_PLAIN_UTF_8, file -> {
            Files.write(file, lines);
            path[0] = file.toString();
        });
        return path[0];
    }

    /** What the fake has seen, told with a failure. */
    private static final class Evidence extends Exception {
        private static final long serialVersionUID = 1;

        Evidence(String message) {
            super(message, null, false, false);
        }

        @Override
        public String toString() {
            return "The fake QEMU of this test: " + getMessage();
        }
    }
}
