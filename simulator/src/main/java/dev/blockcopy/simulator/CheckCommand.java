package dev.blockcopy.simulator;

import dev.blockcopy.simulator.check.Bounds;
import dev.blockcopy.simulator.check.Finding;
import dev.blockcopy.simulator.check.Property;
import dev.blockcopy.simulator.check.Verdict;
import dev.blockcopy.simulator.export.Promela;
import dev.blockcopy.simulator.world.Answer;
import dev.blockcopy.simulator.world.AnswerText;
import dev.blockcopy.simulator.world.Guarantees;
import dev.blockcopy.simulator.world.Inquiry;
import dev.blockcopy.simulator.world.Variant;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Answers a question about the protocol by exploring every run. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        versionProvider = BlockcopySim.Version.class,
        description = {
            "Does the life cycle keep its guarantees, whatever crashes at whatever instant? Explores every run of the table"
                    + " that ships, or of a variant of it, against the job of the fake QEMU, with faults at every step.",
            "",
            "Prints a verdict for each guarantee, with its bounds, and the shortest story in which it goes wrong."
        })
final class CheckCommand implements Callable<Integer> {
    @Option(
            names = "--variant",
            paramLabel = "K=V",
            split = ",",
            description = "How the pivot is made: switch=complete|reopen|transaction-reopen, guest=paused|running,"
                    + " copy=background|write-blocking, evidence=reply[+graph][+witness][+concluded][+comparison],"
                    + " journal=before|after-reply|none. Default: what ships.")
    private List<String> variant = List.of();

    @Option(
            names = "--faults",
            paramLabel = "FAULT=N",
            split = ",",
            description = "How often each fault may come: mgr, qemu, cut, io, completion, switched, refusal, backlog,"
                    + " resume, cancel, dismiss, change, another; or none. Default: mgr=1,qemu=1,cut=1.")
    private List<String> faults = List.of("mgr=1", "qemu=1", "cut=1");

    @Option(
            names = "--requests",
            paramLabel = "N",
            description = "How many requests (pivot, cancel, force) the caller makes at most. Default: 2.")
    private int requests = 2;

    @Option(
            names = "--property",
            paramLabel = "S1",
            split = ",",
            description = "The guarantees that are asked for. Default: all.")
    private List<String> properties = List.of();

    @Option(names = "--threads", paramLabel = "N", description = "Default: one for each core.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--max-states", paramLabel = "N", description = "Stop, and say unknown, after so many states.")
    private long maxStates = Integer.MAX_VALUE;

    @Option(
            names = "--export",
            arity = "2",
            paramLabel = "promela FILE",
            description = "Write the question for SPIN into a file instead of answering it.")
    private List<String> export = List.of();

    private final PrintWriter out;
    private final PrintWriter err;

    CheckCommand(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() {
        Inquiry inquiry;
        Bounds bounds;
        try {
            inquiry = new Inquiry(Variant.of(variant), Inquiry.faults(faults), requests);
            if (!export.isEmpty()) {
                return export(inquiry);
            }
            bounds = Bounds.standard().withThreads(threads).withMaxStates(maxStates);
            return ask(inquiry, bounds);
        } catch (IllegalArgumentException e) {
            err.println("blockcopy-sim: " + e.getMessage());
            return ExitCode.USAGE.number();
        }
    }

    private int ask(Inquiry inquiry, Bounds bounds) {
        try (ConsoleWatch watch = new ConsoleWatch(err, System.console() != null)) {
            Answer answer = inquiry.ask(asked(), bounds, watch);
            out.print(AnswerText.of(answer));
            out.flush();
            return code(answer).number();
        }
    }

    private List<Property> asked() {
        return properties.isEmpty() ? Guarantees.SAFETY : Guarantees.named(properties);
    }

    private int export(Inquiry inquiry) {
        if (!export.get(0).equals("promela")) {
            throw new IllegalArgumentException(
                    "there is no export to '" + export.get(0) + "': say --export promela FILE");
        }
        try {
            Files.writeString(Path.of(export.get(1)), Promela.of(inquiry.question(asked())));
            return ExitCode.HOLDS.number();
        } catch (IOException e) {
            err.println("blockcopy-sim: " + export.get(1) + " can't be written: " + e.getMessage());
            return ExitCode.ENVIRONMENT.number();
        }
    }

    private static ExitCode code(Answer answer) {
        List<Finding> violated = answer.violated();
        if (!violated.isEmpty()) {
            return violated.stream()
                            .allMatch(finding -> finding.property().name().equals("L1"))
                    ? ExitCode.LIVENESS
                    : ExitCode.COUNTEREXAMPLE;
        }
        return answer.with(Verdict.UNKNOWN).isEmpty() ? ExitCode.HOLDS : ExitCode.UNKNOWN;
    }
}
