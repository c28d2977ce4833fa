package dev.blockcopy.simulator.world;

import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.qemufake.ReopenStep;

/**
 * One step of a run, as somebody needs to know it who carries it out elsewhere.
 *
 * @param kind what is done
 * @param text who does what, for people
 * @param from where the job stands before, as the manager sees it
 * @param trigger what the manager hears, or null
 * @param effect what the manager performs or QEMU answers, or null
 * @param step the step of a reopen that is taken, or null
 * @param isIdle whether what the manager hears says nothing to it
 * @param isPending whether the manager has decided on an effect afterwards and not yet performed it
 * @param after how everything stands afterwards
 */
public record Deed(
        Kind kind,
        String text,
        JobState from,
        Trigger trigger,
        CopyEffect effect,
        ReopenStep step,
        boolean isIdle,
        boolean isPending,
        Standing after) {
    /** What may be done. */
    public enum Kind {
        /** The manager hears a trigger and decides. */
        HEARS,
        /** The manager performs an effect that it has decided on before. */
        PERFORMS,
        /** The manager hears a reply that it does not wait for. */
        DROPS_REPLY,
        /** The manager hears news before the handshake. */
        DROPS_NEWS,
        /** The manager has ended, and what is told is of no concern. */
        LISTENS_NO_MORE,
        /** The manager writes down what it had intended. */
        WRITES_DOWN,
        /** QEMU carries out a command and answers; with a reopen it only begins. */
        ANSWERS,
        /** QEMU's job does something of its own accord. */
        JOB_STEP,
        /** QEMU's reopen takes a step. */
        REOPEN_STEP,
        /** QEMU reads no more of what an old session wrote. */
        DROPS_COMMANDS,
        GUEST_WRITES,
        MANAGER_DIES,
        CUT,
        QEMU_DIES,
        IO_ERROR,
        OTHERS_RESUME,
        OTHERS_STOP,
        DESTINATION_UNOPENED,
        SOURCE_UNOPENED,
        /** Anything else. */
        OTHER
    }

    /** Whether it is the manager who does it. */
    public boolean isOfManager() {
        return kind.compareTo(Kind.WRITES_DOWN) <= 0;
    }
}
