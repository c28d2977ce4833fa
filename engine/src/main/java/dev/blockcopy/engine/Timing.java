package dev.blockcopy.engine;

import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.model.lifecycle.Decision;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.lifecycle.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * How long a guest was paused, and how long a pivot took, as measured around our own commands: from before {@code stop}
 * was sent to the answer of {@code cont}, so never less than what the guest felt.
 */
final class Timing {
    /** From then on it is somebody else who lets the guest run, or who keeps it paused. */
    private static final Set<Trigger> PAUSE_IS_OVER = EnumSet.of(Trigger.RESUMED, Trigger.STOPPED);

    private Timing() {}

    static void stepped(LiveJob live, Decision.Step step, long nowNanos) {
        boolean isNewPivot = step.trigger() == Trigger.PIVOT || live.pivotSinceNanos == 0;
        if (step.row().to() == JobState.APPROACHING && isNewPivot) {
            live.pivotSinceNanos = nowNanos;
        }
        boolean isLeft = step.before().get(Facts.RESUME_DUE) && !step.after().get(Facts.RESUME_DUE);
        boolean isEnded =
                PAUSE_IS_OVER.contains(step.trigger()) || step.before().get(Facts.OTHERS) == Facts.Others.NEED_PAUSE;
        if (isLeft && isEnded) {
            boolean wasNeverOurs = step.row().from() == JobState.PAUSING && step.trigger() == Trigger.STOPPED;
            ended(live, wasNeverOurs ? live.pausedSinceNanos : nowNanos);
        }
    }

    /** The job's pause is over: the guest runs, by our doing or by somebody else's, or is paused for another disk only. */
    private static void ended(LiveJob live, long nowNanos) {
        live.pauses++;
        live.pauseNanos = nowNanos - live.pausedSinceNanos;
        live.pausedSinceNanos = 0;
    }

    /** Who joins a pause ends with it: the guest is not paused for longer because several disks need it. */
    static void joined(LiveJob live, LiveJob holder) {
        live.pauseEndsNanos = holder.pauseEndsNanos;
        live.isJoining = true;
    }

    /**
     * A guest that a former owner paused is taken over. How long ago that was is told by the journal, by the host's clock,
     * for no other has lived through it.
     */
    static void adopted(LiveJob live, List<JournalLine> way, Instant now, long nowNanos) {
        Instant since = now;
        boolean isPaused = false;
        for (JournalLine line : way) {
            if (line.effect().equals(CopyEffect.STOP.name()) && !isPaused) {
                isPaused = true;
                since = line.at();
            } else if (line.effect().equals(CopyEffect.CONT.name())) {
                isPaused = false;
            }
        }
        live.pausedSinceNanos = nowNanos - Duration.between(since, now).toNanos();
        live.pauseEndsNanos = nowNanos + maxPauseNanos(live);
    }

    static void performing(LiveJob live, CopyEffect effect, long nowNanos) {
        if (effect != CopyEffect.STOP) {
            return;
        }
        long ends = nowNanos + maxPauseNanos(live);
        live.pauseEndsNanos = live.isJoining ? Math.min(live.pauseEndsNanos, ends) : ends;
        live.isJoining = false;
        live.pauses++;
        if (live.pausedSinceNanos == 0) {
            live.pausedSinceNanos = nowNanos;
        }
    }

    /** Why a pivot went back. */
    static String tooLong(LiveJob live) {
        return "the guest was paused for longer than " + live.spec().options().maxPauseMillis()
                + " ms (--max-pause), so it goes on on the source: try again when QEMU has less to write, or allow more";
    }

    private static long maxPauseNanos(LiveJob live) {
        return TimeUnit.MILLISECONDS.toNanos(live.spec().options().maxPauseMillis());
    }

    static void answered(LiveJob live, CopyEffect effect, Trigger trigger, long nowNanos) {
        if (effect == CopyEffect.CONT && trigger == Trigger.DONE) {
            ended(live, nowNanos);
            live.resumedAtNanos = nowNanos;
        }
        if (effect == CopyEffect.LOOK_AT_GRAPH && trigger == Trigger.ON_DESTINATION) {
            live.switchedAtNanos = nowNanos;
        }
    }

    /** What is worth keeping, as soon as it is known; while the guest is paused, it is not. */
    static Findings noted(LiveJob live, Findings findings) {
        if (live.pausedSinceNanos != 0) {
            return findings;
        }
        Findings noted = findings;
        if (live.pauseNanos != 0) {
            noted = noted.withPauseNanos(live.pauseNanos);
        }
        if (live.pivotSinceNanos != 0 && live.switchedAtNanos != 0) {
            noted = noted.withPivotNanos(Math.max(live.switchedAtNanos, live.resumedAtNanos) - live.pivotSinceNanos);
        }
        return noted;
    }
}
