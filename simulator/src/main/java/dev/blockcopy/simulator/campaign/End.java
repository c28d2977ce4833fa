package dev.blockcopy.simulator.campaign;

import static dev.blockcopy.model.lifecycle.CopyEffect.ATTACH;
import static dev.blockcopy.model.lifecycle.CopyEffect.CANCEL_SOFTLY;
import static dev.blockcopy.model.lifecycle.CopyEffect.COMPLETE;
import static dev.blockcopy.model.lifecycle.CopyEffect.CONT;
import static dev.blockcopy.model.lifecycle.CopyEffect.DETACH;
import static dev.blockcopy.model.lifecycle.CopyEffect.DISMISS;
import static dev.blockcopy.model.lifecycle.CopyEffect.FINALIZE;
import static dev.blockcopy.model.lifecycle.CopyEffect.HAND_OVER_WITNESS;
import static dev.blockcopy.model.lifecycle.CopyEffect.LOOK_AT_BACKLOG;
import static dev.blockcopy.model.lifecycle.CopyEffect.LOOK_AT_GRAPH;
import static dev.blockcopy.model.lifecycle.CopyEffect.LOOK_AT_GUEST;
import static dev.blockcopy.model.lifecycle.CopyEffect.LOOK_AT_JOBS;
import static dev.blockcopy.model.lifecycle.CopyEffect.LOOK_AT_STEP;
import static dev.blockcopy.model.lifecycle.CopyEffect.LOOK_AT_WITNESS;
import static dev.blockcopy.model.lifecycle.CopyEffect.MAKE_FILE;
import static dev.blockcopy.model.lifecycle.CopyEffect.MAKE_WITNESS;
import static dev.blockcopy.model.lifecycle.CopyEffect.MIRROR;
import static dev.blockcopy.model.lifecycle.CopyEffect.PLACE_FILE;
import static dev.blockcopy.model.lifecycle.CopyEffect.REMOVE_WITNESS;
import static dev.blockcopy.model.lifecycle.CopyEffect.REOPEN;
import static dev.blockcopy.model.lifecycle.CopyEffect.STOP;
import static dev.blockcopy.model.lifecycle.CopyEffect.WITHDRAW_WITNESS;
import static dev.blockcopy.model.lifecycle.JobState.CANCELLED;
import static dev.blockcopy.model.lifecycle.JobState.CANCELLING;
import static dev.blockcopy.model.lifecycle.JobState.CONCLUDED;
import static dev.blockcopy.model.lifecycle.JobState.CONVERGING;
import static dev.blockcopy.model.lifecycle.JobState.MIRRORING;
import static dev.blockcopy.model.lifecycle.JobState.PIVOTED;
import static dev.blockcopy.model.lifecycle.JobState.PIVOTING;
import static dev.blockcopy.model.lifecycle.JobState.PLACING;
import static dev.blockcopy.model.lifecycle.JobState.STARTING;
import static dev.blockcopy.model.lifecycle.JobState.STREAMING;

import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.model.lifecycle.JobState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How the copies of a campaign are to end, and what happens on the way. */
public enum End {
    PIVOT(
            "--pivot",
            List.of(
                    MAKE_FILE,
                    PLACE_FILE,
                    ATTACH,
                    MIRROR,
                    LOOK_AT_JOBS,
                    LOOK_AT_BACKLOG,
                    LOOK_AT_GUEST,
                    STOP,
                    COMPLETE,
                    LOOK_AT_GRAPH,
                    CONT,
                    DISMISS),
            List.of(PLACING, STARTING, STREAMING, MIRRORING, PIVOTING, CONCLUDED, PIVOTED)),
    FINISH(
            "--finish",
            List.of(MAKE_FILE, PLACE_FILE, ATTACH, MIRROR, LOOK_AT_JOBS, CANCEL_SOFTLY, LOOK_AT_GRAPH, DISMISS, DETACH),
            List.of(PLACING, STARTING, STREAMING, CANCELLING, CONCLUDED, CANCELLED));

    private static final List<CopyEffect> OF_A_REOPEN =
            List.of(MAKE_WITNESS, HAND_OVER_WITNESS, LOOK_AT_STEP, LOOK_AT_WITNESS, WITHDRAW_WITNESS, REMOVE_WITNESS);

    private final String option;
    private final List<CopyEffect> effects;
    private final List<JobState> commits;

    End(String option, List<CopyEffect> effects, List<JobState> commits) {
        this.option = option;
        this.effects = effects;
        this.commits = commits;
    }

    String option() {
        return option;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Every boundary between two effects, as {@code BLOCKCOPY_FAILPOINT} names them. */
    List<String> failPoints() {
        List<String> points = new ArrayList<>();
        commits.forEach(state -> points.add("commit:" + state));
        for (String when : List.of("before:", "during:", "after:")) {
            effects.forEach(effect -> points.add(when + effect));
            // The second look at the jobs is the one after their end.
            points.add(when + LOOK_AT_JOBS + ":2");
        }
        return points;
    }

    /** The same where a pivot is finalized only once it is pending. */
    List<String> failPointsPendingFirst() {
        List<String> points = failPoints();
        if (this == PIVOT) {
            points.add("commit:" + CONVERGING);
            List.of("before:", "during:", "after:").forEach(when -> points.add(when + FINALIZE));
        }
        return points;
    }

    /** The same where the switch is a reopen. */
    List<String> failPointsOfReopen() {
        List<String> points = new ArrayList<>();
        failPoints().stream()
                .map(point -> point.replace(COMPLETE.name(), REOPEN.name()))
                .forEach(points::add);
        for (String when : List.of("before:", "during:", "after:")) {
            OF_A_REOPEN.forEach(effect -> points.add(when + effect));
        }
        return points;
    }
}
