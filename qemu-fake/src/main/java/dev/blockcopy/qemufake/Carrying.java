package dev.blockcopy.qemufake;

import java.util.ArrayList;
import java.util.List;

/**
 * How a mirror carries its data: requests go out together, up to a buffer full, and come back one by one; what was asked
 * of the job meanwhile shows when all of them are back. So in {@code block/mirror.c}.
 */
final class Carrying {
    private static final long MICROS = 1_000_000;
    private static final int REQUESTS = 16;
    private static final long REQUEST = 1 << 20;

    private Carrying() {}

    static void send(QemuState q, Job job) {
        JobTurns.own(q, job, JobStep.SEND);
        long left = job.mirror.bufSize();
        long most = Math.max(REQUEST, left / REQUESTS);
        List<Request> flight = new ArrayList<>();
        while (left > 0 && flight.size() < REQUESTS && !job.dirty.isEmpty()) {
            Extents.Range range = job.dirty.next(job.cursor, Math.min(most, left));
            job.dirty = job.dirty.without(range);
            job.cursor = range.end();
            left -= range.length();
            flight.add(new Request(range, Throttling.due(q, job, range)));
        }
        job.flight = List.copyOf(flight);
        job.count();
        sleep(q, job, job.mirror.bufSize() - left);
        job.lookBehind();
    }

    /** The limit is applied after a whole buffer, whatever it is, and not while the job is ready and stays so. */
    private static void sleep(QemuState q, Job job, long bytes) {
        if (job.speed > 0 && !job.isIdling()) {
            long from = Math.max(job.asleepUntilMicros, q.nowMicros);
            job.asleepUntilMicros = from + (long) (bytes * (double) MICROS / job.speed);
        }
    }

    /** What the oldest request needs of the host; nothing where a node on its way fails it. */
    static HostWork work(QemuState q, Job job) {
        Extents.Range range = job.flight.get(0).range();
        return path(q, job, range).errno() != null
                ? HostWork.NONE
                : new HostWork.Copy(
                        q.graph.image(job.mirror.source()),
                        q.graph.image(job.mirror.target()),
                        range.start(),
                        range.length());
    }

    /** What is under way is forgotten; it is dirty again. */
    static void giveUp(Job job) {
        for (Request request : job.flight) {
            job.dirty = job.dirty.with(request.range().start(), request.range().end());
        }
        job.flight = List.of();
        job.lookBehind();
    }

    private static IoPath path(QemuState q, Job job, Extents.Range range) {
        IoPath path = new IoPath(q);
        path.read(job.mirror.source(), range);
        return path.errno() != null ? path : path.writing(job.mirror.target(), range);
    }

    /** The oldest request is back; what could not be carried is dirty again. */
    static void land(QemuState q, Job job, HostResult result) {
        Extents.Range range = job.flight.get(0).range();
        HostResult.Failed failed = path(q, job, range).outcome(result);
        job.flight = job.flight.subList(1, job.flight.size());
        if (failed == null) {
            q.bitmaps.mark(q.graph, job.mirror.target(), range);
            job.carried(range.length());
            job.isUnflushed = job.is(JobPlaces.MIRRORS);
        } else {
            job.dirty = job.dirty.with(range.start(), range.end());
        }
        job.lookBehind();
        if (failed != null) {
            JobErrors.onIo(q, job, failed);
        }
    }

    /** Makes durable what was written; a flush that failed is tried again, if anything is. */
    static void flushed(QemuState q, Job job, HostResult result) {
        HostResult.Failed failed = flushing(q, job).outcome(result);
        if (failed == null) {
            job.isUnflushed = false;
            job.lookBehind();
        } else {
            JobErrors.onIo(q, job, failed);
        }
    }

    static HostWork flushWork(QemuState q, Job job) {
        return flushing(q, job).errno() != null
                ? HostWork.NONE
                : new HostWork.Flush(q.graph.image(job.mirror.target()));
    }

    private static IoPath flushing(QemuState q, Job job) {
        IoPath path = new IoPath(q);
        path.flush(job.mirror.target());
        return path;
    }
}
