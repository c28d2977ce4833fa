package dev.blockcopy.engine.command;

import dev.blockcopy.engine.CopyRefusedException;
import dev.blockcopy.model.lifecycle.Trigger;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Ends a job on the source. */
@Command(
        name = "abort",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Leave the guest on the source, and wait for the end of the job.",
            "",
            "A job that mirrors leaves a point-in-time copy; one that streams leaves nothing of worth."
        },
        footer = {
            "",
            "Examples:",
            "  blockcopy abort copy-vda-5be0c3f1a2d4",
            "  blockcopy abort --only-if-ready nightly && mv /backup/vm1.new /backup/vm1.raw"
        })
final class AbortCommand implements Callable<Integer> {
    /** How it is to end. */
    static final class Manner {
        @Option(
                names = "--force",
                description = "At once, also out of a pivot that hangs; what the copy is worth can't be told then.")
        private boolean force;

        @Option(names = "--only-if-ready", description = "Only if that leaves a point-in-time copy; else go on.")
        private boolean onlyIfReady;
    }

    @Parameters(paramLabel = "JOB", description = "The job; @|bold blockcopy jobs|@ lists them.")
    private String job;

    @ArgGroup
    private Manner manner = new Manner();

    @Option(
            names = "--async",
            description = "Don't wait for the end. (If nobody drives the job, this command does, and waits.)")
    private boolean async;

    @Mixin
    private LimitOption limit;

    @Mixin
    private MonitorOption monitor;

    @Mixin(name = CommonOptions.NAME)
    private CommonOptions common;

    private final Surroundings surroundings;

    AbortCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CopyRefusedException, InterruptedException, LeftAloneException {
        Asked asked = manner.onlyIfReady ? Asked.FINISH : Asked.ABORT;
        return new Request("abort", trigger(), asked, common, surroundings)
                .carryOut(job, monitor, async, limit.limit());
    }

    private Trigger trigger() {
        if (manner.force) {
            return Trigger.FORCE;
        }
        return manner.onlyIfReady ? Trigger.CANCEL_IF_READY : Trigger.CANCEL;
    }
}
