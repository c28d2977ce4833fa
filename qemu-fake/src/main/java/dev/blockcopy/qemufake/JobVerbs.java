package dev.blockcopy.qemufake;

import static dev.blockcopy.model.qmp.JobStatus.PAUSED;
import static dev.blockcopy.model.qmp.JobStatus.PENDING;
import static dev.blockcopy.model.qmp.JobStatus.READY;
import static dev.blockcopy.model.qmp.JobStatus.RUNNING;
import static dev.blockcopy.model.qmp.JobStatus.STANDBY;

/** What becomes of a job when a verb is applied to it; refusals carry QEMU's own words. */
final class JobVerbs {
    private JobVerbs() {}

    private static void apply(Job job, JobVerb verb) {
        if (!JobTables.takes(job.status, verb)) {
            throw Refused.generic(
                    "Job '%s' in state '%s' cannot accept command verb '%s'", job.id(), job.status.wire(), verb.wire());
        }
    }

    /** {@code block-job-cancel} without force: graceful in ready, refused while paused, forced anywhere else. */
    static void cancelSoftly(QemuState q, Job job) {
        if (job.isPaused) {
            throw Refused.generic("The block job for device '%s' is currently paused", job.id());
        }
        apply(job, JobVerb.CANCEL);
        if (job.status == READY) {
            job.isCancelAsked = true;
        } else {
            force(q, job);
        }
    }

    /** {@code job-cancel}, and {@code block-job-cancel} with force: never a graceful end. */
    static void cancel(QemuState q, Job job) {
        apply(job, JobVerb.CANCEL);
        force(q, job);
    }

    private static void force(QemuState q, Job job) {
        wake(q, job);
        job.isForced = true;
        if (job.status == PENDING) {
            JobEnd.abort(q, job);
        }
    }

    static void pause(QemuState q, Job job) {
        apply(job, JobVerb.PAUSE);
        if (job.isPaused) {
            throw Refused.generic("Job is already paused");
        }
        job.isPaused = true;
        q.become(job, job.status == READY ? STANDBY : PAUSED);
    }

    static void resume(QemuState q, Job job) {
        if (!job.isPaused) {
            throw Refused.generic("Can't resume a job that was not paused");
        }
        apply(job, JobVerb.RESUME);
        job.ioStatus = "ok";
        wake(q, job);
    }

    private static void wake(QemuState q, Job job) {
        if (job.isPaused) {
            job.isPaused = false;
            q.become(job, job.status == STANDBY ? READY : RUNNING);
        }
    }

    /** Wakes a job that the old limit had put to sleep. */
    static void setSpeed(QemuState q, Job job, long speed) {
        apply(job, JobVerb.SET_SPEED);
        if (speed < 0) {
            throw Refused.generic("Parameter 'speed' expects a non-negative value");
        }
        job.speed = speed;
        job.asleepUntilMicros = q.nowMicros;
    }

    /** Taken in standby too, and remembered until the job is resumed; never after a graceful cancel. */
    static void complete(QemuState q, Job job) {
        apply(job, JobVerb.COMPLETE);
        if (job.isCancelAsked || job.isForced) {
            throw Refused.generic("The active block job '%s' cannot be completed", job.id());
        }
        if (q.graph.node(job.mirror.replaces()) == null) {
            throw Refused.generic("Node name '%s' not found", job.mirror.replaces());
        }
        job.isCompleteAsked = true;
    }

    static void finish(QemuState q, Job job) {
        apply(job, JobVerb.FINALIZE);
        JobEnd.finish(q, job);
    }

    static void dismiss(QemuState q, Job job) {
        apply(job, JobVerb.DISMISS);
        JobEnd.dismiss(q, job);
    }

    /**
     * All disks are drained: every working job pauses, the oldest first, and goes on, seen only in events (QEMU.md
     * section 2, l22, t02).
     */
    static void drain(QemuState q) {
        var working = q.jobs.stream()
                .filter(job -> job.status == RUNNING || job.status == READY)
                .toList();
        working.forEach(job -> q.become(job, job.status == READY ? STANDBY : PAUSED));
        working.forEach(job -> q.become(job, job.status == STANDBY ? READY : RUNNING));
    }
}
