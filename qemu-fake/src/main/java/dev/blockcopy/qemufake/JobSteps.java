package dev.blockcopy.qemufake;

import static dev.blockcopy.model.qmp.JobStatus.READY;
import static dev.blockcopy.model.qmp.JobStatus.RUNNING;

/** When a job may take each {@link JobStep}, what that needs of the host, and what it changes. */
final class JobSteps {
    private static final long MICROS = 1_000_000;

    private JobSteps() {}

    static boolean mayTake(QemuState q, Job job, JobStep step) {
        return switch (step) {
            case ABORT -> isActive(job) && (job.isForced || job.error != null);
            case START -> isActive(job) && !job.isStarted;
            case FLUSH -> job.isMirror() && job.isWorking() && job.dirty.isEmpty() && job.isUnflushed;
            case SYNCHRONISE -> job.isMirror() && job.isWorking() && job.status == RUNNING && isClean(job);
            case CONVERGE ->
                job.isMirror()
                        ? job.isWorking() && job.status == READY && isClean(job) && isAskedToEnd(job)
                        : job.isWorking();
            case COPY -> job.isMirror() && job.isWorking() && !job.dirty.isEmpty() && isAwake(q, job);
        };
    }

    private static boolean isActive(Job job) {
        return job.status == RUNNING || job.status == READY;
    }

    private static boolean isClean(Job job) {
        return job.dirty.isEmpty() && !job.isUnflushed;
    }

    private static boolean isAskedToEnd(Job job) {
        return job.isCompleteAsked || job.isCancelAsked;
    }

    /** While ready the limit on the speed is not applied (QEMU.md section 4, l14d). */
    private static boolean isAwake(QemuState q, Job job) {
        return job.status == READY || job.asleepUntilMicros <= q.nowMicros;
    }

    static HostWork work(QemuState q, Job job, JobStep step) {
        return switch (step) {
            case ABORT, START, SYNCHRONISE, CONVERGE -> HostWork.NONE;
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

    private static Extents.Range chunk(Job job) {
        return job.dirty.first(job.mirror.bufSize());
    }

    static void take(QemuState q, Job job, JobStep step, HostResult result) {
        if (result instanceof HostResult.Failed failed) {
            JobErrors.onTarget(q, job, failed);
            return;
        }
        switch (step) {
            case ABORT -> JobEnd.abort(q, job);
            case START -> start(q, job);
            case FLUSH -> job.isUnflushed = false;
            case SYNCHRONISE -> synchronise(q, job);
            case CONVERGE -> JobEnd.converge(q, job);
            case COPY -> copied(q, job);
        }
    }

    /** Sizes are compared only now, after the command was answered (QEMU.md section 0, fact 6). */
    static void start(QemuState q, Job job) {
        job.isStarted = true;
        if (!job.isMirror()) {
            return;
        }
        long size = q.graph.node(job.mirror.source()).size();
        if (size != q.graph.node(job.mirror.target()).size()) {
            job.error = "Source and target image have different sizes";
        } else if (!job.mirror.sync().equals("none")) {
            job.dirty = Extents.of(0, size);
        }
    }

    private static void copied(QemuState q, Job job) {
        Extents.Range chunk = chunk(job);
        job.dirty = job.dirty.without(chunk);
        job.offset += chunk.length();
        job.isUnflushed = true;
        if (job.speed > 0) {
            long from = Math.max(job.asleepUntilMicros, q.nowMicros);
            job.asleepUntilMicros = from + (long) (chunk.length() * (double) MICROS / job.speed);
        }
    }

    static void synchronise(QemuState q, Job job) {
        q.become(job, READY);
        q.tell("BLOCK_JOB_READY", JobEnd.progress(job));
    }
}
