package dev.blockcopy.model.lifecycle;

import static dev.blockcopy.model.lifecycle.Trigger.Kind.ANSWER;
import static dev.blockcopy.model.lifecycle.Trigger.Kind.MONITOR;
import static dev.blockcopy.model.lifecycle.Trigger.Kind.NEWS;
import static dev.blockcopy.model.lifecycle.Trigger.Kind.REQUEST;

/** The only things that can move a copy job. Everything that happens becomes one of them at the edge. */
public enum Trigger {
    START(REQUEST, "begin, with the monitor at hand"),
    PIVOT(REQUEST, "end on the destination"),
    CANCEL(REQUEST, "end on the source, gracefully"),
    CANCEL_IF_READY(REQUEST, "end on the source, but only if the destination becomes a copy"),
    FORCE(REQUEST, "end on the source at once, whatever becomes of the destination"),
    KEEP_SOURCE(REQUEST, "a person knows that the source is the disk"),
    KEEP_DESTINATION(REQUEST, "a person knows that the destination is the disk"),

    CONNECTED(MONITOR, "a new session with the same QEMU answered one round trip"),
    MONITOR_LOST(MONITOR, "the session broke, or fell silent and was closed"),
    QEMU_GONE(
            MONITOR,
            "nobody listens on the monitor, or another QEMU does, and nobody has the images open but that one the source"),
    ANOTHER_QEMU(MONITOR, "a QEMU answers that does not know the nodes of this job"),

    READY(NEWS, "QEMU says that the job is ready"),
    PENDING(NEWS, "QEMU says that the job waits to be finalized"),
    ENDED(NEWS, "QEMU says that the job has concluded"),
    RESUMED(NEWS, "QEMU says that the guest runs again"),
    STOPPED(NEWS, "QEMU says that the guest was paused, and it was not by us"),
    DEADLINE(NEWS, "the guest has been paused for as long as it may be"),

    DONE(ANSWER, "the effect was carried out, or accepted"),
    REFUSED(ANSWER, "the effect was answered with an error"),
    BACKLOG_SMALL(ANSWER, "the job is ready and nearly in step"),
    BACKLOG_LARGE(ANSWER, "the job is ready but far behind"),
    IN_STEP(ANSWER, "the job is ready and has nothing left to copy"),
    GUEST_RUNS(ANSWER, "the guest runs"),
    GUEST_PAUSED(ANSWER, "the guest does not run, and not because of us"),
    JOB_RUNNING(ANSWER, "the job is streaming"),
    JOB_READY(ANSWER, "the job is ready"),
    JOB_PENDING(ANSWER, "the job waits to be finalized"),
    JOB_ENDING(ANSWER, "the job is on its way to its end"),
    JOB_CLEAN(ANSWER, "the job has concluded without an error"),
    JOB_CANCELLED(ANSWER, "the job has concluded with the error of a forced cancel"),
    JOB_ERROR(ANSWER, "the job has concluded with another error"),
    JOB_ABSENT(ANSWER, "QEMU knows no such job"),
    ON_SOURCE(ANSWER, "the guest's disk leads to the source"),
    ON_DESTINATION(ANSWER, "the guest's disk leads to the destination"),
    NO_MEDIUM(ANSWER, "the guest's disk has no image"),
    ON_ANOTHER(ANSWER, "the guest's disk leads to neither image"),
    WITNESS_WRITTEN(ANSWER, "the witness holds its byte"),
    WITNESS_EMPTY(ANSWER, "the witness holds nothing");

    /** Where a trigger comes from. */
    public enum Kind {
        REQUEST,
        MONITOR,
        NEWS,
        /** The answer to the effect of the last step; the answer to an older one is dropped at the edge. */
        ANSWER
    }

    private final Kind kind;
    private final String meaning;

    Trigger(Kind kind, String meaning) {
        this.kind = kind;
        this.meaning = meaning;
    }

    public Kind kind() {
        return kind;
    }

    public String meaning() {
        return meaning;
    }
}
