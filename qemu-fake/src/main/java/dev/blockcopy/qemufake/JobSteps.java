package dev.blockcopy.qemufake;

import dev.blockcopy.model.qmp.JobStatus;
import java.util.List;

/** When a job may take each {@link JobStep}, what that needs of the host, and what it does to the data. */
final class JobSteps {
    private static final long MICROS = 1_000_000;
    /** What goes over in one move, so that commands come in between. */
    private static final long PIECE = 1 << 20;

    private JobSteps() {}

    static boolean mayTake(QemuState q, Job job, JobStep step) {
        return switch (step) {
            case ABORT, START, SYNCHRONISE, CONVERGE ->
                job.enabled(JobHeart.OWN.get(step)).isPresent();
            case FLUSH -> mayCarry(job) && job.dirty.isEmpty();
            case COPY -> mayCarry(job) && !job.dirty.isEmpty() && isAwake(q, job);
        };
    }

    private static boolean mayCarry(Job job) {
        return job.enabled(JobHeart.OWN.get(JobStep.COPY)).isPresent();
    }

    /** While ready the limit on the speed is not applied. */
    private static boolean isAwake(QemuState q, Job job) {
        return job.status() == JobStatus.READY || job.asleepUntilMicros <= q.nowMicros;
    }

    static HostWork work(QemuState q, Job job, JobStep step) {
        return switch (step) {
            case ABORT, SYNCHRONISE, CONVERGE -> HostWork.NONE;
            case START ->
                job.isMirror() && job.mirror.sync().equals("top")
                        ? new HostWork.Allocated(q.graph.image(job.mirror.source()))
                        : HostWork.NONE;
            case FLUSH -> new HostWork.Flush(q.graph.image(job.mirror.target()));
            case COPY -> {
                Extents.Range chunk = chunk(job);
                yield new HostWork.Copy(
                        q.graph.image(job.mirror.source()),
                        q.graph.image(job.mirror.target()),
                        chunk.start(),
                        chunk.length());
            }
        };
    }

    static Extents.Range chunk(Job job) {
        return job.dirty.first(Math.min(PIECE, job.mirror.bufSize()));
    }

    static void take(QemuState q, Job job, JobStep step, HostResult result) {
        if (result instanceof HostResult.Failed failed) {
            JobErrors.onTarget(q, job, failed);
            return;
        }
        switch (step) {
            case START -> start(q, job, result);
            case ABORT, SYNCHRONISE, CONVERGE -> JobTurns.own(q, job, step);
            case FLUSH -> flushed(job);
            case COPY -> copied(q, job);
        }
    }

    /** Sizes are compared only now, after the command was answered. */
    static void start(QemuState q, Job job, HostResult result) {
        JobTurns.own(q, job, JobStep.START);
        if (!job.isMirror()) {
            return;
        }
        long size = q.graph.node(job.mirror.source()).size();
        if (size != q.graph.node(job.mirror.target()).size()) {
            job.error = "Source and target image have different sizes";
            JobTurns.take(q, job, JobHeart.FAILURES.get(JobFailure.REPORTED));
        } else if (result instanceof HostResult.Mapped mapped) {
            mapped.ranges().forEach(range -> job.mark(range.start(), range.length(), size));
        } else if (!job.mirror.sync().equals("none")) {
            job.dirty = Extents.of(0, size);
        }
        job.lookBehind();
    }

    private static void flushed(Job job) {
        job.isUnflushed = false;
        job.lookBehind();
    }

    private static void copied(QemuState q, Job job) {
        Extents.Range chunk = chunk(job);
        job.dirty = job.dirty.without(chunk);
        job.offset += chunk.length();
        job.isUnflushed = true;
        job.lookBehind();
        job.awake += chunk.length();
        if (job.awake >= job.mirror.bufSize()) {
            sleep(q, job);
        }
    }

    /** The limit is applied after a whole buffer, whatever it is. */
    private static void sleep(QemuState q, Job job) {
        if (job.speed > 0) {
            long from = Math.max(job.asleepUntilMicros, q.nowMicros);
            job.asleepUntilMicros = from + (long) (job.awake * (double) MICROS / job.speed);
        }
        job.awake = 0;
    }

    /** The steps of these kinds that a job takes by itself, the most urgent first. */
    static List<JobStep> ofKind(boolean isPrompt) {
        return List.of(JobStep.values()).stream()
                .filter(step -> step.isPrompt() == isPrompt)
                .toList();
    }
}
