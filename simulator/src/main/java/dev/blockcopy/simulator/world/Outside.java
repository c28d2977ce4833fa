package dev.blockcopy.simulator.world;

import static dev.blockcopy.model.Guard.all;
import static dev.blockcopy.model.Guard.not;

import dev.blockcopy.model.Fifo;
import dev.blockcopy.model.Guard;
import dev.blockcopy.model.Lifetime;
import dev.blockcopy.model.Place;
import dev.blockcopy.model.Slot;
import dev.blockcopy.model.Type;
import dev.blockcopy.model.Variable;
import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.model.qmp.JobStatus;
import dev.blockcopy.qemufake.JobPlaces;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What lies around a job: the monitor's two streams, QEMU, the guest, the images, and what only history knows. */
final class Outside {
    /** The manager's session with the monitor. */
    enum Session {
        /** The job was just asked for, with a session at hand. */
        NEVER,
        UP,
        /** It is over, and the manager does not know it yet. */
        BROKEN,
        NONE
    }

    /** What became of the job's QEMU. */
    enum Life {
        ALIVE,
        DEAD,
        /** It lives, but another QEMU answers on its monitor. */
        ELSEWHERE,
        /** It is dead, and another QEMU answers on its monitor. */
        REPLACED
    }

    /** Whether the guest runs, and if not, who paused it. */
    enum Run {
        RUNS,
        PAUSED_BY_US,
        PAUSED_BY_OTHERS
    }

    /** What somebody else has done with the disk. */
    enum Changed {
        NOT,
        EMPTIED,
        /** Another image than the job's two is in it. */
        SWAPPED
    }

    /** The destination's file, where it is to be made. */
    enum NewFile {
        NONE,
        /** Under a name with our nonce. */
        MADE,
        PLACED
    }

    static final int COMMANDS_MAX = 3;
    static final int MESSAGES_MAX = 4;

    /** Commands that QEMU has not read; after a lost session those of the old one, which may still be read. */
    static final Fifo<CopyEffect> COMMANDS =
            new Fifo<>("commands", Type.of(CopyEffect.class), Lifetime.OUTSIDE, COMMANDS_MAX);

    /** Replies and events that the manager has not read. */
    static final Fifo<Trigger> MESSAGES =
            new Fifo<>("messages", Type.of(Trigger.class), Lifetime.OUTSIDE, MESSAGES_MAX);

    /** How many replies of this session are still to be read: only the last may be the one that is waited for. */
    static final Slot<Integer> UNANSWERED =
            Variable.of("unanswered", Type.range(0, COMMANDS_MAX + MESSAGES_MAX), Lifetime.OUTSIDE, 0);

    static final Slot<Session> SESSION = of("session", Type.of(Session.class), Session.NEVER);
    static final Slot<Life> LIFE = of("qemu", Type.of(Life.class), Life.ALIVE);
    static final Slot<Run> GUEST = of("guest", Type.of(Run.class), Run.RUNS);

    /** QEMU has the destination open under our node name. */
    static final Slot<Boolean> NODE = flag("node");

    /** QEMU has the bare file of a destination open, to format it. */
    static final Slot<Boolean> BARE = flag("bareNode");

    static final Slot<Changed> CHANGED = of("changed", Type.of(Changed.class), Changed.NOT);

    static final Slot<NewFile> FILE = of("file", Type.of(NewFile.class), NewFile.NONE);

    /** The file of the witness is there. */
    static final Slot<Boolean> WITNESS_FILE = flag("witnessFile");

    /** QEMU holds the witness by descriptor. */
    static final Slot<Boolean> WITNESS_HELD = flag("witnessHeld");

    /** A write that was acknowledged to the guest is not in this image. */
    static final Slot<Boolean> SOURCE_LACKS = flag("sourceLacks");

    static final Slot<Boolean> DESTINATION_LACKS =
            Variable.of("destinationLacks", Type.BOOLEAN, Lifetime.OUTSIDE, true);

    /** How the job ended, as an event of this session told; only where jobs leave no other trace. */
    static final Slot<Facts.End> END_HEARD = of("endHeard", Type.of(Facts.End.class), Facts.End.NONE);

    static final List<Place> PLACES = places();

    static final Guard OURS_LIVES = LIFE.isOneOf(List.of(Life.ALIVE, Life.ELSEWHERE));
    static final Guard ALIVE = LIFE.is(Life.ALIVE);

    /** QEMU and the manager hear one another. */
    static final Guard HEARD = all(SESSION.is(Session.UP), ALIVE);

    /** A mirror that QEMU has not ended. */
    static final Guard MIRROR_LIVES = all(
            JobPlaces.MIRRORS.is(true),
            not(JobPlaces.STATUS.isOneOf(List.of(JobStatus.UNDEFINED, JobStatus.CONCLUDED, JobStatus.NULL))));

    private Outside() {}

    private static List<Place> places() {
        List<Place> places = new ArrayList<>(List.of(COMMANDS, MESSAGES));
        Stream.of(
                        UNANSWERED,
                        SESSION,
                        LIFE,
                        GUEST,
                        CHANGED,
                        NODE,
                        BARE,
                        FILE,
                        WITNESS_FILE,
                        WITNESS_HELD,
                        SOURCE_LACKS,
                        DESTINATION_LACKS)
                .forEach(slot -> places.add(slot.variable()));
        places.addAll(JobPlaces.ALL);
        return places;
    }

    static <V> Slot<V> of(String name, Type<V> type, V initial) {
        return Variable.of(name, type, Lifetime.OUTSIDE, initial);
    }

    static Slot<Boolean> flag(String name) {
        return of(name, Type.BOOLEAN, false);
    }
}
