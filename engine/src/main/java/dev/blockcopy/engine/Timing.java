package dev.blockcopy.engine;

import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.model.lifecycle.Decision;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.lifecycle.Trigger;

/**
 * How long a guest was paused, and how long a pivot took, as measured around our own commands: from before {@code stop}
 * was sent to the answer of {@code cont}, so never less than what the guest felt.
 */
final class Timing {
    private Timing() {}

    static void stepped(LiveJob live, Decision.Step step, long nowNanos) {
        if (step.row().to() == JobState.APPROACHING && live.pivotSinceNanos == 0) {
            live.pivotSinceNanos = nowNanos;
        }
    }

    static void performing(LiveJob live, CopyEffect effect, long nowNanos) {
        if (effect == CopyEffect.STOP && live.pausedSinceNanos == 0) {
            live.pausedSinceNanos = nowNanos;
        }
    }

    static void answered(LiveJob live, CopyEffect effect, Trigger trigger, long nowNanos) {
        if (effect == CopyEffect.CONT && trigger == Trigger.DONE) {
            live.pauses++;
            live.resumedAtNanos = nowNanos;
        }
        if (effect == CopyEffect.LOOK_AT_GRAPH && trigger == Trigger.ON_DESTINATION) {
            live.switchedAtNanos = nowNanos;
        }
    }

    /** What is worth keeping, as soon as it is known. */
    static Findings noted(LiveJob live, Findings findings) {
        Findings noted = findings;
        if (live.pausedSinceNanos != 0 && live.resumedAtNanos != 0) {
            noted = noted.withPauseNanos(live.resumedAtNanos - live.pausedSinceNanos);
        }
        if (live.pivotSinceNanos != 0 && live.switchedAtNanos != 0) {
            noted = noted.withPivotNanos(Math.max(live.switchedAtNanos, live.resumedAtNanos) - live.pivotSinceNanos);
        }
        return noted;
    }
}
