package dev.blockcopy.qemufake;

import dev.blockcopy.model.qmp.JobStatus;

/**
 * QEMU's own two tables about jobs, as data: which status may follow which, and which verb is taken in which status.
 *
 * <p>Facts of {@code job.c} ({@code JobSTT}, {@code JobVerbTable}) in QEMU 7.2; columns are undefined, created,
 * Running, Paused, readY, Standby, Waiting, penDing, aborting (X), concludEd, Null.
 */
public final class JobTables {
    private static final String COLUMNS = "UCRPYSWDXEN";

    // @formatter:off
    // spotless:off
    private static final String[] FOLLOWERS = {
        /* UNDEFINED */ ".C.........",
        /* CREATED   */ "..R.....X.N",
        /* RUNNING   */ "...PY.W.X..",
        /* PAUSED    */ "..R........",
        /* READY     */ ".....SW.X..",
        /* STANDBY   */ "....Y......",
        /* WAITING   */ ".......DX..",
        /* PENDING   */ "........XE.",
        /* ABORTING  */ "........XE.",
        /* CONCLUDED */ "..........N",
        /* NULL      */ "...........",
    };

    private static final String[] TAKERS = {
        /* CANCEL    */ ".CRPYSWD...",
        /* PAUSE     */ ".CRPYS.....",
        /* RESUME    */ ".CRPYS.....",
        /* SET_SPEED */ ".CRPYS.....",
        /* COMPLETE  */ "....YS.....",
        /* FINALIZE  */ ".......D...",
        /* DISMISS   */ ".........E.",
    };
    // spotless:on
    // @formatter:on

    private JobTables() {}

    public static boolean mayFollow(JobStatus from, JobStatus to) {
        return from != JobStatus.UNKNOWN && has(FOLLOWERS[from.ordinal()], to);
    }

    public static boolean takes(JobStatus status, JobVerb verb) {
        return has(TAKERS[verb.ordinal()], status);
    }

    private static boolean has(String row, JobStatus column) {
        return column != JobStatus.UNKNOWN && row.charAt(column.ordinal()) == COLUMNS.charAt(column.ordinal());
    }
}
