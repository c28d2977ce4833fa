package dev.blockcopy.engine;

import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.model.lifecycle.Decision;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.lifecycle.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How long a guest was paused, and how long a pivot took, as measured around our own commands: from before {@code stop}
 * was sent to the answer of {@code cont}, so never less than what the guest felt.
 */
final class Timing {
    private Timing() {}

    static void stepped(LiveJob live, Decision.Step step, long nowNanos) {
        boolean isNewPivot = step.trigger() == Trigger.PIVOT || live.pivotSinceNanos == 0;
        if (step.row().to() == JobState.APPROACHING && isNewPivot) {
            live.pivotSinceNanos = nowNanos;
        }
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
    }

    static void performing(LiveJob live, CopyEffect effect, long nowNanos) {
        if (effect == CopyEffect.STOP && live.pausedSinceNanos == 0) {
            live.pausedSinceNanos = nowNanos;
        }
    }

    static void answered(LiveJob live, CopyEffect effect, Trigger trigger, long nowNanos) {
        if (effect == CopyEffect.CONT && trigger == Trigger.DONE) {
            live.pauses++;
            live.pauseNanos = nowNanos - live.pausedSinceNanos;
            live.pausedSinceNanos = 0;
            live.resumedAtNanos = nowNanos;
        }
        if (effect == CopyEffect.LOOK_AT_GRAPH && trigger == Trigger.ON_DESTINATION) {
            live.switchedAtNanos = nowNanos;
        }
    }

    /** What is worth keeping, as soon as it is known. */
    static Findings noted(LiveJob live, Findings findings) {
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
