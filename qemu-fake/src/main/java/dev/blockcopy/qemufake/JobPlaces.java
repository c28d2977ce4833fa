package dev.blockcopy.qemufake;

import dev.blockcopy.model.Lifetime;
import dev.blockcopy.model.Place;
import dev.blockcopy.model.Slot;
import dev.blockcopy.model.Type;
import dev.blockcopy.model.Variable;
import dev.blockcopy.model.qmp.JobStatus;
import java.util.List;

/** What the heart of a job remembers, in the language of the model. */
public final class JobPlaces {
    /** Which image the guest writes to. */
    public enum Side {
        SOURCE,
        TARGET,
        /** Neither: the disk has no medium, as in the middle of a reopen, or after one that failed both ways. */
        NONE
    }

    /** How a job has been asked to end. */
    public enum Asked {
        NOTHING,
        COMPLETE,
        CANCEL,
        /** Completed first and then cancelled gracefully, which changes nothing but that complete is refused now. */
        COMPLETE_THEN_CANCEL,
        FORCE
    }

    public static final Slot<JobStatus> STATUS = of("status", Type.of(JobStatus.class), JobStatus.RUNNING);

    /** By the user or by an error; what stands still, with no request under way, says PAUSED or STANDBY. */
    public static final Slot<Boolean> PAUSED = flag("paused", false);

    public static final Slot<Asked> ASKED = of("asked", Type.of(Asked.class), Asked.NOTHING);

    /** Sizes were compared, and what is to be carried is known. */
    public static final Slot<Boolean> STARTED = flag("started", false);

    /** The target lacks something that the source has, or has it only in its cache. */
    public static final Slot<Boolean> BEHIND = flag("behind", true);

    /** Requests are under way; what was asked of the job shows when they are done. */
    public static final Slot<Boolean> IN_FLIGHT = flag("inFlight", false);

    public static final Slot<Boolean> FAILED = flag("failed", false);

    public static final Slot<Side> GUEST_ON = of("guestOn", Type.of(Side.class), Side.SOURCE);

    /** A mirror, and not a job that creates an image. */
    public static final Slot<Boolean> MIRRORS = flag("mirrors", true);

    /** A backup: what a guest is about to overwrite is saved first. */
    public static final Slot<Boolean> BACKS_UP = flag("backsUp", false);

    /** One of several that all succeed or all fail. */
    public static final Slot<Boolean> GROUPED = flag("grouped", false);

    public static final Slot<Boolean> AUTO_FINALIZE = flag("autoFinalize", true);

    public static final Slot<Boolean> AUTO_DISMISS = flag("autoDismiss", true);

    static final List<Slot<?>> SLOTS = List.of(
            STATUS,
            PAUSED,
            ASKED,
            STARTED,
            BEHIND,
            IN_FLIGHT,
            FAILED,
            GUEST_ON,
            MIRRORS,
            BACKS_UP,
            GROUPED,
            AUTO_FINALIZE,
            AUTO_DISMISS);

    public static final List<Place> ALL =
            SLOTS.stream().map(slot -> (Place) slot.variable()).toList();

    private JobPlaces() {}

    private static <V> Slot<V> of(String name, Type<V> type, V initial) {
        return Variable.of("qemu." + name, type, Lifetime.OUTSIDE, initial);
    }

    private static Slot<Boolean> flag(String name, boolean initial) {
        return of(name, Type.BOOLEAN, initial);
    }
}
