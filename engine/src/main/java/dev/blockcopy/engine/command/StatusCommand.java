package dev.blockcopy.engine.command;

import dev.blockcopy.engine.CopyRefusedException;
import dev.blockcopy.engine.CopySpec;
import dev.blockcopy.engine.JobReport;
import dev.blockcopy.engine.JournalLine;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows one job and its way through the states. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Show a job as it was last written down, and its way through the states.",
        footer = {"", "Example:", "  blockcopy status copy-vda-5be0c3f1a2d4"})
final class StatusCommand implements Callable<Integer> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");

    @Parameters(paramLabel = "JOB", description = "The job; @|bold blockcopy jobs|@ lists them.")
    private String job;

    @Mixin
    private MonitorOption monitor;

    @Mixin(name = CommonOptions.NAME)
    private CommonOptions common;

    private final Surroundings surroundings;

    StatusCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CopyRefusedException {
        try (Copies copies = common.open(surroundings)) {
            monitor.applyTo(copies, job);
            JobReport report = copies.find(job);
            List<JournalLine> journal = copies.journalOf(job);
            if (common.json()) {
                document(report, journal);
            } else {
                tell(report, journal, copies.driverOf(job));
            }
            return ExitCode.DONE.number();
        }
    }

    private void document(JobReport report, List<JournalLine> journal) {
        Map<String, Object> own = new LinkedHashMap<>();
        own.put("job", Documents.JOB.of(report));
        own.put("journal", journal.stream().map(Documents.STEP::of).toList());
        new Ending("status", common, surroundings).document(ExitCode.DONE, own);
    }

    private void tell(JobReport report, List<JournalLine> journal, String driver) {
        PrintWriter out = surroundings.out();
        new Ending("status", common, surroundings).tell(report);
        CopySpec spec = report.job().spec();
        line("disk", spec.disk() + " on " + spec.monitor());
        line(
                "source",
                spec.source().file() + " (" + spec.source().format() + ", "
                        + Quantities.bytes(spec.source().virtualSizeBytes()) + ")");
        line(
                "destination",
                spec.destination().path() + " ("
                        + spec.destination().format().name().toLowerCase(java.util.Locale.ROOT) + ")");
        if (!report.isSettled()) {
            line("progress", ProgressText.line(report));
            line("driven by", driver);
        }
        out.println("way through the states:");
        journal.forEach(step -> out.println(step(step)));
    }

    private void line(String name, String text) {
        surroundings.out().println(String.format("  %-13s %s", name, text));
    }

    private static String step(JournalLine line) {
        String from = line.from().isEmpty() ? "" : line.from() + " ";
        String effect = line.effect().isEmpty() ? "" : " " + line.effect();
        return "  " + TIME.format(line.at().atZone(ZoneId.systemDefault())) + "  " + from + "on " + line.trigger()
                + " -> " + line.to() + effect + ": " + line.because();
    }
}
