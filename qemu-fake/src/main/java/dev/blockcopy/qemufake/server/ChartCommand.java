package dev.blockcopy.qemufake.server;

import dev.blockcopy.qemufake.journal.JournalReader;
import dev.blockcopy.qemufake.journal.SequenceChart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code qemu-fake chart}: a journal as a picture. */
@Command(
        name = "qemu-fake chart",
        mixinStandardHelpOptions = true,
        description = "Draws a journal that --journal has written.")
final class ChartCommand implements Callable<Integer> {
    private static final int USAGE = 2;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "JOURNAL", description = "the file")
    private Path journal;

    @Option(names = "--mermaid", description = "as a sequence diagram of Mermaid")
    private boolean isMermaid;

    @Override
    public Integer call() {
        try {
            SequenceChart chart =
                    SequenceChart.of(JournalReader.read(Files.readAllLines(journal, StandardCharsets.UTF_8)));
            spec.commandLine().getOut().print(isMermaid ? chart.mermaid() : chart.text());
            spec.commandLine().getOut().flush();
            return 0;
        } catch (IOException e) {
            return refuse("can't be read: " + Errnos.of(e).text());
        } catch (IllegalArgumentException e) {
            return refuse(e.getMessage());
        }
    }

    private int refuse(String why) {
        spec.commandLine().getErr().println("qemu-fake: journal " + journal + ": " + why);
        return USAGE;
    }
}
