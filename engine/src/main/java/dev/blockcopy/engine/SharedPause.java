package dev.blockcopy.engine;

import dev.blockcopy.model.Guard;
import dev.blockcopy.model.Valuation;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.Facts.Others;
import java.util.Collection;
import java.util.Optional;

/**
 * The one guest that the jobs of a lane have in common, and its pause.
 *
 * <p>Nobody keeps a count: who holds the guest paused stands in the jobs' own rows, so a crash leaves nothing else to be
 * mended. A job of another QEMU, one that the last handshake did not find, holds nothing here.
 */
final class SharedPause {
    private final Collection<LiveJob> jobs;

    SharedPause(Collection<LiveJob> jobs) {
        this.jobs = jobs;
    }

    /** Whether the guest waits for a job of the lane. */
    boolean isHeld() {
        return jobs.stream().anyMatch(live -> live.job().facts().get(Facts.RESUME_DUE));
    }

    /** The job's facts, with what the others do by now. */
    Valuation seenBy(LiveJob live) {
        return live.job().facts().with(Facts.OTHERS, othersOf(live));
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
