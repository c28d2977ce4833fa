package dev.blockcopy.engine.command;

import dev.blockcopy.engine.CopyRefusedException;
import dev.blockcopy.model.lifecycle.Trigger;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Ends a job on the destination. */
@Command(
        name = "pivot",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Move the guest to the copy, and wait for that.",
            "",
            "The job must be mirroring. The guest is paused for some milliseconds, unless the copy was started with"
                    + " --no-pause. Should QEMU refuse, the job goes on mirroring."
        },
        footer = {"", "Example:", "  blockcopy pivot copy-vda-5be0c3f1a2d4"})
final class PivotCommand implements Callable<Integer> {
    @Parameters(paramLabel = "JOB", description = "The job; @|bold blockcopy jobs|@ lists them.")
    private String job;

    @Mixin
    private LimitOption limit;

    @Mixin
    private MonitorOption monitor;

    @Mixin(name = CommonOptions.NAME)
    private CommonOptions common;

    private final Surroundings surroundings;

    PivotCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CopyRefusedException, InterruptedException, LeftAloneException {
        return new Request("pivot", Trigger.PIVOT, Asked.PIVOT, common, surroundings)
                .carryOut(job, monitor, false, limit.limit());
    }
}
