package dev.blockcopy.engine;

import dev.blockcopy.model.Guard;
import dev.blockcopy.model.Valuation;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.Facts.Others;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.model.qmp.QmpEvent;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/**
 * The one guest that the jobs of a lane have in common, and its pause.
 *
 * <p>Nobody keeps a count: who holds the guest paused stands in the jobs' own rows, so a crash leaves nothing else to be
 * mended. A job of another QEMU, one that the last handshake did not find, holds nothing here.
 */
final class SharedPause {
    /** What the row before our {@code stop} said of the guest was overtaken. */
    static final Sighting OTHERS_FIRST =
            new Sighting(Trigger.STOPPED, findings -> findings.withRunStateBefore("paused"));

    private final Collection<LiveJob> jobs;

    /** Whoever paused the guest, QEMU answers them in this order. */
    private final Queue<OurStop> unanswered = new ArrayDeque<>();

    SharedPause(Collection<LiveJob> jobs) {
        this.jobs = jobs;
    }

    /** Whether the guest waits for a job of the lane. */
    boolean isHeld() {
        return jobs.stream().anyMatch(live -> live.job().facts().get(Facts.RESUME_DUE));
    }

    /** Whether it is held and will soon be let go, unless QEMU hangs: not where a person has to settle a doubt first. */
    boolean isAboutToEnd() {
        return jobs.stream()
                .map(LiveJob::job)
                .anyMatch(job -> job.facts().get(Facts.RESUME_DUE)
                        && job.facts().get(Facts.ONLINE)
                        && job.phase() != JobState.IN_DOUBT);
    }

    /** The job's facts, with what the others do by now. */
    Valuation seenBy(LiveJob live) {
        return live.job().facts().with(Facts.OTHERS, othersOf(live));
    }

    /** One of the jobs says {@code stop}. */
    void stops(OurStop stop) {
        unanswered.add(stop);
    }

    void loseSession() {
        unanswered.clear();
    }

    /** What an event means to each job: that a STOP is not ours is known at once only where we have said no {@code stop}. */
    Map<LiveJob, Trigger> news(QmpEvent event, Collection<LiveJob> online) {
        if (unanswered.isEmpty() && event.name().equals("STOP")) {
            Map<LiveJob, Trigger> news = new LinkedHashMap<>();
            online.forEach(live -> news.put(live, Trigger.STOPPED));
            return news;
        }
        if (!unanswered.isEmpty()) {
            unanswered.element().hear(event);
        }
        return News.of(event, online);
    }

    /** Whether a reply is that to a {@code stop} of ours before which somebody else had paused the guest. */
    boolean isOthers(String replyId, LanePorts ports) {
        return !unanswered.isEmpty()
                && unanswered.element().isAnsweredBy(replyId)
                && unanswered.remove().wasSecond(ports.now(), ports.nanoTime());
    }

    private Others othersOf(LiveJob live) {
        if (another(live, Facts.NEEDS_PAUSE).isPresent()) {
            return Others.NEED_PAUSE;
        }
        return another(live, Facts.LETS_GUEST_GO).isPresent() ? Others.LET_GO : Others.NONE;
    }

    private Optional<LiveJob> another(LiveJob live, Guard guard) {
        return jobs.stream()
                .filter(other -> other != live && other.atHome)
                .filter(other -> other.job().facts().satisfies(guard))
                .findFirst();
    }

    /** What was before the pause is known to the one who began it, and the pause ends when it would have ended. */
    Findings joined(LiveJob live, Valuation after, Findings findings) {
        boolean isNew = after.get(Facts.RESUME_DUE) && !live.job().facts().get(Facts.RESUME_DUE);
        Optional<LiveJob> holder = isNew ? another(live, Facts.NEEDS_PAUSE) : Optional.empty();
        if (holder.isEmpty()) {
            return findings;
        }
        Timing.joined(live, holder.get());
        return findings.withRunStateBefore(holder.get().job().findings().runStateBefore());
    }
}
