package dev.blockcopy.engine.command;

import dev.blockcopy.engine.CopyJobs;
import dev.blockcopy.engine.CopyRefusedException;
import dev.blockcopy.engine.CopyRefusedException.Kind;
import dev.blockcopy.engine.JobReport;
import dev.blockcopy.model.lifecycle.Facts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Settles what a dead owner left. */
@Command(
        name = "recover",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Settle what a dead owner left: each job is matched with what QEMU shows, and ends, goes on copying, or is in"
                    + " doubt.",
            "",
            "A job that copies on is left to QEMU again when this command ends. One that another process drives is left to"
                    + " that one, which a line says; copying there, it counts as done. The exit code is that of the worst"
                    + " end."
        },
        footer = {"", "Examples:", "  blockcopy recover", "  blockcopy recover copy-vda-5be0c3f1a2d4 --json"})
final class RecoverCommand implements Callable<Integer> {
    @Parameters(paramLabel = "JOB", arity = "0..1", description = "This one only. Default: all unfinished ones.")
    private String job;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = CopyOptions.DurationConverter.class,
            defaultValue = "30s",
            description = "How long to wait for a monitor that does not answer. Default: ${DEFAULT-VALUE}.")
    private Duration timeout;

    @Mixin
    private MonitorOption monitor;

    @Mixin(name = CommonOptions.NAME)
    private CommonOptions common;

    private final Surroundings surroundings;

    RecoverCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CopyRefusedException, InterruptedException, LeftAloneException {
        if (monitor.isGiven() && job == null) {
            throw new CopyRefusedException(Kind.INPUT, "--qmp is the monitor of one job: say which job");
        }
        Ending ending = new Ending("recover", common, surroundings);
        try (Copies copies = common.open(surroundings)) {
            List<String> ids = job == null ? WatchCommand.unfinished(copies) : List.of(job);
            if (ids.isEmpty()) {
                ending.warn("no job is unfinished");
            } else if (job != null) {
                monitor.applyTo(copies, job);
            }
            outwaitDeadOwners(copies, ids);
            copies.takeOver();
            List<JobReport> reports =
                    new Follower(copies, surroundings, common).follow(ids, Asked.IN_HAND, Optional.of(timeout));
            reports.stream()
                    .filter(RecoverCommand::isDrivenElsewhere)
                    .forEach(report -> ending.warn(report.id() + ": " + report.owner()
                            + " drives it, so it was left to that one and not matched with QEMU"));
            reports.stream()
                    .filter(report -> !Asked.IN_HAND.isReached(report) && !isDrivenElsewhere(report))
                    .forEach(report -> ending.warn(report.id() + ": " + unsettled(report)));
            return ending.of(reports, RecoverCommand::judge);
        }
    }

    /** A lease outlives a dead owner for a moment; whoever still has it then is alive. */
    private void outwaitDeadOwners(Copies copies, List<String> ids) throws CopyRefusedException, InterruptedException {
        long end = surroundings.nanoTime().getAsLong() + CopyJobs.OWNER_SILENCE_MAX.toNanos();
        for (String id : ids) {
            long left = Math.max(0, end - surroundings.nanoTime().getAsLong());
            copies.await(id, report -> !isDrivenElsewhere(report), Duration.ofNanos(left));
        }
    }

    private static boolean isDrivenElsewhere(JobReport report) {
        return !report.hasEnded() && !report.owner().isEmpty() && !report.isDrivenHere();
    }

    private static String unsettled(JobReport report) {
        return report.job().facts().get(Facts.ONLINE)
                ? "still " + report.state() + " when the time was up (--timeout)"
                : "no QEMU answered on " + report.job().spec().monitor()
                        + " in time (--timeout), so nothing was settled: recover it once one does"
                        + (Follower.isPausing(report) ? "; THE GUEST IS PAUSED UNTIL THEN" : "");
    }

    private static ExitCode judge(JobReport report) {
        return Asked.IN_HAND.isReached(report) ? Asked.IN_HAND.judge(report) : ExitCode.ENVIRONMENT;
    }
}
