package dev.blockcopy.model.lifecycle;

import static dev.blockcopy.model.Guard.all;
import static dev.blockcopy.model.Guard.not;
import static dev.blockcopy.model.lifecycle.CommonCells.begunBy;
import static dev.blockcopy.model.lifecycle.CommonCells.endsOnSource;
import static dev.blockcopy.model.lifecycle.CommonCells.letGo;
import static dev.blockcopy.model.lifecycle.CommonCells.resolved;
import static dev.blockcopy.model.lifecycle.CopyEffect.*;
import static dev.blockcopy.model.lifecycle.Facts.*;
import static dev.blockcopy.model.lifecycle.JobState.*;
import static dev.blockcopy.model.lifecycle.Remembered.*;
import static dev.blockcopy.model.lifecycle.Trigger.*;

/**
 * The table of the life of a copy job, and nothing else.
 *
 * <p>How to read it: <em>in</em> a state, <em>on</em> a trigger, <em>when</em> a guard holds, the job moves <em>to</em>
 * a state, performs one effect, because of a reason, and remembers changes. NOTHING is the absence of an effect.
 */
public final class Lifecycle {
    public static final TransitionTable TABLE = draft().table();

    private Lifecycle() {}

    static TableDraft draft() {
        TableDraft draft = new TableDraft();
        StartCells.start(draft);
        copy(draft);
        pivot(draft);
        cancel(draft);
        evidence(draft);
        cleanUp(draft);
        ends(draft);
        notInDoubt(draft);
        return draft.otherAnswersAreImpossible();
    }

    // spotless:off
    private static void copy(TableDraft table) {
        table.in(STREAMING)
            .on(READY,  STAY_WISHED,   MIRRORING,   NOTHING,         "the destination has caught up", SEEN_READY)
            .on(READY,  PIVOT_WISHED,  APPROACHING, LOOK_AT_BACKLOG, "caught up, and to be pivoted at once", STILL_MIRRORING, SEEN_READY)
            .on(READY,  FINISH_WISHED, CANCELLING,  CANCEL_SOFTLY,   "caught up, and to be finished at once", SEEN_READY)
            .on(ENDED,  ALWAYS,        JUDGING,     LOOK_AT_JOBS,    "how it ended is in the list of jobs")
            .on(CANCEL, ONLINE_NOW,    CANCELLING,  CANCEL_SOFTLY,   "softly: should the job be ready by now, it becomes a copy")
            .on(CANCEL, OFFLINE,       CANCELLING,  NOTHING,         "intended now, told on return")
            .on(FORCE,  ONLINE_NOW,    FORCING,     CANCEL_BY_FORCE, "at once")
            .on(FORCE,  OFFLINE,       FORCING,     NOTHING,         "intended now, told on return")
            .onConnected(ALWAYS,       JUDGING,     LOOK_AT_JOBS,    "a query is the event that was missed")
            .refuse(Refusal.NOT_READY, PIVOT, CANCEL_IF_READY)
            .with(CommonCells::neverPending).with(CommonCells::sourceHasAll).impossible("it is started once", START).with(CommonCells::noPause).onLostGoBack();
        table.in(MIRRORING)
            .on(PIVOT,  ONLINE_NOW,    APPROACHING, LOOK_AT_BACKLOG, "the guest runs on until the backlog is small", WISH.becomes(Wish.PIVOT))
            .on(PIVOT,  OFFLINE,       MIRRORING,   NOTHING,         "wished now, begun on return", WISH.becomes(Wish.PIVOT))
            .onEither(CANCEL, CANCEL_IF_READY, ONLINE_NOW, CANCELLING, CANCEL_SOFTLY, "the copy of the instant at which it converges")
            .onEither(CANCEL, CANCEL_IF_READY, OFFLINE,    CANCELLING, NOTHING,       "intended now, told on return")
            .on(FORCE,  ONLINE_NOW,    FORCING,     CANCEL_BY_FORCE, "at once")
            .on(FORCE,  OFFLINE,       FORCING,     NOTHING,         "intended now, told on return")
            .on(ENDED,  ALWAYS,        JUDGING,     LOOK_AT_JOBS,    "it ended without our doing")
            .onConnected(ALWAYS,       JUDGING,     LOOK_AT_JOBS,    "a query is the event that was missed")
            .ignore("a job becomes ready once", READY)
            .with(CommonCells::endedByOthers).with(CommonCells::sourceHasAllUnseen).impossible("it is started once", START).with(CommonCells::noPause).onLostGoBack();
    }

