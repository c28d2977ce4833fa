package dev.blockcopy.engine.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.engine.CopyJobs;
import dev.blockcopy.engine.CopyRefusedException;
import dev.blockcopy.engine.CopyRequest;
import dev.blockcopy.engine.InterposedStore;
import dev.blockcopy.engine.JobExecutor;
import dev.blockcopy.engine.JobReport;
import dev.blockcopy.engine.JobStore;
import dev.blockcopy.engine.Rehearsals;
import dev.blockcopy.engine.statemachine.StatemachineExecutor;
import dev.blockcopy.engine.store.SqliteJobStore;
import dev.blockcopy.model.Valuation;
import dev.blockcopy.model.lifecycle.Decision;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.lifecycle.Trigger;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What befalls an engine at one instant of a job: when a step is decided and not yet durable; when it is durable and its
 * effect is not yet performed; or when the effect was answered and nothing is made of the answer yet.
 */
final class Blow {
    /** On which side of a commit and of an effect it strikes. */
    enum When {
        BEFORE_THE_COMMIT,
        BEFORE_THE_EFFECT,
        AFTER_THE_EFFECT
    }

    /** An engine that is struck dead stops in the middle of what it does: so does a lane that this is thrown in. */
    static final class Dead extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Dead(Instant instant) {
            super("struck dead " + instant);
        }
    }

    /**
     * An instant in the life of a job.
     *
     * @param when on which side of the commit and of the effect
     * @param state where the job stands, in detail
     * @param journal where it stands as far as it is remembered
     */
    record Instant(When when, JobState state, JobState journal) {
        @Override
        public String toString() {
            return when.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ') + " of " + state
                    + (state == journal ? "" : ", remembered as " + journal);
        }

        private boolean is(When side, Valuation job) {
            return side == when && job.get(Facts.STATE) == state && job.get(Facts.JOURNAL) == journal;
        }
    }

    static Instant unwritten(JobState state, JobState journal) {
        return new Instant(When.BEFORE_THE_COMMIT, state, journal);
    }

    static Instant before(JobState state, JobState journal) {
        return new Instant(When.BEFORE_THE_EFFECT, state, journal);
    }

    static Instant after(JobState state, JobState journal) {
        return new Instant(When.AFTER_THE_EFFECT, state, journal);
    }

    private final Instant instant;
    private final Runnable deed;
    private final AtomicBoolean struck = new AtomicBoolean();

    Blow(Instant instant, Runnable deed) {
        this.instant = instant;
        this.deed = deed;
    }

    /** Has an engine of its own carry out the first request to a store, and tells how the struck one leaves the job. */
    JobReport strikes(Path store, CopyRequest request) throws CopyRefusedException, InterruptedException {
        try (CopyJobs engine = engine(store)) {
            startsAndWaits(engine, request);
            assertThat(struck).as("struck %s", instant).isTrue();
            return engine.find(engine.list().get(0).id());
        }
    }

    private static void startsAndWaits(CopyJobs engine, CopyRequest request)
            throws CopyRefusedException, InterruptedException {
        try {
            engine.await(engine.start(request), JobReport::isSettled, Scene.SOON);
        } catch (Dead expected) {
            assertThat(expected).isNotNull();
        }
    }

    /** An engine as it ships, over a store, struck once in a thread that drives the jobs: a rehearsal goes on. */
    private CopyJobs engine(Path store) {
        return new CopyJobs(
                struckIn(SqliteJobStore.open(store)), List.of(store), () -> struckIn(new StatemachineExecutor()));
    }

    private void at(When side, Valuation job) {
        boolean driving = !Rehearsals.areUnderWayHere();
        if (driving && instant.is(side, job) && struck.compareAndSet(false, true)) {
            deed.run();
        }
    }

    private JobExecutor struckIn(JobExecutor executor) {
        return (job, trigger) -> {
            if (trigger.kind() == Trigger.Kind.ANSWER || trigger.kind() == Trigger.Kind.NEWS) {
                at(When.AFTER_THE_EFFECT, job);
            }
            Decision decision = executor.decide(job, trigger);
            if (decision instanceof Decision.Step step && !step.isDurable()) {
                at(When.BEFORE_THE_EFFECT, step.after());
            }
            return decision;
        };
    }

    private JobStore struckIn(JobStore store) {
        return InterposedStore.over(store, (journal, job, lines) -> {
            at(When.BEFORE_THE_COMMIT, job.facts());
            journal.save(job, lines);
            at(When.BEFORE_THE_EFFECT, job.facts());
        });
    }
}
