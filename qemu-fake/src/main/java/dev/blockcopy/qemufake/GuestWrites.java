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

    private static Optional<Job> blocking(QemuState q, Backend backend) {
        return watching(q, backend).filter(job -> job.mirror.writeBlocking() && job.isWorking() && job.error == null);
    }

    static HostWork work(QemuState q, Backend backend, long offset, Payload payload) {
        Extents.Range range = new Extents.Range(offset, offset + payload.length());
        if (new IoPath(q).writing(backend.root(), range).errno() != null) {
            return HostWork.NONE;
        }
        Image also = blocking(q, backend)
                .filter(job -> new IoPath(q).writing(job.mirror.target(), range).errno() == null)
                .map(job -> q.graph.image(job.mirror.target()))
                .orElse(null);
        return new HostWork.Write(q.graph.image(backend.root()), also, offset, payload);
    }

    /** The target's failure is the job's affair, not the guest's: its write has succeeded (transcript i08). */
    static void done(QemuState q, Backend backend, long offset, long length, HostResult result) {
        Extents.Range range = new Extents.Range(offset, offset + length);
        boolean isWritten = new IoPath(q).writing(backend.root(), range).outcome(HostResult.DONE) == null;
        Job job = watching(q, backend).orElse(null);
        if (job == null || job.isOver() || !isWritten) {
            return;
        }
        if (blocking(q, backend).isPresent()) {
            doneOnBoth(q, job, range, result);
        } else {
            job.mark(offset, length, q.graph.node(job.mirror.source()).size());
        }
    }

    private static void doneOnBoth(QemuState q, Job job, Extents.Range range, HostResult result) {
        HostResult.Failed failed =
                new IoPath(q).writing(job.mirror.target(), range).outcome(result);
        if (failed != null) {
            job.mark(
                    range.start(),
                    range.length(),
                    q.graph.node(job.mirror.source()).size());
            JobErrors.onIo(q, job, failed);
            return;
        }
        job.dirty = job.dirty.without(range);
        job.offset += range.length();
        job.isUnflushed = true;
        job.lookBehind();
    }
}
