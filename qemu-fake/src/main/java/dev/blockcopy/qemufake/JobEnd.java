package dev.blockcopy.qemufake;

import dev.blockcopy.model.qmp.JobStatus;
import java.util.Map;

/** How a job ends: with the guest on the target, or on the source. */
final class JobEnd {
    private JobEnd() {}

    static Map<String, Object> progress(Job job) {
        return Members.of(
                "device",
                job.id(),
                "len",
                job.length(),
                "offset",
                job.offset,
                "speed",
                job.speed,
                "type",
                job.settings.type());
    }

    static void converge(QemuState q, Job job) {
        q.become(job, JobStatus.WAITING);
        q.become(job, JobStatus.PENDING);
        if (job.settings.autoFinalize()) {
            finish(q, job);
        } else if (job.isMirror()) {
            q.tell("BLOCK_JOB_PENDING", Members.of("type", job.settings.type(), "id", job.id()));
        }
    }

    /** Pending to concluded: for a mirror that was asked to complete, the instant of the pivot. */
    static void finish(QemuState q, Job job) {
        if (job.isMirror()) {
            if (job.isCompleteAsked) {
                pivot(q, job);
            } else {
                release(q, job);
            }
            q.tell("BLOCK_JOB_COMPLETED", progress(job));
        }
        conclude(q, job);
    }

    /**
     * The last step of the completion fails: the job ends with an error, mostly with the guest on the source.
     *
     * @param isSwitched the disk is on the target all the same (QEMU.md section 8, f07)
     */
    static void fail(QemuState q, Job job, Errno errno, boolean isSwitched) {
        q.become(job, JobStatus.ABORTING);
        job.error = errno.text();
        if (isSwitched && job.isCompleteAsked) {
            pivot(q, job);
        } else {
            release(q, job);
        }
        tellFailed(q, job);
        conclude(q, job);
    }

    /** The job ends before its time: forced, or by an error. */
    static void abort(QemuState q, Job job) {
        q.become(job, JobStatus.ABORTING);
        if (job.isMirror()) {
            release(q, job);
            if (job.isForced) {
                q.tell("BLOCK_JOB_CANCELLED", progress(job));
            } else {
                tellFailed(q, job);
            }
        }
        if (job.isForced) {
            job.error = Job.CANCELED;
        }
        conclude(q, job);
    }

    private static void tellFailed(QemuState q, Job job) {
        Map<String, Object> data = progress(job);
        data.put("error", job.error);
        q.tell("BLOCK_JOB_COMPLETED", data);
    }

    private static void conclude(QemuState q, Job job) {
        job.isPaused = false;
        job.ioStatus = "ok";
        q.become(job, JobStatus.CONCLUDED);
        if (job.settings.autoDismiss()) {
            dismiss(q, job);
        }
    }

    static void dismiss(QemuState q, Job job) {
        q.become(job, JobStatus.NULL);
        q.jobs.remove(job);
    }

    /** The target takes the place of what it replaces, and is as writable as that was (QEMU.md section 6, e09). */
    private static void pivot(QemuState q, Job job) {
        String replaced = job.mirror.replaces();
        String target = job.mirror.target();
        release(q, job);
        boolean isReadOnly = q.graph.node(replaced).options().readOnly();
        Node node = q.graph.node(target);
        q.graph.put(node.with(node.options().readOnly(isReadOnly)));
        q.graph.replaceForParents(replaced, target, target);
    }

    /** The filter goes; whoever used it uses the source again. */
    private static void release(QemuState q, Job job) {
        q.graph.replaceForParents(job.mirror.filter(), job.mirror.source(), null);
        q.graph.remove(job.mirror.filter());
    }
}
