package dev.blockcopy.qemufake;

import java.util.List;
import java.util.stream.LongStream;

/** When a job may take each {@link JobStep}, what that needs of the host, and what it does to the data. */
final class JobSteps {
    private JobSteps() {}

    static boolean mayTake(QemuState q, Job job, JobStep step) {
        return switch (step) {
            case ABORT, REST, START -> isEnabled(job, step);
            case SYNCHRONISE -> isEnabled(job, step) && isAwake(q, job);
            case CONVERGE -> isEnabled(job, step) && mayEnd(q, job);
            case FLUSH -> isEnabled(job, JobStep.SEND) && job.dirty.isEmpty() && mustFlush(q, job) && isAwake(q, job);
            case SEND ->
                isEnabled(job, step) && !job.dirty.isEmpty() && !isEndless(job) && isAwake(q, job) && !q.isDraining();
            case COPY -> isEnabled(job, step) && (dueMicros(job) <= q.nowMicros || q.isDraining());
        };
    }

    private static boolean isEnabled(Job job, JobStep step) {
        return job.own(step) != null;
    }

    /** QEMU flushes before a job is ready and before it ends, and not in between. */
    private static boolean mustFlush(QemuState q, Job job) {
        return job.isUnflushed && (!job.isIdling() || q.reopen != null);
    }

    /** A backup that has saved all does not sleep first (scenario n40). */
    private static boolean mayEnd(QemuState q, Job job) {
        return (isAwake(q, job) || job.is(JobPlaces.BACKS_UP)) && !isEndless(job);
    }

    /** A backup of no more than what will be overwritten is never done; a cancel ends it. */
    private static boolean isEndless(Job job) {
        return job.is(JobPlaces.BACKS_UP) && job.mirror.sync().equals("none");
    }

    /** Neither paused nor put to sleep by the limit on its speed. */
    static boolean isLooking(QemuState q, Job job) {
        return !job.is(JobPlaces.PAUSED) && isAwake(q, job);
    }

    private static boolean isAwake(QemuState q, Job job) {
        return job.isIdling() || job.asleepUntilMicros <= q.nowMicros;
    }

    private static long dueMicros(Job job) {
        return job.flight.isEmpty() ? 0 : job.flight.get(0).dueMicros();
    }

    /** When jobs next have something to do that only time keeps them from. */
    static LongStream wakesAtMicros(QemuState q) {
        return q.jobs.stream()
                .filter(job -> job.isBlockJob() && job.isWorking())
                .mapToLong(job -> job.flight.isEmpty() ? job.asleepUntilMicros : dueMicros(job));
    }

    static HostWork work(QemuState q, Job job, JobStep step) {
        return switch (step) {
            case ABORT, REST, SYNCHRONISE, SEND -> HostWork.NONE;
            case CONVERGE -> Pivot.isMeant(job) && job.settings.autoFinalize() ? Pivot.work(q, job) : HostWork.NONE;
            case START -> job.isBlockJob() ? look(q, job) : HostWork.NONE;
            case FLUSH -> Carrying.flushWork(q, job);
            case COPY -> Carrying.work(q, job);
        };
    }

    /** What has to be known before it is known what there is to carry. */
    private static HostWork look(QemuState q, Job job) {
        return switch (job.mirror.sync()) {
            case "top" -> new HostWork.Allocated(q.graph.image(job.mirror.source()));
            case JobSettings.COMMIT -> CommitCommand.look(q, job);
            default -> HostWork.NONE;
        };
    }

    static void take(QemuState q, Job job, JobStep step, HostResult result) {
        switch (step) {
            case START -> start(q, job, result);
            case ABORT, REST, SYNCHRONISE -> JobTurns.own(q, job, step);
            case CONVERGE -> converge(q, job, result);
            case FLUSH -> Carrying.flushed(q, job, result);
            case SEND -> Carrying.send(q, job);
            case COPY -> Carrying.land(q, job, result);
        }
    }

    private static void converge(QemuState q, Job job, HostResult result) {
        if (Pivot.isMeant(job) && job.settings.autoFinalize()) {
            Pivot.take(q, job, result, () -> JobTurns.own(q, job, JobStep.CONVERGE));
        } else {
            JobTurns.own(q, job, JobStep.CONVERGE);
        }
    }

    /** Sizes are compared only now, after the command was answered. */
    static void start(QemuState q, Job job, HostResult result) {
        JobTurns.own(q, job, JobStep.START);
        if (!job.isBlockJob()) {
            return;
        }
        long size = q.graph.node(job.mirror.source()).size();
        if (size != q.graph.node(job.mirror.target()).size()) {
            job.error = "Source and target image have different sizes";
            JobTurns.take(q, job, JobHeart.FAILURES.get(JobFailure.REPORTED));
        } else if (result instanceof HostResult.Failed failed) {
            JobErrors.onIo(q, job, failed);
        } else if (!mapped(result).isEmpty()) {
            mapped(result)
                    .forEach(mapped -> mapped.ranges().forEach(range -> job.mark(range.start(), range.length(), size)));
        } else if (job.bitmap != null && job.bitmap.isAll()) {
            q.bitmaps
                    .find(job.mirror.source(), job.bitmap.name())
                    .frozen()
                    .ranges()
                    .forEach(range -> job.mark(range.start(), range.length(), size));
        } else if (!job.mirror.sync().equals("none") || isEndless(job)) {
            job.dirty = Extents.of(0, size);
        }
        job.count();
        job.lookBehind();
    }

    private static List<HostResult.Mapped> mapped(HostResult result) {
        List<HostResult> results = result instanceof HostResult.All all ? all.results() : List.of(result);
        return results.stream()
                .filter(HostResult.Mapped.class::isInstance)
                .map(HostResult.Mapped.class::cast)
                .toList();
    }

    /** The steps of these kinds that a job takes by itself, the most urgent first. */
    static List<JobStep> ofKind(boolean isPrompt) {
        return List.of(JobStep.values()).stream()
                .filter(step -> step.isPrompt() == isPrompt)
                .toList();
    }
}
