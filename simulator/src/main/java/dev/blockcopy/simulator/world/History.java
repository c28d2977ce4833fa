package dev.blockcopy.simulator.world;

import static dev.blockcopy.model.Term.choose;
import static dev.blockcopy.model.Term.constant;

import dev.blockcopy.model.Change;
import dev.blockcopy.model.Guard;
import dev.blockcopy.model.Place;
import dev.blockcopy.model.Slot;
import dev.blockcopy.model.Type;
import java.util.List;
import java.util.stream.Stream;

/** What happened before and can't be seen any more: nobody acts by it, only guarantees speak of it. */
final class History {
    /** QEMU has called the job ready. */
    static final Slot<Boolean> EVER_READY = Outside.flag("ghost.everReady");

    /** When the job ended, the destination held all that the source did. */
    static final Slot<Boolean> EQUAL_AT_END = Outside.flag("ghost.equalAtEnd");

    /** A cancel was sent, and not refused. */
    static final Slot<Boolean> CANCEL_SENT = Outside.flag("ghost.cancelSent");

    /** A pivot was sent for a job that was not ready, or while a cancel was under way. */
    static final Slot<Boolean> EARLY_PIVOT = Outside.flag("ghost.earlyPivot");

    /** The guest was let go onto the destination before the outcome was durable. */
    static final Slot<Boolean> LET_GO_EARLY = Outside.flag("ghost.letGoEarly");

    /** A guest was let go that somebody else had paused. */
    static final Slot<Boolean> OTHERS_LET_GO = Outside.flag("ghost.othersLetGo");

    /** A file was removed that was the guest's disk, or worth something. */
    static final Slot<Boolean> WRONG_FILE_REMOVED = Outside.flag("ghost.wrongFileRemoved");

    /** QEMU or the host refused to take something of ours away, and the report lists it. */
    static final Slot<Boolean> LEFT_OVER = Outside.flag("ghost.leftOver");

    /** Another QEMU was met on the monitor. */
    static final Slot<Boolean> MET_ANOTHER = Outside.flag("ghost.metAnother");

    /** The report lists what ours may still have, in a QEMU that another one has taken the monitor from. */
    static final Slot<Boolean> LEFT_ELSEWHERE = Outside.flag("ghost.leftElsewhere");

    /** The job has ended once. */
    static final Slot<Boolean> ENDED = Outside.flag("ghost.ended");

    /** What the table calls impossible happened, or a request was neither refused nor heeded. */
    static final Slot<Boolean> IMPOSSIBLE = Outside.flag("ghost.impossible");

    static final List<Place> PLACES = Stream.of(
                    EVER_READY,
                    EQUAL_AT_END,
                    CANCEL_SENT,
                    EARLY_PIVOT,
                    LET_GO_EARLY,
                    OTHERS_LET_GO,
                    WRONG_FILE_REMOVED,
                    LEFT_OVER,
                    MET_ANOTHER,
                    LEFT_ELSEWHERE,
                    ENDED,
                    IMPOSSIBLE)
            .map(slot -> (Place) slot.variable())
            .toList();

    private History() {}

    /** From now on true, if the guard holds. */
    static Change noting(Slot<Boolean> flag, Guard when) {
        return flag.becomes(choose(when, constant(Type.BOOLEAN, true), flag));
    }
}
