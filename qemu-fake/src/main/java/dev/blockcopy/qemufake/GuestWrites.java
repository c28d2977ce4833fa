package dev.blockcopy.qemufake;

import dev.blockcopy.model.qmp.JobStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a write of the guest does: to the image in use, and to the mirror that watches it. */
final class GuestWrites {
    private GuestWrites() {}

    /** While a mirror of it is pending, a disk is drained and a write waits (transcript f12). */
    static boolean isDrained(QemuState q, Backend backend) {
        return isInReopen(q, backend)
                || watching(q, backend)
                        .filter(job -> job.is(JobPlaces.MIRRORS) && job.status() == JobStatus.PENDING)
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
        return watching(q, backend)
                .filter(job ->
                        job.mirror.writeBlocking() && job.is(JobPlaces.STARTED) && !job.isOver() && job.error == null);
    }

    static HostWork work(QemuState q, Backend backend, long offset, Payload payload) {
        Extents.Range range = new Extents.Range(offset, offset + payload.length());
        if (new IoPath(q).writing(backend.root(), range).errno() != null) {
            return HostWork.NONE;
        }
        Optional<Job> saving = saving(q, backend);
        if (saving.isPresent()) {
            return savingFirst(
                    q, saving.get(), range, new HostWork.Write(q.graph.image(backend.root()), null, offset, payload));
        }
        Image also = blocking(q, backend)
                .filter(job -> new IoPath(q).writing(job.mirror.target(), range).errno() == null)
                .map(job -> q.graph.image(job.mirror.target()))
                .orElse(null);
        return new HostWork.Write(q.graph.image(backend.root()), also, offset, payload);
    }

    /** QEMU's filter of a mirror flushes what is below it, and not the mirror's target ({@code block/mirror.c}). */
    static HostWork flushWork(QemuState q, Backend backend) {
        return flushing(q, backend).errno() != null ? HostWork.NONE : new HostWork.Flush(q.graph.image(backend.root()));
    }

    private static IoPath flushing(QemuState q, Backend backend) {
        IoPath path = new IoPath(q);
        path.flush(backend.root());
        return path;
    }

    /** Why a flush has failed, or null. */
    static HostResult.Failed flushed(QemuState q, Backend backend, HostResult result) {
        return flushing(q, backend).outcome(result);
    }

    /** The backup that saves what the guest is about to overwrite. */
    private static Optional<Job> saving(QemuState q, Backend backend) {
        return watching(q, backend).filter(job -> job.is(JobPlaces.BACKS_UP) && job.is(JobPlaces.STARTED));
    }

    private static HostWork savingFirst(QemuState q, Job job, Extents.Range range, HostWork write) {
        List<HostWork> works = new ArrayList<>();
        for (Extents.Range lost : job.dirty.within(granules(q, job, range))) {
            works.add(new HostWork.Copy(
                    q.graph.image(job.mirror.source()),
                    q.graph.image(job.mirror.target()),
                    lost.start(),
                    lost.length()));
        }
        works.add(write);
        return new HostWork.All(works);
    }

    private static Extents.Range granules(QemuState q, Job job, Extents.Range range) {
        long granule = job.mirror.granularity();
        long size = q.graph.node(job.mirror.source()).size();
        return new Extents.Range(
                range.start() / granule * granule, Math.min(size, (range.end() + granule - 1) / granule * granule));
    }

    private static void saved(QemuState q, Job job, Extents.Range range) {
        Extents.Range all = granules(q, job, range);
        job.carried(
                job.dirty.within(all).stream().mapToLong(Extents.Range::length).sum());
        job.dirty = job.dirty.without(all);
        job.lookBehind();
    }

    /**
     * Why a write has failed, or null. The target's failure is the job's affair, not the guest's: its write has succeeded
     * (transcript i08).
     */
    static HostResult.Failed done(QemuState q, Backend backend, long offset, long length, HostResult result) {
        Extents.Range range = new Extents.Range(offset, offset + length);
        HostResult.Failed failed = new IoPath(q).writing(backend.root(), range).outcome(ownPart(q, backend, result));
        if (failed == null) {
            q.bitmaps.mark(q.graph, backend.root(), range);
            watching(q, backend).ifPresent(job -> follow(q, backend, job, range, result));
        }
        return failed;
    }

    private static HostResult ownPart(QemuState q, Backend backend, HostResult result) {
        if (result instanceof HostResult.All all) {
            return all.results().get(all.results().size() - 1);
        }
        return blocking(q, backend).isPresent() ? HostResult.DONE : result;
    }

    /** What a job makes of a write that it watches. */
    private static void follow(QemuState q, Backend backend, Job job, Extents.Range range, HostResult result) {
        if (job.is(JobPlaces.BACKS_UP)) {
            Extents.Range all = granules(q, job, range);
            job.saved = job.saved.with(all.start(), all.end());
        }
        if (job.isOver()) {
            return;
        }
        if (job.is(JobPlaces.BACKS_UP)) {
            saved(q, job, range);
        } else if (blocking(q, backend).isPresent()) {
            doneOnBoth(q, job, range, result);
        } else {
            job.mark(
                    range.start(),
                    range.length(),
                    q.graph.node(job.mirror.source()).size());
        }
        if (JobSteps.isLooking(q, job)) {
            job.count();
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
