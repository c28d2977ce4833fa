package dev.blockcopy.engine;

import static dev.blockcopy.model.lifecycle.Trigger.DONE;
import static dev.blockcopy.model.lifecycle.Trigger.REFUSED;

import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.Facts.End;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.model.qmp.QmpCommand;
import dev.blockcopy.model.qmp.QmpEvent;
import dev.blockcopy.model.qmp.QmpReply;
import dev.blockcopy.model.qmp.StatusInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Jobs before the job API: called by their disk, gone when they end.
 *
 * <p>How a job ended is told by an event alone. It is kept as long as the session lives, so that a job that is found to
 * be absent has ended as the event said; without one, absence says nothing more than that it has ended.
 *
 * <p>No query says ready. A job that was seen ready stays so; of another, that everything is copied is the best that
 * can be known, and QEMU itself refuses a pivot that comes too early.
 */
final class OldSpeech implements Speech {
    static final Speech SPEECH = new OldSpeech();

    private OldSpeech() {}

    @Override
    public List<QmpCommand> commands(CopyEffect effect, CopyJob job) {
        return OldCommands.of(effect, job);
    }

    @Override
    public Optional<Sighting> answer(CopyEffect effect, LiveJob live, List<QmpReply> replies, long smallBacklogBytes) {
        return Optional.of(answer(effect, live, replies.get(0), smallBacklogBytes));
    }

    private static Sighting answer(CopyEffect effect, LiveJob live, QmpReply reply, long smallBacklogBytes) {
        if (reply instanceof QmpReply.Failure failure) {
            return failed(effect, failure);
        }
        Object value = ((QmpReply.Success) reply).value();
        return switch (effect) {
            case LOOK_AT_JOBS -> ofJob(live, job(value, live.spec()));
            case LOOK_AT_BACKLOG -> ofBacklog(job(value, live.spec()), smallBacklogBytes);
            case LOOK_AT_STEP -> Sighting.of(ofStep(job(value, live.spec())));
            case LOOK_AT_GUEST -> Answers.guest(StatusInfo.from(value));
            case LOOK_AT_GRAPH -> Sighting.of(FileEvidence.of(live.spec(), value));
            case STOP -> Answers.stopped(live);
            default -> Sighting.of(DONE);
        };
    }

    /** A reopen takes its witness, so that most of the time there is none left to be closed. */
    private static Sighting failed(CopyEffect effect, QmpReply.Failure failure) {
        if (effect == CopyEffect.WITHDRAW_WITNESS && failure.description().endsWith("not found")) {
            return Sighting.of(DONE);
        }
        String text = effect.meaning() + ": " + failure.description();
        return effect == CopyEffect.CONT || effect == CopyEffect.WITHDRAW_WITNESS
                ? new Sighting(REFUSED, findings -> findings.withLeftOver(text))
                : Sighting.withError(REFUSED, text);
    }

    private static Optional<Map<?, ?>> job(Object value, CopySpec spec) {
        return ((List<?>) value)
                .stream()
                        .map(job -> (Map<?, ?>) job)
                        .filter(job -> spec.backend().device().equals(job.get("device")))
                        .findFirst()
                        .map(job -> job);
    }

    private static Sighting ofJob(LiveJob live, Optional<Map<?, ?>> job) {
        if (job.isEmpty()) {
            return ofEnd(live);
        }
        boolean isReady = live.job().facts().get(Facts.READY_SEEN)
                || Boolean.TRUE.equals(job.get().get("ready"))
                || !job.get().containsKey("ready") && isCaughtUp(job.get());
        return Sighting.of(isReady ? Trigger.JOB_READY : Trigger.JOB_RUNNING);
    }

    private static Sighting ofEnd(LiveJob live) {
        return switch (live.endHeard) {
            case CLEAN -> Sighting.of(Trigger.JOB_CLEAN);
            case CANCELLED -> Sighting.of(Trigger.JOB_CANCELLED);
            case ERROR -> Sighting.withError(Trigger.JOB_ERROR, live.errorHeard);
            case NONE, ABSENT -> Sighting.of(Trigger.JOB_ABSENT);
        };
    }

    private static Sighting ofBacklog(Optional<Map<?, ?>> job, long smallBacklogBytes) {
        boolean isHeld =
                job.filter(ours -> Boolean.TRUE.equals(ours.get("paused"))).isPresent();
        boolean isSmall =
                !isHeld && job.filter(ours -> behind(ours) <= smallBacklogBytes).isPresent();
        return Answers.backlog(isSmall, isHeld);
    }

    private static Trigger ofStep(Optional<Map<?, ?>> job) {
        if (job.isEmpty()) {
            return Trigger.JOB_ABSENT;
        }
        return isCaughtUp(job.get()) ? Trigger.IN_STEP : Trigger.BACKLOG_LARGE;
    }

    private static long behind(Map<?, ?> job) {
        return number(job, "len") - number(job, "offset");
    }

    private static boolean isCaughtUp(Map<?, ?> job) {
        return number(job, "len") > 0 && behind(job) == 0;
    }

    private static long number(Map<?, ?> job, String member) {
        return job.get(member) instanceof Number number ? number.longValue() : 0;
    }

    @Override
    public Optional<Trigger> news(QmpEvent event, LiveJob live) {
        if (News.isOfGuest(event)) {
            return News.ofGuest(event, live);
        }
        if (!live.spec().backend().device().equals(event.data().get("device"))) {
            return Optional.empty();
        }
        switch (event.name()) {
            case "BLOCK_JOB_READY" -> {
                return Optional.of(Trigger.READY);
            }
            case "BLOCK_JOB_CANCELLED" -> live.hearEnd(End.CANCELLED, "");
            case "BLOCK_JOB_COMPLETED" -> {
                Object error = event.data().get("error");
                live.hearEnd(error == null ? End.CLEAN : End.ERROR, error == null ? "" : error.toString());
            }
            default -> {
                return Optional.empty();
            }
        }
        return Optional.of(Trigger.ENDED);
    }

    @Override
    public QmpCommand progressQuery() {
        return new QmpCommand.QueryBlockJobs();
    }

    @Override
    public Optional<JobProgress> progress(Object value, LiveJob live) {
        boolean isTold = !live.spec().dialect().isOf2012() && !live.hasMissedNews;
        return job(value, live.spec())
                .map(job ->
                        new JobProgress(number(job, "offset"), number(job, "len"), isTold || job.containsKey("ready")));
    }
}