    private static void pivot(TableDraft table) {
        table.in(APPROACHING, MIRRORING).awaits(LOOK_AT_BACKLOG)
            .on(BACKLOG_SMALL, all(SEALED, IN_ONE_STEP),   GAUGING,     LOOK_AT_GUEST,   "the pause will be short; now, did anybody pause the guest before us?")
            .on(BACKLOG_SMALL, all(UNSEALED, IN_ONE_STEP), SWITCHING,   COMPLETE,        "the guest runs on, at the stated price", PIVOT_INTENDED, TOLD, TOLD_FIRST)
            .on(BACKLOG_SMALL, PENDING_FIRST,              CONVERGING,  COMPLETE,        "what is left is carried over while the guest runs on, and nothing switches before it is finalized", TOLD_FIRST)
            .on(BACKLOG_SMALL, BY_REOPEN,                  WITNESSING,  MAKE_WITNESS,    "the witness is there before the guest is paused", WITNESS_INTENDED)
            .on(BACKLOG_LARGE, ALWAYS,                     APPROACHING, LOOK_AT_BACKLOG, "a pause lasts as long as the backlog needs")
            .on(REFUSED,       ALWAYS,                     APPROACHING, LOOK_AT_BACKLOG, "a query that failed is asked again")
            .onEither(CANCEL, CANCEL_IF_READY, ALWAYS, CANCELLING, CANCEL_SOFTLY, "nothing was told yet")
            .with(CommonCells::endedByOthers).with(CommonCells::noPause).with(CommonCells::approaching);
        table.in(WITNESSING, MIRRORING).awaits(MAKE_WITNESS)
            .on(DONE, ALWAYS, HANDING_OVER, HAND_OVER_WITNESS, "an empty file, durable before QEMU gets it")
            .with(begunBy(REFUSED, "without a witness the seal alone can tell"))
            .onEither(CANCEL, CANCEL_IF_READY, ALWAYS, CANCELLING, CANCEL_SOFTLY, "nothing was told yet")
            .with(CommonCells::neverPending).with(CommonCells::noPause).with(CommonCells::approaching);
        table.in(HANDING_OVER, MIRRORING).awaits(HAND_OVER_WITNESS)
            .with(begunBy(DONE,    "no byte, no write to the destination", WITNESS_GIVEN))
            .with(begunBy(REFUSED, "without a witness the seal alone can tell"))
            .onEither(CANCEL, CANCEL_IF_READY, ALWAYS, CANCELLING, CANCEL_SOFTLY, "nothing was told yet")
            .with(CommonCells::neverPending).with(CommonCells::noPause).with(CommonCells::approaching);
        table.in(CONVERGING).awaits(COMPLETE)
            .ignore("accepted: that it is pending will be told", DONE)
            .on(PENDING, ALWAYS,     GAUGING,   LOOK_AT_GUEST,   "both images are equal and the guest's writes wait; now, did anybody pause the guest before us?")
            .on(REFUSED, TOLD_ONCE,  JUDGING,   LOOK_AT_JOBS,    "QEMU refused what it was told once", STILL_MIRRORING, NO_WISH)
            .on(REFUSED, TOLD_AGAIN, FORCING,   CANCEL_BY_FORCE, "the first telling may be converging: only force backs out")
            .on(ENDED,   ALWAYS,     JUDGING,   LOOK_AT_JOBS,    "it ended without being finalized")
            .on(FORCE,   ONLINE_NOW, FORCING,   CANCEL_BY_FORCE, "nothing was finalized: the source is the disk")
            .on(FORCE,   OFFLINE,    FORCING,   NOTHING,         "intended now, told on return")
            .onConnected(ALWAYS,     JUDGING,   LOOK_AT_JOBS,    "perhaps never told, or pending by now")
            .ignore("a ready job that is drained says so again", READY)
            .with(CommonCells::sourceHasAll).with(CommonCells::pivoting).with(CommonCells::noPause).onLostGoBack();
        table.in(GAUGING, MIRRORING, CONVERGING, PIVOTING).awaits(LOOK_AT_GUEST)
            .on(GUEST_RUNS,   all(behind(MIRRORING), NO_OTHERS_LET_GO), PAUSING, STOP, "one row before the pause: pivot intended, run state before", PIVOT_INTENDED, TOLD, SEAL_IT, TOLD_FIRST, PAUSED_BY_US)
            .on(GUEST_RUNS,   all(behind(PIVOTING), NO_OTHERS_LET_GO),  PAUSING, STOP, "its owner has resumed it meanwhile: the seal is broken, and now we owe a resume", BREAK_SEAL, PAUSED_BY_US)
            .on(GUEST_RUNS,   all(behind(CONVERGING), NO_OTHERS_LET_GO), PAUSING, STOP, "one row before the pause: pending was seen, run state before", PIVOT_INTENDED, TOLD, SEAL_IT, TOLD_FIRST, PAUSED_BY_US)
            .on(GUEST_PAUSED, all(behind(MIRRORING, CONVERGING), OTHERS_NEED_PAUSE), PAUSING, STOP, "paused by us for another disk: shared from now on, and let go by the last to need it", PIVOT_INTENDED, TOLD, SEAL_IT, TOLD_FIRST, PAUSED_BY_US)
            .on(GUEST_PAUSED, all(behind(PIVOTING), OTHERS_NEED_PAUSE), PAUSING, STOP, "paused by us for another disk, so its owner had resumed it: the seal is broken, and the pause shared", BREAK_SEAL, PAUSED_BY_US)
            .onEither(GUEST_RUNS, GUEST_PAUSED, OTHERS_LET_GO, GAUGING, LOOK_AT_GUEST, "the guest is being let go for another disk, and then looked at again")
            .on(GUEST_PAUSED, all(behind(CONVERGING), OWNER_PAUSED), SWITCHING, FINALIZE, "its owner paused it: sealed, and nothing of ours to undo", PIVOT_INTENDED, TOLD, SEAL_IT, TOLD_FIRST)
            .on(GUEST_PAUSED, all(behind(PIVOTING), OWNER_PAUSED, PENDING_FIRST), SWITCHING, FINALIZE, "its owner has left it alone: tell again")
            .on(GUEST_PAUSED, all(behind(MIRRORING), OWNER_PAUSED, BY_COMPLETE), SWITCHING, COMPLETE, "its owner paused it: sealed, and nothing of ours to undo", PIVOT_INTENDED, TOLD, SEAL_IT, TOLD_FIRST)
            .on(GUEST_PAUSED, all(behind(MIRRORING), OWNER_PAUSED, BY_REOPEN),   STEADYING, LOOK_AT_STEP, "its owner paused it: sealed, and nothing of ours to undo", PIVOT_INTENDED, TOLD, SEAL_IT, TOLD_FIRST)
            .on(GUEST_PAUSED, all(behind(PIVOTING), OWNER_PAUSED, IN_ONE_STEP),  SWITCHING, COMPLETE, "its owner has left it alone: tell again")
            .on(GUEST_PAUSED, all(behind(PIVOTING), OWNER_PAUSED, BY_REOPEN),    STEADYING, LOOK_AT_STEP, "its owner has left it alone, and the mirror lives: the reopen never ran")
            .onEither(RESUMED, STOPPED, behind(MIRRORING, CONVERGING), GAUGING, LOOK_AT_GUEST, "newer than the look under way")
            .onEither(RESUMED, STOPPED, behind(PIVOTING), GAUGING, LOOK_AT_GUEST, "newer than the look under way, and the seal is broken", BREAK_SEAL)
            .on(REFUSED, ALWAYS,            GAUGING, LOOK_AT_GUEST, "a query that failed is asked again")
            .onEither(CANCEL, CANCEL_IF_READY, behind(MIRRORING), CANCELLING, CANCEL_SOFTLY, "nothing was told yet")
            .refuseWhen(behind(CONVERGING, PIVOTING), Refusal.PIVOT_IN_PROGRESS, CANCEL, CANCEL_IF_READY)
            .ignore("no guest is paused by us", DEADLINE)
            .with(CommonCells::neverPending).with(CommonCells::approaching);
        table.in(PIVOTING)
            .on(FORCE, ALWAYS, FORCING, NOTHING, "the way back is intended now, told on return")
            .onConnected(ALWAYS, JUDGING, LOOK_AT_JOBS, "jobs first, then the graph")
            .with(CommonCells::sourceMayLack)
            .on(ANOTHER_QEMU, ALWAYS, IN_DOUBT, NOTHING, "ours may live on elsewhere, on either image")
            .impossible("nothing is heard without a monitor", READY, PENDING, ENDED, RESUMED, STOPPED)
            .ignore("the pause is measured anew once the monitor is back", DEADLINE)
            .with(CommonCells::pivoting).with(CommonCells::offline);
        table.in(PAUSING, PIVOTING).awaits(STOP)
            .on(DONE, IN_ONE_STEP,   SWITCHING, COMPLETE, "nothing new is acknowledged: the source holds everything")
            .on(DONE, PENDING_FIRST, SWITCHING, FINALIZE, "nothing new is acknowledged, and both images are equal")
            .on(DONE, BY_REOPEN,     STEADYING, LOOK_AT_STEP, "a reopen acts without a mirror too, so the mirror must be seen to live and to be in step")
            .on(FORCE, ALWAYS, FORCING, CANCEL_BY_FORCE, "the only way back once a pivot is intended")
            .with(letGo(REFUSED,  "the guest can't be paused", NOT_PENDING_FIRST))
            .with(letGo(DEADLINE, "the guest may not be paused any longer", NOT_PENDING_FIRST))
            .onEither(REFUSED, DEADLINE, all(PENDING_FIRST, RESUME_IS_DUE), FORCING, CANCEL_BY_FORCE, "it was not finalized by this pause: force takes it back, where it is not too late")
            .impossibleWhen(NO_RESUME_DUE, "whoever hears that somebody else was first hears it with the word that the guest is paused", REFUSED)
            .ignoreWhen(NO_RESUME_DUE, "no guest is paused by us", DEADLINE)
            .on(ENDED, ALWAYS, JUDGING, LOOK_AT_JOBS,    "it ended before it was told to, or by the first telling: the guest waits for the graph")
            .stays(STOPPED, RESUME_IS_DUE, "somebody else paused it between our look and our stop: sealed, and nothing of ours to undo", LET_GO)
            .ignoreWhen(NO_RESUME_DUE, "nothing of ours to undo", STOPPED)
            .ignore("a ready job that is drained says so again", READY)
            .with(CommonCells::neverPending).with(CommonCells::pivoting).with(CommonCells::breaksSealOnly).with(CommonCells::passing);
        table.in(STEADYING, PIVOTING).awaits(LOOK_AT_STEP)
            .on(IN_STEP,       ALWAYS, SWITCHING, REOPEN,          "nothing is left that could fail: both images are equal")
            .on(BACKLOG_LARGE, ALWAYS, STEADYING, LOOK_AT_STEP,    "the mirror carries over what is left")
            .on(REFUSED,       ALWAYS, STEADYING, LOOK_AT_STEP,    "a query that failed is asked again")
            .on(JOB_ABSENT,    ALWAYS, PROVING,   LOOK_AT_GRAPH,   "it ended before it was told to: the guest waits for the graph", END.becomes(End.ABSENT))
            .on(ENDED,         ALWAYS, JUDGING,   LOOK_AT_JOBS,    "it ended before it was told to: the guest waits for the graph")
            .on(FORCE,         ALWAYS, FORCING,   CANCEL_BY_FORCE, "the only way back once a pivot is intended")
            .with(letGo(DEADLINE, "the guest may not be paused any longer"))
            .ignoreWhen(NO_RESUME_DUE, "no guest is paused by us", DEADLINE)
            .ignore("it was heard to run before", STOPPED)
            .ignore("a ready job that is drained says so again", READY)
            .with(CommonCells::neverPending).with(CommonCells::pivoting).with(CommonCells::breaksSeal).with(CommonCells::passing);
        table.in(SWITCHING, PIVOTING).awaits(COMPLETE, FINALIZE, REOPEN)
            .ignoreWhen(BY_COMPLETE, "accepted: its end will be told", DONE)
            .on(DONE,     BY_REOPEN,   PROVING, LOOK_AT_GRAPH,   "the answer of the reopen is checked against the graph", END.becomes(End.CLEAN))
            .on(REFUSED,  BY_REOPEN,   JUDGING, LOOK_AT_JOBS,    "refused early the mirror lives; else it fell back, or the disk is lost", WAS_REFUSED)
            .with(letGo(REFUSED, "QEMU refused the one pivot that it was told", IN_ONE_STEP))
            .on(REFUSED, PENDING_FIRST, FORCING, CANCEL_BY_FORCE, "it can't be finalized: force takes it back, where it is not too late")
            .on(REFUSED, all(IN_ONE_STEP, NO_RESUME_DUE, TOLD_ONCE),  JUDGING, LOOK_AT_JOBS,    "QEMU refused the one pivot that it was told", STILL_MIRRORING, NEVER_TOLD, UNSEAL, NO_WISH)
            .on(REFUSED, all(IN_ONE_STEP, NO_RESUME_DUE, TOLD_AGAIN), FORCING, CANCEL_BY_FORCE, "the first telling may be converging: only force backs out")
            .on(ENDED,    BY_COMPLETE, JUDGING, LOOK_AT_JOBS,    "jobs first, then the graph")
            .ignoreWhen(BY_REOPEN, "a reopen cancels the mirror first", ENDED)
            .on(DEADLINE, BY_COMPLETE, FORCING, CANCEL_BY_FORCE, "after complete only force backs out")
            .ignoreWhen(BY_REOPEN, "a reopen can't be taken back", DEADLINE)
            .on(FORCE,    BY_COMPLETE, FORCING, CANCEL_BY_FORCE, "after complete only force backs out")
            .refuseWhen(BY_REOPEN, Refusal.PIVOT_IN_PROGRESS, FORCE)
            .ignore("it was heard to run before", STOPPED)
            .ignore("a ready job that is drained says so again", READY)
            .with(CommonCells::neverPending).with(CommonCells::pivoting).with(CommonCells::breaksSeal).with(CommonCells::passing);
        table.in(RETREATING).awaits(CONT)
            .onEither(DONE, REFUSED, ALWAYS, JUDGING, LOOK_AT_JOBS, "let go; the job went on meanwhile, so look at it", STILL_MIRRORING, LET_GO)
            .onConnected(RESUME_IS_OURS, RETREATING, CONT, "perhaps never told; a running guest goes on running")
            .impossibleWhen(NO_RESUME_DUE, "a job retreats only to let the guest go", CONNECTED)
            .impossibleWhen(RESUME_IS_OTHERS, "nobody joins a pause that is being let go", CONNECTED)
            .with(CommonCells::sourceHasAllUnseen)
            .refuse(Refusal.PIVOT_REFUSED, PIVOT, CANCEL, CANCEL_IF_READY, FORCE)
            .impossible("it is started once", START)
            .ignore("the look after the answer will tell", READY, ENDED)
            .with(CommonCells::neverPending)
            .ignore("that was us", RESUMED)
            .ignore("the guest is being let go", STOPPED, DEADLINE).onLostGoBack();
    }

