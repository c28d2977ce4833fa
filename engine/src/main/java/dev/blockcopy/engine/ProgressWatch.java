package dev.blockcopy.engine;

import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.qmp.QmpReply;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** How far the jobs are, looked at from time to time while nothing more important goes on. */
final class ProgressWatch {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    /** QEMU's own buffer: so much is in flight anyway. */
    private static final long SMALL_BACKLOG_BYTES_MIN = 16L << 20;

    private final LanePorts ports;
    private final LaneSession session;
    private final LaneListener listener;
    private final List<LiveJob> caughtUp = new ArrayList<>();
    private String askedId = "";

    ProgressWatch(LanePorts ports, LaneSession session, LaneListener listener) {
        this.ports = ports;
        this.session = session;
        this.listener = listener;
    }

    void look(Collection<LiveJob> jobs) {
        if (jobs.stream().anyMatch(ProgressWatch::isCopying) && jobs.stream().noneMatch(ProgressWatch::isPivoting)) {
            Speech speech = jobs.iterator().next().spec().dialect().speech();
            session.send(speech.progressQuery()).ifPresent(id -> askedId = id);
        }
    }

    private static boolean isCopying(LiveJob live) {
        return live.job().phase() == JobState.STREAMING || live.job().phase() == JobState.MIRRORING;
    }

    private static boolean isPivoting(LiveJob live) {
        return live.job().phase() == JobState.PIVOTING;
    }

    /** Takes the reply if it is the one to the last look. */
    boolean take(String id, QmpReply reply, Collection<LiveJob> jobs) {
        if (!id.equals(askedId)) {
            return false;
        }
        askedId = "";
        caughtUp.clear();
        if (reply instanceof QmpReply.Success success) {
            for (LiveJob live : jobs) {
                live.spec().dialect().speech().progress(success.value(), live).ifPresent(seen -> note(live, seen));
            }
        }
        return true;
    }

    /** The streaming jobs that were seen to have caught up, of a QEMU that has no other way to say ready. */
    List<LiveJob> caughtUp() {
        return List.copyOf(caughtUp);
    }

    private void note(LiveJob live, Speech.JobProgress seen) {
        if (!seen.saysReady()
                && live.job().state() == JobState.STREAMING
                && seen.hasCaughtUp(live.progress.offsetBytes())) {
            caughtUp.add(live);
        }
        long now = ports.nanoTime();
        long rate = live.progress.bytesPerSecond();
        long bytes = seen.offsetBytes() - live.progress.offsetBytes();
        long nanos = now - live.progressAtNanos;
        if (live.progressAtNanos != 0 && nanos > 0 && bytes > 0) {
            rate = (long) ((double) bytes * NANOS_PER_SECOND / nanos);
        }
        live.progress = new Progress(seen.offsetBytes(), seen.lengthBytes(), rate);
        live.progressAtNanos = now;
        ports.journal().saveProgress(live.job().id(), live.progress);
        listener.moved(live.job(), live.progress);
    }

    /** What can be copied in a quarter of the longest pause allowed, at the rate of late. */
    long smallBacklogBytes(LiveJob live) {
        long millis = live.spec().options().maxPauseMillis();
        long bytes = (long) (live.progress.bytesPerSecond() / 1000.0 * millis / 4);
        return bytes == 0 ? SMALL_BACKLOG_BYTES_MIN : bytes;
    }
}
