package dev.blockcopy.qemufake;

import dev.blockcopy.model.qmp.BlockErrorAction;
import dev.blockcopy.model.qmp.BlockdevOnError;

/** What a job makes of an I/O error, by its policy. */
final class JobErrors {
    private JobErrors() {}

    /**
     * A request of the job failed. The error is told at once; the job ends, waits for a resume, or tries again
     * (transcripts i01, i07).
     */
    static void onIo(QemuState q, Job job, HostResult.Failed failed) {
        BlockdevOnError policy = failed.reading() ? job.mirror.onSourceError() : job.mirror.onTargetError();
        BlockErrorAction action = action(policy, failed.errno());
        q.tell(
                "BLOCK_JOB_ERROR",
                Members.of(
                        "device", job.id(),
                        "operation", failed.reading() ? "read" : "write",
                        "action", action.wire()));
        switch (action) {
            case STOP -> stop(q, job, failed.errno());
            case REPORT, UNKNOWN -> report(q, job, failed.errno());
            case IGNORE -> {}
        }
    }

    static BlockErrorAction action(BlockdevOnError policy, Errno errno) {
        return switch (policy) {
            case IGNORE -> BlockErrorAction.IGNORE;
            case STOP -> BlockErrorAction.STOP;
            case ENOSPC -> errno == Errno.ENOSPC ? BlockErrorAction.STOP : BlockErrorAction.REPORT;
            case REPORT, AUTO, UNKNOWN -> BlockErrorAction.REPORT;
        };
    }

    private static void stop(QemuState q, Job job, Errno errno) {
        job.ioStatus = ioStatus(errno);
        JobTurns.takeIfEnabled(q, job, JobHeart.FAILURES.get(JobFailure.STOPPED));
    }

    /** QAPI {@code BlockDeviceIoStatus}. */
    static String ioStatus(Errno errno) {
        return errno == Errno.ENOSPC ? "nospace" : "failed";
    }

    private static void report(QemuState q, Job job, Errno errno) {
        job.error = errno.text();
        JobTurns.takeIfEnabled(q, job, JobHeart.FAILURES.get(JobFailure.REPORTED));
    }
}