    private static void cancel(TableDraft table) {
        table.in(CANCELLING).awaits(CANCEL_SOFTLY)
            .ignore("accepted: its end will be told", DONE)
            .on(REFUSED, ALWAYS,     JUDGING, LOOK_AT_JOBS,    "a paused job refuses it, an ended one too: the copy goes on as before", STILL_COPYING, NO_WISH)
            .on(ENDED,   ALWAYS,     JUDGING, LOOK_AT_JOBS,    "jobs first, then the graph")
            .on(FORCE,   ONLINE_NOW, FORCING, CANCEL_BY_FORCE, "graceful was too slow")
            .on(FORCE,   OFFLINE,    FORCING, NOTHING,         "intended now, told on return")
            .on(PENDING, ALWAYS,     FINISHING, FINALIZE,      "a graceful end is finalized too")
            .onConnected(ALWAYS,     JUDGING, LOOK_AT_JOBS,    "perhaps never told")
            .with(CommonCells::sourceHasAllUnseen).with(CommonCells::cancelling).with(CommonCells::noPause).onLostGoBack();
        table.in(FINISHING, CANCELLING).awaits(FINALIZE)
            .ignore("its end was told before", DONE)
            .on(REFUSED, ALWAYS, FORCING, CANCEL_BY_FORCE, "it can't be finalized, and the guest's writes wait")
            .on(ENDED,   ALWAYS, JUDGING, LOOK_AT_JOBS,    "jobs first, then the graph")
            .on(FORCE,   ALWAYS, FORCING, CANCEL_BY_FORCE, "graceful was too slow")
            .ignore("it was ready before it was pending", READY)
            .with(CommonCells::neverPending).with(CommonCells::cancelUnderWay).with(CommonCells::noPause).with(CommonCells::passing);
        table.in(FORCING).awaits(CANCEL_BY_FORCE)
            .ignore("accepted: its end will be told", DONE)
            .on(REFUSED, ALWAYS,     JUDGING, LOOK_AT_JOBS,    "it has ended already")
            .on(ENDED,   ALWAYS,     JUDGING, LOOK_AT_JOBS,    "jobs first, then the graph: the force may have come too late")
            .onConnected(ALWAYS,     JUDGING, LOOK_AT_JOBS,    "perhaps never told")
            .ignore("it is being forced", FORCE)
            .with(endsOnSource(ANOTHER_QEMU, SWITCH_NEVER_TOLD, "no switch was told: the source holds everything"))
            .on(ANOTHER_QEMU, SWITCH_PERHAPS_TOLD, IN_DOUBT, NOTHING, "ours may live on elsewhere, on either image")
            .with(CommonCells::sourceMayLack).with(CommonCells::cancelling).with(CommonCells::breaksSealOnly).with(CommonCells::pausedByOthers)
            .ignore("the way back is being taken", PENDING, DEADLINE).onLostGoBack();
    }

