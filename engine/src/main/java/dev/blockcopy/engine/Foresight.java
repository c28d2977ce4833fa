package dev.blockcopy.engine;

import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.Trigger;
import java.util.List;
import java.util.Map;

/**
 * A pivot in which nothing goes wrong: what comes of it while the guest is paused is decided before, and its commands are
 * read by QEMU before they are said ({@link MonitorLink#anticipate}). Where something else comes, that is decided then.
 */
final class Foresight {
    /** From the look at the guest, which still runs, to the answer of {@code cont}; some of it moves no job. */
    private static final List<Trigger> PAUSE = List.of(
            Trigger.GUEST_RUNS,
            Trigger.READY,
            Trigger.DONE,
            Trigger.DONE,
            Trigger.ENDED,
            Trigger.JOB_CLEAN,
            Trigger.ON_DESTINATION,
            Trigger.RESUMED,
            Trigger.DONE);

    /** What QEMU is told next, after what it has been told; {@code cont} has a commit before it, and its time then. */
    private static final Map<CopyEffect, CopyEffect> NEXT = Map.of(
            CopyEffect.STOP, CopyEffect.COMPLETE,
            CopyEffect.COMPLETE, CopyEffect.LOOK_AT_GRAPH);

    private final LanePorts ports;
    private final LaneEffects effects;
    private final SharedPause pause;

    Foresight(LanePorts ports, LaneEffects effects, SharedPause pause) {
        this.ports = ports;
        this.effects = effects;
        this.pause = pause;
    }

    /** Looks ahead from where a job stands; QEMU reads ahead only where no other job has something to say to it. */
    void from(LiveJob live, boolean isAlone) {
        CopyEffect awaited = live.awaited();
        if (awaited == CopyEffect.LOOK_AT_GUEST) {
            ports.executor().foresee(pause.seenBy(live), PAUSE);
        } else if (isAlone
                && awaited != null
                && live.job().facts().get(Facts.RESUME_DUE)
                && NEXT.containsKey(awaited)) {
            effects.anticipate(NEXT.get(awaited), live);
        }
    }
}
