package dev.blockcopy.engine.command;

import dev.blockcopy.engine.CopyRefusedException;
import dev.blockcopy.engine.CopyRequest;
import dev.blockcopy.engine.CopySpec;
import dev.blockcopy.engine.JobReport;
import dev.blockcopy.model.lifecycle.Facts.Wish;
import dev.blockcopy.model.lifecycle.Trigger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts a copy, and waits for as much of it as was asked for. */
@Command(
        name = "copy",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Copy the disk of a running guest.",
            "",
            "Without --wait, --pivot or --finish the command ends as soon as QEMU copies; nobody watches the job then,"
                    + " until @|bold blockcopy watch|@ does."
        },
        footer = {
            "",
            "Ctrl-C leaves the job as it is, and tells how to go on.",
            "",
            "Examples:",
            "  blockcopy copy --qmp /run/vm1.qmp --disk vda --dest /new/vm1.qcow2 --format qcow2 --pivot",
            "  blockcopy copy --qmp /run/vm1.qmp --disk drive0 --dest /backup/vm1.raw --format raw --finish \\",
            "      --bandwidth 50MiB/s",
            "  blockcopy copy --qmp /run/vm1.qmp --disk node1 --dest /dev/vg/vm1 --format raw --wait \\",
            "      --reuse-external"
        })
final class CopyCommand implements Callable<Integer> {
    /** What to do once the job is ready. */
    static final class End {
        @Option(names = "--pivot", description = "Move the guest to the copy as soon as it is ready; wait for that.")
        private boolean pivot;

        @Option(
                names = "--finish",
                description = "Stay on the source as soon as the copy is ready, and keep the copy of that moment; wait"
                        + " for that.")
        private boolean finish;
    }

    @Mixin
    private CopyOptions options;

    @Option(names = "--wait", description = "Wait until the job mirrors.")
    private boolean wait;

    @ArgGroup
    private End end = new End();

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = CopyOptions.DurationConverter.class,
            description = "Wait so long at the most (implies --wait), then cancel the job.")
    private Duration timeout;

    @Mixin(name = CommonOptions.NAME)
    private CommonOptions common;

    private final Surroundings surroundings;

    CopyCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CopyRefusedException, InterruptedException, LeftAloneException {
        CopyRequest request = options.request(wish());
        Ending ending = new Ending("copy", common, surroundings);
        try (Copies copies = common.openOrMake(surroundings)) {
            Follower follower = new Follower(copies, surroundings, common);
            String id = start(copies, request, follower);
            ending.warn(id + ": started");
            if (request.pendingFirst()) {
                ending.warn(
                        "pending first: QEMU 7.2 was seen to abort at the switch where a write of the guest was waiting;"
                                + " should that happen, the source is the disk");
            }
            JobReport report = follower.follow(id, asked(), Optional.ofNullable(timeout));
            if (!asked().isReached(report)) {
                report = timedOut(copies, follower, ending, id);
            }
            return ending.of(report, asked().judge(report));
        }
    }

    private static String start(Copies copies, CopyRequest request, Follower follower)
            throws CopyRefusedException, InterruptedException, LeftAloneException {
        try {
            return copies.start(request);
        } catch (InterruptedException e) {
            List<String> begun = copies.list().stream()
                    .filter(report -> isOf(report, request))
                    .map(JobReport::id)
                    .toList();
            if (begun.isEmpty()) {
                throw e;
            }
            throw follower.leave(begun);
        }
    }

    private static boolean isOf(JobReport report, CopyRequest request) {
        CopySpec spec = report.job().spec();
        return !report.hasEnded()
                && spec.monitor().equals(request.monitor())
                && spec.destination().path().equals(request.destination());
    }

    /** What is under way can end as asked all the same; the end is judged, not the clock. */
    private JobReport timedOut(Copies copies, Follower follower, Ending ending, String id)
            throws CopyRefusedException, InterruptedException, LeftAloneException {
        ending.warn(id + ": not done in time, so it is cancelled");
        copies.ask(id, Trigger.CANCEL);
        return follower.follow(id, Asked.AS_WISHED, Optional.empty());
    }

    private Wish wish() {
        if (end.pivot) {
            return Wish.PIVOT;
        }
        return end.finish ? Wish.FINISH : Wish.STAY;
    }

    private Asked asked() {
        return switch (wish()) {
            case PIVOT -> Asked.PIVOT;
            case FINISH -> Asked.FINISH;
            case STAY -> wait || timeout != null ? Asked.MIRROR : Asked.BEGIN;
        };
    }
}