    private static void evidence(TableDraft table) {
        table.in(JUDGING, STARTING, STREAMING, MIRRORING, CONVERGING, PIVOTING, CANCELLING, FORCING, IN_DOUBT).awaits(LOOK_AT_JOBS)
            .on(JOB_RUNNING, behind(STARTING, STREAMING), STREAMING, NOTHING, "it streams, and was not ready before", GAP.becomes(false))
            .on(JOB_RUNNING, behind(CANCELLING), CANCELLING, CANCEL_SOFTLY, "perhaps never told", GAP.becomes(false))
            .on(JOB_RUNNING, behind(FORCING),    FORCING,    CANCEL_BY_FORCE, "perhaps never told", GAP.becomes(false))
            .impossibleWhen(behind(MIRRORING, CONVERGING, PIVOTING, IN_DOUBT), "a job that was ready does not stream again", JOB_RUNNING)
            .on(JOB_READY, all(STILL_WANTED, STAY_WISHED),   MIRRORING,   NOTHING,         "in step", SEEN_READY)
            .on(JOB_READY, all(STILL_WANTED, PIVOT_WISHED),  APPROACHING, LOOK_AT_BACKLOG, "in step, and to be pivoted", STILL_MIRRORING, SEEN_READY)
            .on(JOB_READY, all(STILL_WANTED, FINISH_WISHED), CANCELLING,  CANCEL_SOFTLY,   "in step, and to be finished", SEEN_READY)
            .on(JOB_READY, all(behind(PIVOTING), NOT_PENDING_FIRST, REFUSAL_HEARD, RESUME_IS_OURS),   RETREATING, CONT,    "refused, and the mirror lives: nothing was changed", NEVER_TOLD, UNSEAL, NO_WISH, END_USED)
            .on(JOB_READY, all(behind(PIVOTING), NOT_PENDING_FIRST, REFUSAL_HEARD, RESUME_IS_OTHERS), MIRRORING,  NOTHING, "refused, and the mirror lives; another disk lets the guest go", NEVER_TOLD, UNSEAL, NO_WISH, END_USED, LET_GO)
            .on(JOB_READY, all(behind(PIVOTING), NOT_PENDING_FIRST, REFUSAL_HEARD, NO_RESUME_DUE),    MIRRORING,  NOTHING, "refused, and the mirror lives: nothing was changed", NEVER_TOLD, UNSEAL, NO_WISH, END_USED)
            .on(JOB_READY, behind(CONVERGING), CONVERGING, COMPLETE, "perhaps never told: tell again", TOLD_BEFORE)
            .impossibleWhen(all(behind(PIVOTING), PENDING_FIRST), "what was pending is not ready again", JOB_READY)
            .on(JOB_READY, all(behind(PIVOTING), NOT_PENDING_FIRST, NO_REFUSAL_HEARD, RESUME_IS_DUE), PAUSING,   STOP,          "no proof that the switch never ran: seal again, tell again", TOLD_BEFORE)
            .on(JOB_READY, all(behind(PIVOTING), NOT_PENDING_FIRST, NO_REFUSAL_HEARD, SEALED, NO_RESUME_DUE), GAUGING,   LOOK_AT_GUEST, "no proof that the switch never ran; has its owner left the guest alone?", TOLD_BEFORE)
            .on(JOB_READY, all(behind(PIVOTING), NO_REFUSAL_HEARD, UNSEALED, NO_RESUME_DUE, IN_ONE_STEP), SWITCHING, COMPLETE, "no proof that the switch never ran: tell again", TOLD_BEFORE)
            .on(JOB_READY, all(behind(PIVOTING), NO_REFUSAL_HEARD, UNSEALED, NO_RESUME_DUE, BY_REOPEN),   SWITCHING, REOPEN,   "the mirror lives, so the reopen never ran", TOLD_BEFORE)
            .on(JOB_READY, behind(CANCELLING), CANCELLING, CANCEL_SOFTLY,   "perhaps never told", SEEN_READY)
            .on(JOB_READY, behind(FORCING),    FORCING,    CANCEL_BY_FORCE, "perhaps never told", SEEN_READY)
            .on(JOB_READY, behind(IN_DOUBT),   FORCING,    CANCEL_BY_FORCE, "it lives: the way back ends it, and then the graph tells")
            .on(JOB_PENDING, all(PENDING_FIRST, STILL_WANTED), FORCING, CANCEL_BY_FORCE, "somebody else told it to end, and the guest's writes wait: back to the source", SEEN_READY)
            .on(JOB_PENDING, all(PENDING_FIRST, behind(CONVERGING)), GAUGING,   LOOK_AT_GUEST, "both images are equal and the guest's writes wait; now, did anybody pause the guest before us?")
            .on(JOB_PENDING, all(PENDING_FIRST, behind(PIVOTING), RESUME_IS_DUE),           PAUSING,   STOP,          "never finalized: seal again, tell again", TOLD_BEFORE)
            .on(JOB_PENDING, all(PENDING_FIRST, behind(PIVOTING), NO_RESUME_DUE), GAUGING,   LOOK_AT_GUEST, "never finalized; has its owner left the guest alone?", TOLD_BEFORE)
            .on(JOB_PENDING, all(PENDING_FIRST, behind(CANCELLING)),        FINISHING, FINALIZE,        "a graceful end is finalized too", SEEN_READY)
            .on(JOB_PENDING, all(PENDING_FIRST, behind(FORCING, IN_DOUBT)), FORCING,   CANCEL_BY_FORCE, "not finalized: the way back ends it, and then the graph tells", SEEN_READY)
            .ignoreWhen(NOT_PENDING_FIRST, "its end will be told", JOB_PENDING)
            .ignore("its end will be told", JOB_ENDING)
            .on(JOB_CLEAN,     ALWAYS, PROVING, LOOK_AT_GRAPH, "a soft cancel and a pivot look the same in the list of jobs; a reopen that was refused had ended its mirror well", END.becomes(CLEAN_UNLESS_REFUSED))
            .on(JOB_CANCELLED, ALWAYS, PROVING, LOOK_AT_GRAPH, "the graph decides, not the job's own verdict", END.becomes(End.CANCELLED))
            .on(JOB_ERROR,     ALWAYS, PROVING, LOOK_AT_GRAPH, "a pivot can report an error and be switched all the same", END.becomes(End.ERROR))
            .on(JOB_ABSENT,    ALWAYS, PROVING, LOOK_AT_GRAPH, "absence tells that it ended, not how", END.becomes(End.ABSENT))
            .on(ENDED,         ALWAYS, JUDGING, LOOK_AT_JOBS,  "newer than the look under way")
            .on(READY,         ALWAYS, JUDGING, LOOK_AT_JOBS,  "newer than the look under way, and said only once", SEEN_READY)
            .on(PENDING,       ALWAYS, JUDGING, LOOK_AT_JOBS,  "newer than the look under way")
            .on(REFUSED,       ALWAYS, JUDGING, LOOK_AT_JOBS,  "a query that failed is asked again")
            .refuseWhen(behind(STARTING), Refusal.BEING_STARTED, PIVOT, CANCEL, CANCEL_IF_READY, FORCE)
            .refuseWhen(behind(STREAMING), Refusal.NOT_READY, PIVOT, CANCEL_IF_READY)
            .refuseWhen(behind(IN_DOUBT), Refusal.IN_DOUBT, PIVOT, CANCEL, CANCEL_IF_READY, FORCE)
            .refuseWhen(behind(CANCELLING, FORCING), Refusal.CANCEL_IN_PROGRESS, PIVOT)
            .refuseWhen(behind(CONVERGING, PIVOTING), Refusal.PIVOT_IN_PROGRESS, CANCEL, CANCEL_IF_READY)
            .ignoreWhen(behind(CONVERGING, PIVOTING), "the pivot is under way", PIVOT)
            .ignoreWhen(behind(CANCELLING, FORCING), "it is being cancelled", CANCEL, CANCEL_IF_READY)
            .ignoreWhen(behind(FORCING), "it is being forced", FORCE)
            .stays(PIVOT,           behind(MIRRORING), "wished now, begun after the look", WISH.becomes(Wish.PIVOT))
            .stays(CANCEL,          behind(STREAMING, MIRRORING), "intended now, told after the look", JOURNAL.becomes(CANCELLING))
            .stays(CANCEL_IF_READY, behind(MIRRORING), "intended now, told after the look", JOURNAL.becomes(CANCELLING))
            .stays(FORCE,           behind(STREAMING, MIRRORING, CONVERGING, PIVOTING, CANCELLING), "intended now, told after the look", JOURNAL.becomes(FORCING))
            .impossible("it is started once", START)
            .ignore("the look under way will tell", DEADLINE)
            .with(CommonCells::breaksSealOnly).with(CommonCells::pausedByOthers).with(CommonCells::passing);
        table.in(PROVING, STARTING, STREAMING, MIRRORING, CONVERGING, PIVOTING, CANCELLING, FORCING, IN_DOUBT).awaits(LOOK_AT_GRAPH)
            .on(ON_DESTINATION, RESUME_IS_OURS,   RESUMING,   CONT,    "durable before the guest writes to the destination alone", OUTCOME_DURABLE, OUTCOME.becomes(Outcome.PIVOTED), COPY.becomes(Copy.DISK), END_USED)
            .on(ON_DESTINATION, RESUME_IS_OTHERS, DISMISSING, DISMISS, "durable before the evidence is dismissed; another disk lets the guest go", OUTCOME_DURABLE, OUTCOME.becomes(Outcome.PIVOTED), COPY.becomes(Copy.DISK), END_USED, LET_GO)
            .on(ON_DESTINATION, NO_RESUME_DUE,    DISMISSING, DISMISS, "durable before the evidence is dismissed",                 OUTCOME_DURABLE, OUTCOME.becomes(Outcome.PIVOTED), COPY.becomes(Copy.DISK), END_USED)
            .on(ON_SOURCE,      RESUME_IS_OURS,   RESUMING,   CONT,    "durable before the guest is let go",       OUTCOME_DURABLE, OUTCOME.becomes(OUTCOME_ON_SOURCE), COPY.becomes(COPY_ON_SOURCE), END_USED)
            .on(ON_SOURCE,      RESUME_IS_OTHERS, DISMISSING, DISMISS, "durable before the evidence is dismissed; another disk lets the guest go", OUTCOME_DURABLE, OUTCOME.becomes(OUTCOME_ON_SOURCE), COPY.becomes(COPY_ON_SOURCE), END_USED, LET_GO)
            .on(ON_SOURCE,      NO_RESUME_DUE,    DISMISSING, DISMISS, "durable before the evidence is dismissed", OUTCOME_DURABLE, OUTCOME.becomes(OUTCOME_ON_SOURCE), COPY.becomes(COPY_ON_SOURCE), END_USED)
            .on(NO_MEDIUM, LOST_UNWITNESSED,    HOSED,    NOTHING, "the reopen failed and so did its way back; the guest stays paused on purpose", CANT_BE_TOLD, END_USED)
            .on(NO_MEDIUM, LOST_WITNESSED,      TESTIFYING, LOOK_AT_WITNESS, "lost in the reopen, or taken into use first and emptied by somebody else?", END_USED)
            .on(NO_MEDIUM, not(LOST_IN_REOPEN), IN_DOUBT, NOTHING, "no step of ours empties a drive: somebody else did", END_USED)
            .on(ON_ANOTHER, ALWAYS,             IN_DOUBT, NOTHING, "somebody else changed the disk", END_USED)
            .on(REFUSED,    ALWAYS,             PROVING,  LOOK_AT_GRAPH, "a query that failed is asked again")
            .refuse(Refusal.ENDED, PIVOT, CANCEL, CANCEL_IF_READY, FORCE)
            .impossible("it is started once", START)
            .ignore("the job is known to have ended", READY, PENDING, ENDED)
            .ignore("the look under way will tell", DEADLINE)
            .with(CommonCells::breaksSeal).with(CommonCells::pausedByOthers).with(CommonCells::passing);
        table.in(TESTIFYING, PIVOTING, FORCING, IN_DOUBT).awaits(LOOK_AT_WITNESS)
            .on(WITNESS_WRITTEN, OFFLINE,    UNWITNESSING, REMOVE_WITNESS, "written once the destination was open, and nothing after it can fail", OUTCOME_DURABLE, OUTCOME.becomes(Outcome.PIVOTED), COPY.becomes(Copy.DISK))
            .on(WITNESS_EMPTY,   OFFLINE,    UNWITNESSING, REMOVE_WITNESS, "no byte: the guest has written nothing to the destination", OUTCOME_DURABLE, GIVE_UP, CANT_BE_TOLD)
            .on(REFUSED,         OFFLINE,    IN_DOUBT, NOTHING, "a witness that can't be read says nothing")
            .on(WITNESS_WRITTEN, ONLINE_NOW, IN_DOUBT, NOTHING, "the destination was in use: somebody else emptied the drive")
            .on(WITNESS_EMPTY,   ONLINE_NOW, HOSED,    NOTHING, "the reopen failed and so did its way back; the guest stays paused on purpose", CANT_BE_TOLD)
            .on(REFUSED,         ONLINE_NOW, HOSED,    NOTHING, "without a witness an empty drive is one that the reopen lost", CANT_BE_TOLD)
            .onConnected(ALWAYS, JUDGING, LOOK_AT_JOBS, "it lives after all")
            .refuse(Refusal.IN_DOUBT, PIVOT, CANCEL, CANCEL_IF_READY, FORCE)
            .impossible("it is started once", START)
            .ignore("the job is known to have ended", READY, PENDING, ENDED)
            .ignore("the look under way will tell", DEADLINE, QEMU_GONE, ANOTHER_QEMU)
            .with(CommonCells::breaksSeal).with(CommonCells::pausedByOthers).onLostGoBack();
        table.in(IN_DOUBT)
            .onConnected(ALWAYS, JUDGING, LOOK_AT_JOBS, "evidence is collected again on each return")
            .on(ENDED,   ALWAYS, JUDGING, LOOK_AT_JOBS, "something became known")
            .with(resolved(KEEP_SOURCE, GIVE_UP, CANT_BE_TOLD))
            .with(resolved(KEEP_DESTINATION, OUTCOME.becomes(Outcome.PIVOTED), COPY.becomes(Copy.DISK)))
            .refuse(Refusal.IN_DOUBT, PIVOT, CANCEL, CANCEL_IF_READY, FORCE)
            .impossible("it is started once", START)
            .ignore("that does not tell which image is the disk", READY, PENDING, DEADLINE, QEMU_GONE, ANOTHER_QEMU)
            .with(CommonCells::breaksSeal).with(CommonCells::pausedByOthers).onLostGoBack();
    }

