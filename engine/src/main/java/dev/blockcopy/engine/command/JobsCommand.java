package dev.blockcopy.engine.command;

import dev.blockcopy.engine.JobReport;
import dev.blockcopy.model.lifecycle.JobState;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the jobs of a store. */
@Command(
        name = "jobs",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "List the jobs of the store, the oldest first, as they were last written down.",
        footer = {"", "Example:", "  blockcopy jobs --json"})
final class JobsCommand implements Callable<Integer> {
    private static final List<String> HEADS = List.of("ID", "DISK", "PHASE", "DONE", "RATE", "OWNER", "DESTINATION");

    @Mixin(name = CommonOptions.NAME)
    private CommonOptions common;

    private final Surroundings surroundings;

    JobsCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        try (Copies copies = common.open(surroundings)) {
            List<JobReport> jobs = copies.list();
            if (common.json()) {
                new Ending("jobs", common, surroundings)
                        .document(
                                ExitCode.DONE,
                                Map.of(
                                        "jobs",
                                        jobs.stream().map(Documents.JOB::of).toList()));
            } else if (!jobs.isEmpty()) {
                Table.print(HEADS, jobs.stream().map(JobsCommand::row).toList(), surroundings.out());
            }
            return ExitCode.DONE.number();
        }
    }

    private static List<String> row(JobReport report) {
        return List.of(
                report.id(),
                report.job().spec().disk(),
                report.phase().name(),
                done(report),
                rate(report),
                report.owner().isEmpty() ? "-" : report.owner(),
                report.job().spec().destination().path().toString());
    }

    private static String done(JobReport report) {
        return switch (report.phase()) {
            case STREAMING -> ProgressText.percent(report.progress()) + "%";
            case MIRRORING -> "ready";
            default -> "-";
        };
    }

    private static String rate(JobReport report) {
        boolean moves = report.phase() == JobState.STREAMING && !report.owner().isEmpty();
        return moves ? Quantities.bytesPerSecond(report.progress().bytesPerSecond()) : "-";
    }
}
