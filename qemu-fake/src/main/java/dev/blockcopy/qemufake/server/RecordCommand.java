package dev.blockcopy.qemufake.server;

import dev.blockcopy.qemufake.conformance.ProcessTarget;
import dev.blockcopy.qemufake.conformance.Scenario;
import dev.blockcopy.qemufake.conformance.ScenarioPlayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Plays scenarios against a QEMU, real or not, and writes what it answered. */
@Command(
        name = "qemu-fake record",
        mixinStandardHelpOptions = true,
        description = "Plays scenarios against a QEMU and writes a transcript of each.",
        footer = {"", "Exit status: 0 all as the scenarios expect, 1 something was not, 2 bad option or file."})
final class RecordCommand implements Callable<Integer> {
    private static final int UNEXPECTED = 1;
    private static final int USAGE = 2;

    @Parameters(paramLabel = "SCENARIO", arity = "1..*", description = "files that say what a client does")
    private List<Path> scenarios;

    @Option(names = "--qemu", paramLabel = "COMMAND", description = "what to play against: ${DEFAULT-VALUE}")
    private String qemu = "qemu-system-x86_64";

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "where NAME.jsonl goes")
    private Path out;

    @Override
    public Integer call() {
        int status = 0;
        try {
            Files.createDirectories(out);
            for (Path file : scenarios) {
                status = Math.max(status, record(Scenario.read(file)));
            }
            return status;
        } catch (IOException | IllegalArgumentException e) {
            System.err.println("qemu-fake record: " + e.getMessage()
                    + (e instanceof java.nio.file.NoSuchFileException ? ": there is no such file" : ""));
            return USAGE;
        }
    }

    private int record(Scenario scenario) throws IOException {
        ScenarioPlayer.Outcome outcome = ScenarioPlayer.play(scenario, new ProcessTarget(List.of(qemu)));
        Files.write(out.resolve(scenario.name() + ".jsonl"), outcome.lines());
        outcome.failures().forEach(failure -> System.err.println(scenario.name() + ": " + failure));
        return outcome.failures().isEmpty() ? 0 : UNEXPECTED;
    }
}