    private static void cleanUp(TableDraft table) {
        table.in(CONCLUDED)
            .onConnected(RESUME_IS_OURS,   RESUMING,   CONT,    "the guest is still paused by us")
            .onConnected(RESUME_IS_OTHERS, DISMISSING, DISMISS, "concluded by a person's word; another disk lets the guest go", LET_GO)
            .onConnected(NO_RESUME_DUE,    DISMISSING, DISMISS, "perhaps never told")
            .onEither(QEMU_GONE, ANOTHER_QEMU, REMOVAL_IS_DUE,                         REMOVING,     REMOVE_FILE,    "nothing of ours is left but the file")
            .onEither(QEMU_GONE, ANOTHER_QEMU, ONLY_WITNESS_LEFT,                      UNWITNESSING, REMOVE_WITNESS, "nothing of ours is left but the witness")
            .onEither(QEMU_GONE, ANOTHER_QEMU, all(ENDS_PIVOTED, NO_WITNESS_LEFT),     PIVOTED,      NOTHING,        "nothing of ours is left in QEMU")
            .onEither(QEMU_GONE, ANOTHER_QEMU, all(ENDS_CANCELLED, NO_WITNESS_LEFT),   CANCELLED,    NOTHING,        "nothing of ours is left in QEMU")
            .onEither(QEMU_GONE, ANOTHER_QEMU, all(KEEPS_AND_FAILED, NO_WITNESS_LEFT), FAILED,       NOTHING,        "nothing of ours is left in QEMU")
            .impossibleWhen(NO_OUTCOME, "concluded without an outcome", QEMU_GONE, ANOTHER_QEMU)
            .with(CommonCells::ended).with(CommonCells::offline);
        table.in(RESUMING, CONCLUDED).awaits(CONT)
            .onEither(DONE, REFUSED, ALWAYS, DISMISSING, DISMISS, "let go, and never again by us", LET_GO)
            .with(CommonCells::ended).with(CommonCells::passing);
        table.in(DISMISSING, CONCLUDED).awaits(DISMISS)
            .onEither(DONE, REFUSED, WITNESS_LEFT,                         WITHDRAWING, WITHDRAW_WITNESS, "the outcome is durable: what the witness could tell is known")
            .onEither(DONE, REFUSED, all(ENDS_PIVOTED, NO_WITNESS_LEFT),   PIVOTED,     NOTHING,          "the destination's node is the guest's now")
            .onEither(DONE, REFUSED, all(ENDS_ON_SOURCE, NO_WITNESS_LEFT), DETACHING,   DETACH,           "QEMU does not use the destination any more")
            .with(CommonCells::ended).with(CommonCells::passing);
        table.in(WITHDRAWING, CONCLUDED).awaits(WITHDRAW_WITNESS)
            .onEither(DONE, REFUSED, ALWAYS, UNWITNESSING, REMOVE_WITNESS, "the outcome was durable before")
            .with(CommonCells::ended).with(CommonCells::passing);
        table.in(UNWITNESSING, CONCLUDED).awaits(REMOVE_WITNESS)
            .onEither(DONE, REFUSED, ENDS_PIVOTED,                    PIVOTED,   NOTHING, "the guest is on the destination; what could not be removed is listed as left over", WITNESS_GONE)
            .onEither(DONE, REFUSED, all(ENDS_ON_SOURCE, ONLINE_NOW), DETACHING, DETACH,  "QEMU does not use the destination any more", WITNESS_GONE)
            .onEither(DONE, REFUSED, all(ENDS_CANCELLED, OFFLINE),    CANCELLED, NOTHING, "the file is kept", WITNESS_GONE)
            .onEither(DONE, REFUSED, all(ENDS_FAILED, OFFLINE),       FAILED,    NOTHING, "the file is kept", WITNESS_GONE)
            .impossibleWhen(all(NO_OUTCOME, OFFLINE), "concluded without an outcome", DONE, REFUSED)
            .ignore("the witness is removed without a monitor too", CONNECTED, QEMU_GONE, ANOTHER_QEMU)
            .with(CommonCells::ended).onLostGoBack();
        table.in(DETACHING, CONCLUDED).awaits(DETACH)
            .onEither(DONE, REFUSED, FORMAT_LEFT_OVER,                    UNFORMATTING, DISMISS_FORMAT, "the formatting may have been cut in the middle")
            .onEither(DONE, REFUSED, all(NO_FORMAT_LEFT, REMOVAL_IS_DUE), REMOVING,     REMOVE_FILE,    "we made it, and it is worthless")
            .onEither(DONE, REFUSED, ENDS_CANCELLED,                      CANCELLED,    NOTHING,        "the file is kept")
            .onEither(DONE, REFUSED, KEEPS_AND_FAILED,                    FAILED,       NOTHING,        "the file is kept")
            .impossibleWhen(ENDS_PIVOTED, "the destination's node is the guest's after a pivot", DONE, REFUSED)
            .impossibleWhen(NO_OUTCOME, "concluded without an outcome", DONE, REFUSED)
            .with(CommonCells::ended).with(CommonCells::passing);
        table.in(UNFORMATTING, CONCLUDED).awaits(DISMISS_FORMAT)
            .onEither(DONE, REFUSED, ALWAYS, CLEARING, CLOSE_FILE, "the bare file may still be open")
            .with(CommonCells::ended).with(CommonCells::passing);
        table.in(CLEARING, CONCLUDED).awaits(CLOSE_FILE)
            .onEither(DONE, REFUSED, ALWAYS, REMOVING, REMOVE_FILE, "we made it, and it is worthless")
            .with(CommonCells::ended).with(CommonCells::passing);
        table.in(REMOVING, CONCLUDED).awaits(REMOVE_FILE)
            .onEither(DONE, REFUSED, ALWAYS, FAILED, NOTHING, "what could not be removed is listed as left over")
            .ignore("the file is removed without a monitor too", CONNECTED, QEMU_GONE, ANOTHER_QEMU)
            .with(CommonCells::ended).onLostGoBack();
    }

