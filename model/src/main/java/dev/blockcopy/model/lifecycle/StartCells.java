package dev.blockcopy.model.lifecycle;

import static dev.blockcopy.model.lifecycle.CommonCells.givenUp;
import static dev.blockcopy.model.lifecycle.CopyEffect.*;
import static dev.blockcopy.model.lifecycle.Facts.*;
import static dev.blockcopy.model.lifecycle.JobState.*;
import static dev.blockcopy.model.lifecycle.Remembered.*;
import static dev.blockcopy.model.lifecycle.Trigger.*;

/** The first part of the life cycle: from the request to a mirror that runs, read like the rest of the table. */
final class StartCells {
    private StartCells() {}

    // spotless:off
    static void start(TableDraft table) {
        table.in(REQUESTED)
            .on(START, NEW_FILE,      MAKING,    MAKE_FILE, "a new file first gets a name that is provably ours", ONLINE_AGAIN)
            .on(START, EXISTING_FILE, ATTACHING, ATTACH,    "the file is there, and was proven to be another than the source", ONLINE_AGAIN)
            .onEither(QEMU_GONE, ANOTHER_QEMU, EXISTING_FILE, FAILED, NOTHING, "nothing of ours is left", GIVE_UP, IS_WORTHLESS)
            .with(CommonCells::undoneOnReturn).with(CommonCells::notYetStarted).with(CommonCells::offline);
        table.in(MAKING, REQUESTED).awaits(MAKE_FILE)
            .on(DONE, ALWAYS, PLACING, PLACE_FILE, "device and inode are durable before the final name exists")
            .with(givenUp(REFUSED, "no file, no copy"))
            .with(CommonCells::starting);
        table.in(PLACING).awaits(PLACE_FILE)
            .on(DONE, NOT_QCOW2, ATTACHING, ATTACH,    "a raw file needs no formatting")
            .on(DONE, NEW_QCOW2, OPENING,   OPEN_FILE, "QEMU formats it, so that nobody else has to know how")
            .with(givenUp(REFUSED, "the name was taken meanwhile, and nothing is ever overwritten"))
            .impossibleWhen(EXISTING_FILE, "only a new file is placed", QEMU_GONE, ANOTHER_QEMU)
            .with(CommonCells::undoneOnReturn).impossible("it is started once", START).with(CommonCells::notYetStarted).onLostGoBack();
        table.in(OPENING, PLACING).awaits(OPEN_FILE)
            .on(DONE, ALWAYS, FORMATTING, FORMAT, "open for formatting")
            .with(givenUp(REFUSED, "QEMU can't open the file"))
            .with(CommonCells::starting);
        table.in(FORMATTING, PLACING).awaits(FORMAT, LOOK_AT_JOBS)
            .on(DONE,      ALWAYS, FORMATTING, LOOK_AT_JOBS,   "the job may have concluded before its reply")
            .on(ENDED,     ALWAYS, FORMATTING, LOOK_AT_JOBS,   "how it ended is in the list of jobs")
            .on(JOB_CLEAN, ALWAYS, FORMATTED,  DISMISS_FORMAT, "formatted")
            .with(givenUp(REFUSED,       "QEMU can't format the file"))
            .with(givenUp(JOB_ERROR,     "the formatting failed"))
            .with(givenUp(JOB_CANCELLED, "somebody cancelled the formatting"))
            .with(givenUp(JOB_ABSENT,    "somebody dismissed the formatting unseen: not to be built upon"))
            .ignore("its end will be told", JOB_RUNNING, JOB_PENDING, JOB_ENDING)
            .impossible("a job that formats is never ready", JOB_READY, READY, PENDING)
            .refuse(Refusal.BEING_STARTED, PIVOT, CANCEL, CANCEL_IF_READY, FORCE)
            .impossible("it is started once", START)
            .with(CommonCells::noPause).with(CommonCells::passing);
        table.in(FORMATTED, PLACING).awaits(DISMISS_FORMAT)
            .on(DONE, ALWAYS, CLOSING, CLOSE_FILE, "the job is gone, the file can be closed")
            .with(givenUp(REFUSED, "a job that stays holds the file"))
            .with(CommonCells::starting);
        table.in(CLOSING, PLACING).awaits(CLOSE_FILE)
            .on(DONE, ALWAYS, ATTACHING, ATTACH, "opened anew, now as qcow2")
            .with(givenUp(REFUSED, "somebody else uses the file"))
            .with(CommonCells::starting);
        table.in(ATTACHING, REQUESTED, PLACING).awaits(ATTACH)
            .on(DONE, ALWAYS, STARTING, MIRROR, "the intention to mirror is durable before QEMU hears of it")
            .with(givenUp(REFUSED, "QEMU can't open the destination"))
            .with(CommonCells::starting);
        table.in(STARTING).awaits(MIRROR)
            .on(DONE, ALWAYS, JUDGING, LOOK_AT_JOBS, "it may be ready, or dead, before its reply", JOURNAL.becomes(STREAMING))
            .with(givenUp(REFUSED, "QEMU did not take the job"))
            .onConnected(ALWAYS, JUDGING, LOOK_AT_JOBS, "the job carries our nonce: it is there, or it never was")
            .with(CommonCells::sourceHasAll)
            .refuse(Refusal.BEING_STARTED, PIVOT, CANCEL, CANCEL_IF_READY, FORCE)
            .impossible("it is started once", START)
            .with(CommonCells::remembersReady).with(CommonCells::neverPending)
            .ignore("the look after the reply will tell", ENDED)
            .with(CommonCells::noPause).onLostGoBack();
    }
    // spotless:on
}
