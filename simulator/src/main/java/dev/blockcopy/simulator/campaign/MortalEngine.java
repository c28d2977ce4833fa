package dev.blockcopy.simulator.campaign;

import dev.blockcopy.engine.CopyJobs;
import dev.blockcopy.engine.InterposedStore;
import dev.blockcopy.engine.JobExecutor;
import dev.blockcopy.engine.JobStore;
import dev.blockcopy.model.lifecycle.Decision;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * An engine that is struck, or sees its QEMU struck, at the n-th instant of its jobs' life: instants lie before and after each commit, and
 * before and after each effect that no commit precedes.
 */
final class MortalEngine {
    /** The lane that this is thrown in stops in the middle of what it does. */
    static final class Dead extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Dead(String where) {
            super("struck dead " + where);
        }
    }

    /** What happens at the instant. */
    enum Deed {
        DIE,
        KILL_QEMU,
        KILL_QEMU_AND_DIE
    }

    private final Deed deed;
    private final Runnable killQemu;
    private int instantsLeft;
    private volatile String struck = "";

    /**
     * Nothing is opened yet.
     *
     * @param instant the number of the instant, from 1
     * @param deed what happens at that instant
     */
    MortalEngine(int instant, Deed deed, Runnable killQemu) {
        this.instantsLeft = instant;
        this.deed = deed;
        this.killQemu = killQemu;
    }

    /** Opens it over a store that outlives it. */
    CopyJobs over(JobStore store, JobExecutor table, UnaryOperator<JobStore> bug) {
        return new CopyJobs(bug.apply(mortal(store)), List.of(), () -> mortal(table));
    }

    /** Where it was struck; empty if its jobs ended before. */
    String struck() {
        return struck;
    }

    private void live(String where) {
        if (--instantsLeft == 0) {
            struck = where;
            if (deed != Deed.DIE) {
                killQemu.run();
            }
            if (deed != Deed.KILL_QEMU) {
                throw new Dead(where);
            }
        }
    }

    private JobExecutor mortal(JobExecutor table) {
        return (job, trigger) -> {
            live("hearing " + trigger);
            Decision decision = table.decide(job, trigger);
            if (decision instanceof Decision.Step step
                    && !step.isDurable()
                    && step.effect().isPresent()) {
                live("before " + step.effect().get());
            }
            return decision;
        };
    }

    private JobStore mortal(JobStore store) {
        return InterposedStore.over(store, (journal, job, lines) -> {
            String phase = job.phase().name();
            live("before the commit of " + phase);
            journal.save(job, lines);
            live("after the commit of " + phase);
        });
    }
}
