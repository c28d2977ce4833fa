package dev.blockcopy.model.lifecycle;

import static dev.blockcopy.model.Repeat.harmless;
import static dev.blockcopy.model.Repeat.observable;
import static dev.blockcopy.model.lifecycle.Trigger.BACKLOG_LARGE;
import static dev.blockcopy.model.lifecycle.Trigger.BACKLOG_SMALL;
import static dev.blockcopy.model.lifecycle.Trigger.DONE;
import static dev.blockcopy.model.lifecycle.Trigger.GUEST_PAUSED;
import static dev.blockcopy.model.lifecycle.Trigger.GUEST_RUNS;
import static dev.blockcopy.model.lifecycle.Trigger.IN_STEP;
import static dev.blockcopy.model.lifecycle.Trigger.JOB_ABSENT;
import static dev.blockcopy.model.lifecycle.Trigger.JOB_CANCELLED;
import static dev.blockcopy.model.lifecycle.Trigger.JOB_CLEAN;
import static dev.blockcopy.model.lifecycle.Trigger.JOB_ENDING;
import static dev.blockcopy.model.lifecycle.Trigger.JOB_ERROR;
import static dev.blockcopy.model.lifecycle.Trigger.JOB_PENDING;
import static dev.blockcopy.model.lifecycle.Trigger.JOB_READY;
import static dev.blockcopy.model.lifecycle.Trigger.JOB_RUNNING;
import static dev.blockcopy.model.lifecycle.Trigger.NO_MEDIUM;
import static dev.blockcopy.model.lifecycle.Trigger.ON_ANOTHER;
import static dev.blockcopy.model.lifecycle.Trigger.ON_DESTINATION;
import static dev.blockcopy.model.lifecycle.Trigger.ON_SOURCE;
import static dev.blockcopy.model.lifecycle.Trigger.REFUSED;
import static dev.blockcopy.model.lifecycle.Trigger.WITNESS_EMPTY;
import static dev.blockcopy.model.lifecycle.Trigger.WITNESS_WRITTEN;

import dev.blockcopy.model.Effect;
import dev.blockcopy.model.Repeat;
import java.util.EnumSet;
import java.util.Set;

/** Everything that a copy job does to the world, one at a time. */
public enum CopyEffect implements Effect {
    MAKE_FILE(
            "make the new file under a name with our nonce",
            observable("the name carries the nonce of the job, nobody else makes it")),
    PLACE_FILE(
            "give the made file its final name, never over another",
            observable("device and inode of the file are in the journal before")),
    OPEN_FILE("blockdev-add of the bare file", observable("the node name carries the nonce")),
    FORMAT("blockdev-create of a qcow2 image in it", observable("the job id carries the nonce")),
    DISMISS_FORMAT("job-dismiss of the job that formatted", harmless("an absent job counts as dismissed")),
    CLOSE_FILE("blockdev-del of the bare file", harmless("an absent node counts as deleted")),
    ATTACH("blockdev-add of the destination", observable("the node name carries the nonce")),
    MIRROR("blockdev-mirror", observable("the job id carries the nonce, and the job stays until we dismiss it")),
    STOP("stop", harmless("a stopped guest stays stopped, and the run state before is in the journal")),
    COMPLETE("job-complete", harmless("accepted twice; but a refusal of the second telling says nothing of the first")),
    FINALIZE("job-finalize", observable("a job that is not pending any more refuses it, and the jobs tell what it is")),
    MAKE_WITNESS(
            "make the empty file that is to be the witness",
            observable("its name carries the nonce, and an empty one is as good as new")),
    HAND_OVER_WITNESS("getfd of the witness", harmless("a descriptor of the same name replaces the one before")),
    WITHDRAW_WITNESS("closefd of the witness", harmless("an absent descriptor counts as closed")),
    REMOVE_WITNESS(
            "remove the witness",
            harmless("its name carries the nonce of the job, and an absent file counts as removed")),
    REOPEN("drive-reopen", observable("the graph tells which file is open, asked after one round trip")),
    CANCEL_SOFTLY("block-job-cancel", harmless("a second graceful cancel is accepted and changes nothing")),
    CANCEL_BY_FORCE("job-cancel", harmless("a job that is already being aborted stays so")),
    CONT("cont", harmless("a running guest goes on running; only our own stop is ever undone")),
    DISMISS("job-dismiss", harmless("an absent job counts as dismissed")),
    DETACH("blockdev-del of the destination", harmless("an absent node counts as deleted")),
    REMOVE_FILE("remove the file that we made", harmless("only what is provably ours and unused is removed")),
    LOOK_AT_JOBS(
            "query-jobs",
            harmless("a query"),
            EnumSet.of(
                    JOB_RUNNING,
                    JOB_READY,
                    JOB_PENDING,
                    JOB_ENDING,
                    JOB_CLEAN,
                    JOB_CANCELLED,
                    JOB_ERROR,
                    JOB_ABSENT,
                    REFUSED)),
    LOOK_AT_BACKLOG(
            "query-block-jobs: how far behind", harmless("a query"), EnumSet.of(BACKLOG_SMALL, BACKLOG_LARGE, REFUSED)),
    LOOK_AT_STEP(
            "query-block-jobs: is anything left to copy",
            harmless("a query"),
            EnumSet.of(IN_STEP, BACKLOG_LARGE, JOB_ABSENT, REFUSED)),
    LOOK_AT_WITNESS(
            "look whether the witness holds its byte",
            harmless("a look at a file"),
            EnumSet.of(WITNESS_WRITTEN, WITNESS_EMPTY, REFUSED)),
    LOOK_AT_GUEST("query-status", harmless("a query"), EnumSet.of(GUEST_RUNS, GUEST_PAUSED, REFUSED)),
    LOOK_AT_GRAPH(
            "query-block and the graph: the disk's root",
            harmless("a query"),
            EnumSet.of(ON_SOURCE, ON_DESTINATION, NO_MEDIUM, ON_ANOTHER, REFUSED));

    private final String meaning;
    private final Repeat repeat;
    private final Set<Trigger> answers;

    CopyEffect(String meaning, Repeat repeat) {
        this(meaning, repeat, EnumSet.of(DONE, REFUSED));
    }

    CopyEffect(String meaning, Repeat repeat, Set<Trigger> answers) {
        this.meaning = meaning;
        this.repeat = repeat;
        this.answers = answers;
    }

    public String meaning() {
        return meaning;
    }

    @Override
    public Repeat repeat() {
        return repeat;
    }

    /** The triggers by which the outside may answer it. */
    public Set<Trigger> answers() {
        return Set.copyOf(answers);
    }
}
