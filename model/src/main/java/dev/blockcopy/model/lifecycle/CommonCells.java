package dev.blockcopy.model.lifecycle;

import static dev.blockcopy.model.lifecycle.CopyEffect.*;
import static dev.blockcopy.model.lifecycle.Facts.*;
import static dev.blockcopy.model.lifecycle.JobState.*;
import static dev.blockcopy.model.lifecycle.Remembered.*;
import static dev.blockcopy.model.lifecycle.Trigger.*;

import dev.blockcopy.model.Change;
import dev.blockcopy.model.Guard;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The cells that several states of the life cycle have in common; each method adds them to the state at hand. */
final class CommonCells {
    private static final String SOURCE_WHOLE = "no switch was told that was not refused: the source holds everything";

    private CommonCells() {}

    // spotless:off
    static TableDraft passing(TableDraft table) {
        return table
            .impossible("a new session begins only after the old one was lost", CONNECTED)
            .impossible("asked only after the monitor was lost", QEMU_GONE, ANOTHER_QEMU)
            .onLostGoBack();
    }

    static TableDraft noPause(TableDraft table) {
        return table.ignore("no guest is paused by us", RESUMED, STOPPED, DEADLINE);
    }

    static TableDraft notYetStarted(TableDraft table) {
        return table
            .refuse(Refusal.BEING_STARTED, PIVOT, CANCEL, CANCEL_IF_READY, FORCE)
            .impossible("QEMU knows no job of ours that could be ready", READY, PENDING)
            .ignore("the job that formatted is known to have ended", ENDED)
            .with(CommonCells::noPause);
    }

    static TableDraft starting(TableDraft table) {
        return table.impossible("it is started once", START).with(CommonCells::notYetStarted).with(CommonCells::passing);
    }

    static TableDraft undoneOnReturn(TableDraft table) {
        return table
            .onConnected(ALWAYS, DETACHING, DETACH, "a start that was cut is undone: nothing has been copied yet", OUTCOME_DURABLE, GIVE_UP, IS_WORTHLESS)
            .onEither(QEMU_GONE, ANOTHER_QEMU, NEW_FILE, REMOVING, REMOVE_FILE, "nothing of ours is left but the file", OUTCOME_DURABLE, GIVE_UP, IS_WORTHLESS);
    }

    static UnaryOperator<TableDraft> givenUp(Trigger trigger, String because) {
        return table -> table.on(trigger, ALWAYS, DETACHING, DETACH, because, OUTCOME_DURABLE, GIVE_UP, IS_WORTHLESS);
    }

    static TableDraft sourceHasAll(TableDraft table) {
        return table.onEither(QEMU_GONE, ANOTHER_QEMU, ALWAYS, FAILED, NOTHING, SOURCE_WHOLE, GIVE_UP, CANT_BE_TOLD);
    }

    /** The same from where a reopen may have been on its way: its witness has nothing to tell. */
    static TableDraft sourceHasAllUnseen(TableDraft table) {
        return table.with(endsOnSource(QEMU_GONE, ALWAYS, SOURCE_WHOLE)).with(endsOnSource(ANOTHER_QEMU, ALWAYS, SOURCE_WHOLE));
    }

    /** QEMU is not there, and the source is known to be the disk. */
    static UnaryOperator<TableDraft> endsOnSource(Trigger trigger, Guard when, String because) {
        return table -> table
            .on(trigger, all(when, NO_WITNESS_LEFT), FAILED,       NOTHING,        because, GIVE_UP, CANT_BE_TOLD)
            .on(trigger, all(when, WITNESS_LEFT),    UNWITNESSING, REMOVE_WITNESS, because, OUTCOME_DURABLE, GIVE_UP, CANT_BE_TOLD);
    }

    static TableDraft sourceMayLack(TableDraft table) {
        return table
            .with(endsOnSource(QEMU_GONE, SOURCE_HAS_ALL, "paused since before the switch, or no switch was told: the source holds everything"))
            .on(QEMU_GONE, NOBODY_SAW,   IN_DOUBT,   NOTHING,         "it may have switched and written before it died")
            .on(QEMU_GONE, SOMEBODY_SAW, TESTIFYING, LOOK_AT_WITNESS, "the witness tells whether the guest may have written to the destination");
    }

    /** Only a dead QEMU or a new session leads on from here, so nothing else is heard. */
    static TableDraft offline(TableDraft table) {
        return table.ignore("there is no session to lose", MONITOR_LOST);
    }

    static TableDraft approaching(TableDraft table) {
        return table
            .on(ENDED, ALWAYS, JUDGING, LOOK_AT_JOBS, "it ended before it was told to, or by a telling before")
            .on(FORCE, ALWAYS, FORCING, CANCEL_BY_FORCE, "at once")
            .ignore("the pivot is under way", PIVOT)
            .impossible("it is started once", START)
            .ignore("a job becomes ready once", READY)
            .with(CommonCells::passing);
    }

    /** Nobody but us tells such a job to end: what is neither wanted nor finished keeps the guest's writes waiting. */
    static TableDraft endedByOthers(TableDraft table) {
        return table.on(PENDING, ALWAYS, FORCING, CANCEL_BY_FORCE, "somebody else told it to end, and the guest's writes wait: back to the source");
    }

    static TableDraft neverPending(TableDraft table) {
        return table.impossible("it is pending once, and only where it was told to end", PENDING);
    }

