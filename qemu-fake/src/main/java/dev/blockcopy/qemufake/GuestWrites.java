package dev.blockcopy.qemufake;

import dev.blockcopy.model.qmp.JobStatus;
import java.util.Optional;

/** What a write of the guest does: to the image in use, and to the mirror that watches it. */
final class GuestWrites {
    private GuestWrites() {}

    /** While a mirror of it is pending, a disk is drained and a write waits (transcript f12). */
    static boolean isDrained(QemuState q, Backend backend) {
        return isInReopen(q, backend)
                || watching(q, backend)
                        .filter(job -> job.status() == JobStatus.PENDING)
                        .isPresent();
    }

    private static boolean isInReopen(QemuState q, Backend backend) {
        Reopen.Action action = q.reopen == null ? null : q.reopen.of(backend.drive());
        return action != null && !action.heart.satisfies(ReopenHeart.GUEST_MAY_WRITE);
    }

    /** The mirror through whose filter the writes of a disk go. */
    private static Optional<Job> watching(QemuState q, Backend backend) {
        return JobLocks.holding(q)
                .filter(job -> job.mirror.filter().equals(backend.root()))
                .findFirst();
    }

    static HostWork work(QemuState q, Backend backend, long offset, Payload payload) {
        Image also = watching(q, backend)
                .filter(GuestWrites::isBlocking)
                .map(job -> q.graph.image(job.mirror.target()))
                .orElse(null);
        return new HostWork.Write(q.graph.image(backend.root()), also, offset, payload);
    }

    private static boolean isBlocking(Job job) {
        return job.mirror.writeBlocking() && job.isWorking() && job.error == null;
    }

    /** The target's failure is the job's affair, not the guest's: its write has succeeded (transcript i08). */
    static void done(QemuState q, Backend backend, long offset, long length, HostResult result) {
        Job job = watching(q, backend).orElse(null);
        if (job == null || job.isOver()) {
            return;
        }
        long size = q.graph.node(job.mirror.source()).size();
        if (!isBlocking(job)) {
            job.mark(offset, length, size);
        } else if (result instanceof HostResult.Failed failed) {
            job.mark(offset, length, size);
            JobErrors.onTarget(q, job, failed);
        } else {
            job.dirty = job.dirty.without(new Extents.Range(offset, offset + length));
            job.offset += length;
            job.isUnflushed = true;
            job.lookBehind();
        }
    }
}
