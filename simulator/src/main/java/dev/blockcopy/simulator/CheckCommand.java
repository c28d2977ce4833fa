package dev.blockcopy.simulator;

import dev.blockcopy.engine.command.Quantities;
import dev.blockcopy.simulator.check.Bounds;
import dev.blockcopy.simulator.check.Finding;
import dev.blockcopy.simulator.check.Property;
import dev.blockcopy.simulator.check.Question;
import dev.blockcopy.simulator.check.ReplayDivergedException;
import dev.blockcopy.simulator.check.Trace;
import dev.blockcopy.simulator.check.Verdict;
import dev.blockcopy.simulator.check.Watch;
import dev.blockcopy.simulator.export.Promela;
import dev.blockcopy.simulator.export.Tla;
import dev.blockcopy.simulator.world.Answer;
import dev.blockcopy.simulator.world.AnswerFiles;
import dev.blockcopy.simulator.world.AnswerText;
import dev.blockcopy.simulator.world.Guarantees;
import dev.blockcopy.simulator.world.Inquiry;
import dev.blockcopy.simulator.world.Matrix;
import dev.blockcopy.simulator.world.Variant;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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
            description =
                    "How the pivot is made: switch=complete|reopen|transaction-reopen, guest=paused|running|pending-first,"
                            + " copy=background|write-blocking, evidence=reply[+graph][+witness][+concluded][+comparison],"
                            + " journal=before|after-reply|none. Default: what ships.")
    private List<String> variant = List.of();

    @Option(
            names = "--faults",
            paramLabel = "FAULT=N",
            split = ",",
            description =
                    "How often each fault may come: mgr, qemu, cut, io, completion, switched, refusal, open-dst, open-src, witness, backlog,"
                            + " resume, cancel, dismiss, change, another; or none. Default: mgr=1,qemu=1,cut=1.")
    private List<String> faults = List.of("mgr=1", "qemu=1", "cut=1");

    @Option(
            names = "--requests",
            paramLabel = "N",
            description = "How many requests (pivot, cancel, force) the caller makes at most. Default: 2.")
    private int requests = 2;

    @Option(
            names = "--disks",
            paramLabel = "N",
            description = "How many disks of the domain are copied at a time, 1 to 3; of several, from where all jobs"
                    + " stream. Default: 1.")
    private int disks = 1;

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
            paramLabel = "promela|tla FILE",
            hideParamSyntax = true,
            description =
                    "Write the question for SPIN or TLC into a file instead of answering it (with tla a .cfg beside it);"
                            + " L1 only where --property asks for nothing else.")
    private List<String> export = List.of();

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            description = "Stop, and say unknown, when the states take so much: bytes, or 512MiB, 4G. Default: 60 %% of"
                    + " what the JVM may take.")
    private String memory;

    @Option(
            names = "--replay",
            paramLabel = "TOKEN",
            description =
                    "Take a run again, by the token that this question printed behind it (of L1 with --property L1).")
    private String token;

    @Option(names = "--matrix", description = "Ask the standard matrix instead: pinned variants under pinned faults.")
    private boolean matrix;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Where a report in HTML, and a trace and a chart in Mermaid of each run that breaks a guarantee,"
                            + " are written to; of the matrix, index.html and verdicts.md, and all of that for each row.")
    private Path directory;

    @Option(names = "--json", description = "Print the verdicts as one JSON document.")
    private boolean json;

    @Option(names = "--junit-xml", paramLabel = "FILE", description = "Write the verdicts as a report of JUnit, too.")
    private Path junitXml;

    @Option(names = "--progress", description = "Show how far it has come also where standard error is no terminal.")
    private boolean progress;

    private final PrintWriter out;
    private final PrintWriter err;

    CheckCommand(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() {
        try {
            makeRoom();
            return (matrix ? askMatrix() : ask()).number();
        } catch (IllegalArgumentException e) {
            err.println("blockcopy-sim: " + e.getMessage());
            return ExitCode.USAGE.number();
        } catch (IOException e) {
            err.println("blockcopy-sim: can't write " + Reasons.of(firstFile(), e));
            return ExitCode.ENVIRONMENT.number();
        }
    }

    private Path firstFile() {
        return directory != null ? directory : junitXml != null ? junitXml : Path.of(export.get(1));
    }

    /** What can't be written is said before anybody waits for an answer. */
    private void makeRoom() throws IOException {
        if (directory != null) {
            Files.createDirectories(directory);
        }
        if (junitXml != null) {
            Files.writeString(junitXml, "");
        }
    }

    private ExitCode ask() throws IOException {
        try (ConsoleWatch watch = new ConsoleWatch(err, progress || System.console() != null)) {
            return ask(watch);
        }
    }

    private ExitCode ask(ConsoleWatch watch) throws IOException {
        if (requests < 0) {
            throw new IllegalArgumentException("--requests " + requests + ": say 0 or more");
        }
        Inquiry inquiry = new Inquiry(Variant.of(variant), Inquiry.faults(faults), requests, disks);
        List<String> names = properties.isEmpty() ? Guarantees.names() : properties;
        List<Answer> answers = new ArrayList<>();
        List<Property> safety = Guarantees.named(
                names.stream().filter(name -> !name.equalsIgnoreCase("L1")).toList());
        if (!export.isEmpty()) {
            export(inquiry, safety);
            return ExitCode.HOLDS;
        }
        if (token != null) {
            return replay(safety.isEmpty() ? inquiry.questionOfTheEnd() : inquiry.question(safety));
        }
        if (!safety.isEmpty()) {
            answers.add(inquiry.ask(safety, bounds(), watch));
        }
        if (names.stream().anyMatch("L1"::equalsIgnoreCase)) {
            answers.add(inquiry.askForTheEnd(bounds(), watch));
        }
        out.print(json ? AnswerFiles.json(answers) : AnswerText.of(answers));
        out.flush();
        if (directory != null) {
            AnswerFiles.write(directory, answers);
        }
        if (junitXml != null) {
            Files.writeString(junitXml, AnswerFiles.junitXml(answers));
        }
        return code(answers.stream()
                .flatMap(answer -> answer.result().findings().stream())
                .toList());
    }

    private ExitCode replay(Question question) {
        Trace run = Trace.parse(token);
        try {
            AnswerFiles.Replayed replayed = AnswerFiles.replay(question, run);
            out.print(replayed.text());
            out.flush();
            return replayed.isBroken() ? ExitCode.COUNTEREXAMPLE : ExitCode.HOLDS;
        } catch (ReplayDivergedException e) {
            err.println("blockcopy-sim: the token is not of this question: " + e.getMessage());
            return ExitCode.DIVERGED;
        }
    }

    private Bounds bounds() {
        if (threads < 1) {
            throw new IllegalArgumentException("--threads " + threads + ": say 1 or more");
        }
        if (maxStates < 1) {
            throw new IllegalArgumentException("--max-states " + maxStates + ": say 1 or more");
        }
        Bounds bounds = Bounds.standard().withThreads(threads).withMaxStates(maxStates);
        return memory == null ? bounds : bounds.withMemoryBytes(Quantities.size(memory));
    }

    private void export(Inquiry inquiry, List<Property> safety) throws IOException {
        Question question = safety.isEmpty() ? inquiry.questionOfTheEnd() : inquiry.question(safety);
        Path file = Path.of(export.get(1));
        switch (export.get(0)) {
            case "promela" -> Files.writeString(file, Promela.of(question));
            case "tla" -> exportTla(file, question);
            default ->
                throw new IllegalArgumentException("there is no export to '" + export.get(0)
                        + "': say --export promela FILE or --export tla FILE");
        }
    }

    private static void exportTla(Path file, Question question) throws IOException {
        String name = file.getFileName().toString().replaceFirst("[.]tla$", "");
        Tla.Files files = Tla.of(name, question);
        Files.writeString(file.resolveSibling(name + ".tla"), files.module());
        Files.writeString(file.resolveSibling(name + ".cfg"), files.configuration());
    }

    private ExitCode askMatrix() throws IOException {
        out.println(Matrix.head());
        List<Matrix.Asked> all = new ArrayList<>();
        Bounds each = bounds().withThreads(1);
        try (Stream<Matrix.Asked> rows = InOrder.map(Matrix.ROWS, threads, row -> Matrix.ask(row, each, Watch.NONE))) {
            rows.forEach(asked -> {
                out.println(Matrix.line(asked));
                out.flush();
                all.add(asked);
            });
        }
        if (directory != null) {
            AnswerFiles.writeMatrix(directory, all);
        }
        boolean isUnknown = all.stream()
                .flatMap(asked -> asked.verdicts().stream())
                .anyMatch(finding -> finding.verdict() == Verdict.UNKNOWN);
        return isUnknown ? ExitCode.UNKNOWN : ExitCode.HOLDS;
    }

    private static ExitCode code(List<Finding> findings) {
        List<String> violated = findings.stream()
                .filter(finding -> finding.verdict() == Verdict.VIOLATED)
                .map(finding -> finding.property().name())
                .toList();
        if (!violated.isEmpty()) {
            return violated.equals(List.of("L1")) ? ExitCode.LIVENESS : ExitCode.COUNTEREXAMPLE;
        }
        boolean isUnknown = findings.stream().anyMatch(finding -> finding.verdict() == Verdict.UNKNOWN);
        return isUnknown ? ExitCode.UNKNOWN : ExitCode.HOLDS;
    }
}