    /** A reopen begins: with a look at the guest before its pause, or at once where it runs on. */
    static UnaryOperator<TableDraft> begunBy(Trigger trigger, String because, Change... witness) {
        Change[] all = Stream.concat(Arrays.stream(witness), Stream.of(PIVOT_INTENDED, TOLD, TOLD_FIRST)).toArray(Change[]::new);
        return table -> table
            .on(trigger, SEALED,   GAUGING,   LOOK_AT_GUEST, because, witness)
            .on(trigger, UNSEALED, SWITCHING, REOPEN,        because, all);
    }

    /** The way back of a pivot that paused the guest: by letting it go if nothing runs, by force if something may. */
    static UnaryOperator<TableDraft> letGo(Trigger trigger, String because, Guard... where) {
        Guard[] once = Stream.concat(Arrays.stream(where), Stream.of(TOLD_ONCE)).toArray(Guard[]::new);
        Guard[] again = Stream.concat(Arrays.stream(where), Stream.of(TOLD_AGAIN)).toArray(Guard[]::new);
        return table -> table
            .on(trigger, all(RESUME_IS_OURS, once),   RETREATING, CONT,            because, NEVER_TOLD, UNSEAL, NO_WISH)
            .on(trigger, all(RESUME_IS_OTHERS, once), JUDGING,    LOOK_AT_JOBS,    because, STILL_MIRRORING, NEVER_TOLD, UNSEAL, NO_WISH, LET_GO)
            .on(trigger, all(RESUME_IS_DUE, again),   FORCING,    CANCEL_BY_FORCE, "the first telling may be converging: only force backs out");
    }

    private static Guard all(Guard first, Guard... others) {
        return Guard.all(Stream.concat(Stream.of(first), Arrays.stream(others)).toArray(Guard[]::new));
    }

    /** A person has said which image is the disk; what is ours in a QEMU that lives is let go as after any end. */
    static UnaryOperator<TableDraft> resolved(Trigger keep, Change... outcome) {
        Change[] all = Stream.concat(Stream.of(OUTCOME_DURABLE), Arrays.stream(outcome)).toArray(Change[]::new);
        Change[] handingOver = Stream.concat(Arrays.stream(all), Stream.of(LET_GO)).toArray(Change[]::new);
        return table -> table
            .on(keep, OFFLINE,                        CONCLUDED,  NOTHING, "a person who knows more has said so; what is ours is let go on return", outcome)
            .on(keep, all(ONLINE_NOW, RESUME_IS_OURS),   RESUMING,   CONT,    "a person who knows more has said so: durable before the guest is let go", all)
            .on(keep, all(ONLINE_NOW, RESUME_IS_OTHERS), DISMISSING, DISMISS, "a person who knows more has said so; another disk lets the guest go", handingOver)
            .on(keep, all(ONLINE_NOW, NO_RESUME_DUE),    DISMISSING, DISMISS, "a person who knows more has said so", all);
    }

    static TableDraft pivoting(TableDraft table) {
        return table
            .ignore("the pivot is under way", PIVOT)
            .refuse(Refusal.PIVOT_IN_PROGRESS, CANCEL, CANCEL_IF_READY)
            .impossible("it is started once", START);
    }

    /** What ended before it was ready is worthless: so it is remembered whether it ever was. */
    static TableDraft remembersReady(TableDraft table) {
        return table
            .stays(READY, READY_UNSEEN, "it was ready before it ended", SEEN_READY)
            .ignoreWhen(READY_KNOWN, "a job becomes ready once", READY);
    }

    static TableDraft cancelling(TableDraft table) {
        return table.with(CommonCells::remembersReady).with(CommonCells::cancelUnderWay);
    }

    static TableDraft cancelUnderWay(TableDraft table) {
        return table
            .refuse(Refusal.CANCEL_IN_PROGRESS, PIVOT)
            .ignore("it is being cancelled", CANCEL, CANCEL_IF_READY)
            .impossible("it is started once", START);
    }

    /** What somebody else has resumed is not ours to resume any more: its owner may pause it next. */
    static TableDraft breaksSeal(TableDraft table) {
        return table
            .stays(RESUMED, PAUSE_HOLDS, "somebody else resumed the guest: from now on the source may lack writes, and our pause is over", BREAK_SEAL, LET_GO)
            .ignoreWhen(NO_PAUSE_HOLDS, "there is no seal to break", RESUMED);
    }

    /** The same where our own stop may still be on its way: which of the two comes first is not known, and a resume is still owed. */
    static TableDraft breaksSealOnly(TableDraft table) {
        return table
            .stays(RESUMED, SEAL_WHOLE, "somebody else resumed the guest: from now on the source may lack writes", BREAK_SEAL)
            .ignoreWhen(SEAL_NOT_WHOLE, "there is no seal to break", RESUMED);
    }

    /** Whoever pauses a guest has found it running: a resume that was not heard came before. */
    static TableDraft pausedByOthers(TableDraft table) {
        return table
            .stays(STOPPED, PAUSE_HOLDS, "somebody else has paused the guest, so it ran until then: the source may lack writes, and the pause is not ours", BREAK_SEAL, LET_GO)
            .ignoreWhen(NO_PAUSE_HOLDS, "nothing of ours to undo", STOPPED);
    }

    static TableDraft ended(TableDraft table) {
        return table
            .refuse(Refusal.ENDED, PIVOT, CANCEL, CANCEL_IF_READY, FORCE)
            .impossible("it is started once", START)
            .ignore("the outcome is durable", READY, PENDING, ENDED, RESUMED, STOPPED, DEADLINE);
    }
    // spotless:on
}