    private static void ends(TableDraft table) {
        for (JobState end : JobState.values()) {
            if (end.isTerminal()) {
                table.in(end)
                    .refuse(Refusal.ENDED, PIVOT, CANCEL, CANCEL_IF_READY, FORCE)
                    .impossible("it is started once", START)
                    .ignore("ended is ended", CONNECTED, MONITOR_LOST, QEMU_GONE, ANOTHER_QEMU, READY, PENDING, ENDED, RESUMED, STOPPED, DEADLINE);
            }
        }
    }

    private static void notInDoubt(TableDraft table) {
        for (JobState state : JobState.values()) {
            if (state == JUDGING || state == PROVING || state == TESTIFYING) {
                table.in(state)
                    .refuseWhen(behind(IN_DOUBT), Refusal.LOOKING, KEEP_SOURCE, KEEP_DESTINATION)
                    .refuseWhen(not(behind(IN_DOUBT)), Refusal.NOT_IN_DOUBT, KEEP_SOURCE, KEEP_DESTINATION);
            } else if (state != IN_DOUBT) {
                table.in(state).refuse(state.isTerminal() ? Refusal.ENDED : Refusal.NOT_IN_DOUBT, KEEP_SOURCE, KEEP_DESTINATION);
            }
        }
    }
    // spotless:on
}
