package dev.blockcopy.simulator.campaign;

import dev.blockcopy.engine.CopyJobs;
import dev.blockcopy.engine.InterposedStore;
import dev.blockcopy.engine.JobExecutor;
import dev.blockcopy.engine.JobStore;
import dev.blockcopy.engine.TableExecutor;
import dev.blockcopy.engine.store.SqliteJobStore;
import dev.blockcopy.model.Valuation;
import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.model.lifecycle.Decision;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.lifecycle.Trigger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Engines with a planted bug. Each also stands still at the worst instant, so that what is left to chance in a campaign is
 * certain in a test.
 */
public final class BrokenEngine {
    /** What is wrong with it. */
    enum Bug {
        /** Nothing: it only stands still when it has seen that the disk is the destination. */
        SLOW,
        /** The guest is not paused, though the journal says so. */
        UNSEALED,
        /** Each step is written down when the next one is, as if the journal came after the reply. */
        LATE_JOURNAL,
        /** The first job whose disk is the destination lets the guest go, whoever else needs the pause. */
        HASTY
    }

    private BrokenEngine() {}

    static List<String> words(Bug bug) {
        return List.of(BrokenEngine.class.getName(), bug.name());
    }

    /** A bug, and the words of {@code blockcopy copy --pivot}. */
    public static void main(String[] words) throws Exception {
        List<String> all = Arrays.asList(words);
        Bug bug = Bug.valueOf(words[0]);
        JobStore store = SqliteJobStore.open(AllDisks.store(all));
        JobStore used = bug == Bug.LATE_JOURNAL ? late(store) : store;
        try (CopyJobs engine = new CopyJobs(used, List.of(), () -> executor(bug))) {
            AllDisks.copy(engine, all);
        }
    }

    private static JobExecutor executor(Bug bug) {
        TableExecutor table = new TableExecutor();
        AtomicInteger switched = new AtomicInteger();
        return (job, trigger) -> {
            boolean isSwitched = trigger == Trigger.ON_DESTINATION;
            boolean isWorst = bug == Bug.LATE_JOURNAL
                    ? job.get(Facts.STATE) == JobState.RESUMING && trigger == Trigger.DONE
                    : isSwitched && switched.incrementAndGet() == (bug == Bug.HASTY ? 2 : 1);
            boolean isResumed = bug == Bug.HASTY && trigger == Trigger.RESUMED && job.satisfies(Facts.NEEDS_PAUSE);
            if (isWorst || isResumed) {
                new CompletableFuture<Void>().join();
            }
            if (bug == Bug.HASTY && isSwitched) {
                return table.decide(job.with(Facts.OTHERS, Facts.Others.NONE), trigger);
            }
            Decision decision = table.decide(job, trigger);
            boolean stops =
                    decision instanceof Decision.Step step && step.effect().equals(Optional.of(CopyEffect.STOP));
            return bug == Bug.UNSEALED && stops ? withoutStop((Decision.Step) decision, table) : decision;
        };
    }

    private static Decision withoutStop(Decision.Step step, JobExecutor table) {
        Decision.Step next = (Decision.Step) table.decide(step.after(), Trigger.DONE);
        Valuation after = next.after();
        return new Decision.Step(step.before(), step.trigger(), next.row(), after);
    }

    private static JobStore late(JobStore store) {
        AtomicReference<Runnable> held = new AtomicReference<>(() -> {});
        return InterposedStore.over(
                store,
                (journal, job, lines) ->
                        held.getAndSet(() -> journal.save(job, lines)).run());
    }
}
