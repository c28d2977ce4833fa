package dev.blockcopy.engine.command;

import dev.blockcopy.engine.CopyRefusedException;
import dev.blockcopy.engine.JobReport;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Drives what is unfinished to its end. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Drive all unfinished jobs of the store until they end or are in doubt, and show how far they are.",
            "",
            "Jobs that another process drives are only shown, and taken over should that process die. The exit code is"
                    + " that of the worst end."
        },
        footer = {"", "Example:", "  blockcopy watch"})
final class WatchCommand implements Callable<Integer> {
    @Parameters(paramLabel = "JOB", arity = "0..*", description = "Wait for these only. Default: all unfinished ones.")
    private List<String> jobs = List.of();

    @Mixin(name = CommonOptions.NAME)
    private CommonOptions common;

    private final Surroundings surroundings;

    WatchCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CopyRefusedException, InterruptedException, LeftAloneException {
        Ending ending = new Ending("watch", common, surroundings);
        try (Copies copies = common.open(surroundings)) {
            List<String> ids = jobs.isEmpty() ? unfinished(copies) : jobs;
            if (ids.isEmpty()) {
                ending.warn("no job is unfinished");
            }
            copies.takeOver();
            List<JobReport> reports =
                    new Follower(copies, surroundings, common).follow(ids, Asked.AS_WISHED, Optional.empty());
            return ending.of(reports, Asked.AS_WISHED::judge);
        }
    }

    static List<String> unfinished(Copies copies) {
        return copies.list().stream()
                .filter(report -> !report.hasEnded())
                .map(JobReport::id)
                .toList();
    }
}
