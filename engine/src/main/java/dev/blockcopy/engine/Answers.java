package dev.blockcopy.engine;

import static dev.blockcopy.model.lifecycle.Trigger.DONE;
import static dev.blockcopy.model.lifecycle.Trigger.REFUSED;

import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.model.qmp.JobInfo;
import dev.blockcopy.model.qmp.JobStatus;
import dev.blockcopy.model.qmp.QmpReply;
import dev.blockcopy.model.qmp.RunState;
import dev.blockcopy.model.qmp.StatusInfo;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What QEMU's answer to an effect means: the edge at which data turn into triggers. */
final class Answers {
    /** The error of a job that was cancelled by force (transcripts m15, l09). */
    private static final String CANCELLED_ERROR = "Operation canceled";

    static final String SUSPENDED = "the guest is suspended and can't be paused: wake it (system_wakeup)";

    static final String HELD = "somebody has paused the copy job itself (job-pause), so it is waited for: resume it"
            + " (job-resume), or end it with 'blockcopy abort --force'";
    private static final Set<JobStatus> HELD_STATUSES = EnumSet.of(JobStatus.PAUSED, JobStatus.STANDBY);

    private final CopySpec spec;
    private final long smallBacklogBytes;

    /** Answers for one job; a backlog up to a number of bytes counts as small. */
    Answers(CopySpec spec, long smallBacklogBytes) {
        this.spec = spec;
        this.smallBacklogBytes = smallBacklogBytes;
    }

    /** The one trigger of an effect's replies, given in the order of its commands; empty where they do not tell. */
    Optional<Sighting> of(CopyEffect effect, List<QmpReply> replies) {
        QmpReply first = replies.get(0);
        if (first instanceof QmpReply.Failure failure) {
            return Optional.of(failed(effect, failure));
        }
        Object value = ((QmpReply.Success) first).value();
        return switch (effect) {
            case LOOK_AT_JOBS -> Optional.of(ofJobs(JobInfo.listFrom(value)));
            case LOOK_AT_BACKLOG -> Optional.of(backlog(JobInfo.listFrom(value)));
            case LOOK_AT_GUEST -> Optional.of(guest(StatusInfo.from(value)));
            case LOOK_AT_GRAPH -> graph(value, replies).map(Sighting::of);
            default -> Optional.of(Sighting.of(DONE));
        };
    }

    private Optional<Trigger> graph(Object queryBlock, List<QmpReply> replies) {
        return replies.size() == 1
                ? GraphEvidence.byRoot(spec, queryBlock)
                : Optional.of(GraphEvidence.byGraph(spec, replies.get(1)));
    }

    /** What is already gone counts as taken away. */
    private Sighting failed(CopyEffect effect, QmpReply.Failure failure) {
        boolean taking = effect == CopyEffect.DISMISS
                || effect == CopyEffect.DISMISS_FORMAT
                || effect == CopyEffect.DETACH
                || effect == CopyEffect.CLOSE_FILE;
        if (taking && isAbsence(failure)) {
            return Sighting.of(DONE);
        }
        String text = effect.meaning() + ": " + failure.description();
        if (taking || effect == CopyEffect.CONT) {
            return new Sighting(REFUSED, findings -> findings.withLeftOver(text));
        }
        return Sighting.withError(REFUSED, text);
    }

    /** Texts of N1, N2 and of an unknown node (transcripts e01, m17): all that QEMU tells an absent thing by. */
    private static boolean isAbsence(QmpReply.Failure failure) {
        String text = failure.description();
        return text.equals("Job not found")
                || text.startsWith("Block job '") && text.endsWith("not found")
                || text.startsWith("Failed to find node with node-name=");
    }

    /** Our job in the list: the formatting one as long as it is there, else the mirror. */
    private Sighting ofJobs(List<JobInfo> jobs) {
        return jobs.stream()
                .filter(job -> job.id().equals(spec.formatJobId()))
                .findFirst()
                .or(() ->
                        jobs.stream().filter(job -> job.id().equals(spec.id())).findFirst())
                .map(Answers::ofJob)
                .orElseGet(() -> Sighting.of(Trigger.JOB_ABSENT));
    }

    private static Sighting ofJob(JobInfo job) {
        return switch (job.status()) {
            case CREATED, RUNNING, PAUSED, UNDEFINED, UNKNOWN -> Sighting.of(Trigger.JOB_RUNNING);
            case READY, STANDBY -> Sighting.of(Trigger.JOB_READY);
            case PENDING -> Sighting.of(Trigger.JOB_PENDING);
            case WAITING, ABORTING -> Sighting.of(Trigger.JOB_ENDING);
            case CONCLUDED -> concluded(job.error());
            case NULL -> Sighting.of(Trigger.JOB_ABSENT);
        };
    }

    private static Sighting concluded(String error) {
        if (error == null) {
            return Sighting.of(Trigger.JOB_CLEAN);
        }
        return error.equals(CANCELLED_ERROR)
                ? Sighting.of(Trigger.JOB_CANCELLED)
                : Sighting.withError(Trigger.JOB_ERROR, error);
    }

    /** Only a job that runs gets any nearer: one in standby, or on its way to its end, is not approached. */
    private Sighting backlog(List<JobInfo> jobs) {
        Optional<JobInfo> ours =
                jobs.stream().filter(job -> job.id().equals(spec.id())).findFirst();
        boolean isSmall = ours.filter(job -> job.status() == JobStatus.READY)
                .filter(job -> job.totalProgress() - job.currentProgress() <= smallBacklogBytes)
                .isPresent();
        boolean isHeld =
                ours.filter(job -> HELD_STATUSES.contains(job.status())).isPresent();
        return backlog(isSmall, isHeld);
    }

    /** What held up an earlier pivot, or an earlier look, does not hold up this one. */
    static Sighting backlog(boolean isSmall, boolean isHeld) {
        return Sighting.withError(isSmall ? Trigger.BACKLOG_SMALL : Trigger.BACKLOG_LARGE, isHeld ? HELD : "");
    }

    /** QEMU says yes to {@code stop} also where the guest has just fallen asleep, of which the event comes first. */
    static Sighting stopped(LiveJob live) {
        return live.guestIsSuspended ? Sighting.withError(REFUSED, SUSPENDED) : Sighting.of(DONE);
    }

    /** A guest that sleeps is not paused: whatever wakes it lets it go on, and {@code stop} does nothing to it (seen on QEMU 7.2). */
    static Sighting guest(StatusInfo status) {
        if (status.status() == RunState.SUSPENDED) {
            return Sighting.withError(REFUSED, SUSPENDED);
        }
        Optional<String> away = AwayGuest.words(status);
        if (away.isPresent()) {
            return Sighting.withError(REFUSED, away.get());
        }
        String name = AwayGuest.nameOf(status.status());
        return new Sighting(
                status.running() ? Trigger.GUEST_RUNS : Trigger.GUEST_PAUSED,
                findings ->
                        (isOfTheGuest(findings.error()) ? findings.withError("") : findings).withRunStateBefore(name));
    }

    /** Whether an error is one that is seen anew at each look of a pivot. */
    static boolean isOfTheMoment(String error) {
        return isOfTheGuest(error) || error.equals(HELD);
    }

    /** Whether an error is that the guest could not be paused. */
    private static boolean isOfTheGuest(String error) {
        return error.equals(SUSPENDED) || AwayGuest.isToldBy(error);
    }
}
