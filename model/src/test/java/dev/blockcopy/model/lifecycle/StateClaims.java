package dev.blockcopy.model.lifecycle;

import static dev.blockcopy.model.lifecycle.JobState.CANCELLING;
import static dev.blockcopy.model.lifecycle.JobState.CONCLUDED;
import static dev.blockcopy.model.lifecycle.JobState.CONVERGING;
import static dev.blockcopy.model.lifecycle.JobState.FORCING;
import static dev.blockcopy.model.lifecycle.JobState.HOSED;
import static dev.blockcopy.model.lifecycle.JobState.IN_DOUBT;
import static dev.blockcopy.model.lifecycle.JobState.PIVOTING;
import static dev.blockcopy.model.lifecycle.JobState.RETREATING;

import dev.blockcopy.model.Valuation;
import dev.blockcopy.model.lifecycle.Facts.Copy;
import dev.blockcopy.model.lifecycle.Facts.Outcome;
import dev.blockcopy.model.lifecycle.Facts.Switch;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What must be true of a job wherever it has come to. */
final class StateClaims {
    private final Valuation job;
    private final JobState state;
    private final JobState journal;
    private final Set<String> broken = new LinkedHashSet<>();

    private StateClaims(Valuation job) {
        this.job = job;
        state = job.get(Facts.STATE);
        journal = job.get(Facts.JOURNAL);
    }

    /** Every claim that a job in a {@link LifecycleProcess} breaks. */
    static Set<String> brokenIn(TransitionTable table, Valuation job) {
        StateClaims claims = new StateClaims(job);
        claims.memory(table);
        claims.guest();
        claims.pivot();
        claims.ends();
        return claims.broken;
    }

    private void memory(TransitionTable table) {
        claim("a remembered state is in the journal", !state.isDurable() || journal == state);
        claim(
                "what stands behind a passing state is declared",
                table.anchorsOf(state).contains(journal));
        claim("an outcome stands behind every clean-up", journal != CONCLUDED || outcome() != Outcome.NONE);
    }

    private void guest() {
        boolean isOwed = job.get(Facts.RESUME_DUE);
        claim("S9: a guest is paused only to be resumed", !performs(CopyEffect.STOP) || isOwed);
        claim("S9: a guest is resumed only if it was paused by us", !performs(CopyEffect.CONT) || isOwed);
        claim("S9: retreating owes a resume", state != RETREATING || isOwed);
        claim(
                "S9: no end leaves a guest paused by us, but for HOSED",
                !state.isTerminal() || state == HOSED || !job.get(Facts.ONLINE) || !isOwed);
    }

    private void pivot() {
        boolean isTold = job.get(Facts.SWITCH_TOLD);
        claim(
                "S5: no switch is told but of a ready job, with the intention in the journal",
                !(performs(CopyEffect.COMPLETE) && !isPendingFirst()) && !performs(CopyEffect.REOPEN)
                        || journal == PIVOTING && job.get(Facts.READY_SEEN) && isTold);
        claim(
                "S5: with pending first nothing is completed but a ready job, with the intention in the journal",
                !(performs(CopyEffect.COMPLETE) && isPendingFirst())
                        || journal == CONVERGING && job.get(Facts.READY_SEEN) && !isTold);
        claim(
                "S5: nothing is finalized but behind a journal that says so",
                !performs(CopyEffect.FINALIZE)
                        || isPendingFirst() && (journal == PIVOTING && isTold || journal == CANCELLING && !isTold));
        claim(
                "S1: a switch is told only behind a journal that says so",
                !isTold
                        || EnumSet.of(PIVOTING, FORCING, IN_DOUBT, CONCLUDED).contains(journal)
                        || journal.isTerminal());
        claim(
                "S3: hosed only where the switch is not atomic",
                state != HOSED || job.get(Facts.SWITCH) == Switch.REOPEN && isTold);
        claim(
                "S4: a copy of an instant is claimed only of a job that was not told to switch",
                job.get(Facts.COPY) != Copy.POINT_IN_TIME || !isTold);
    }

    private boolean isPendingFirst() {
        return job.get(Facts.SWITCH) == Switch.FINALIZE;
    }

    private void ends() {
        claim(
                "S2: an end is the one that the outcome names",
                !state.isTerminal()
                        || state == HOSED
                        || state.name().equals(outcome().name()));
        claim("S12: no effect at an end", !state.isTerminal() || effects().isEmpty());
        claim(
                "S11: only a worthless file of our own is removed",
                !performs(CopyEffect.REMOVE_FILE) || job.satisfies(Facts.REMOVAL_IS_DUE));
    }

    private Outcome outcome() {
        return job.get(Facts.OUTCOME);
    }

    private List<CopyEffect> effects() {
        return job.messages(LifecycleProcess.OUTBOX);
    }

    private boolean performs(CopyEffect effect) {
        return effects().contains(effect);
    }

    private void claim(String claim, boolean holds) {
        if (!holds) {
            broken.add(claim);
        }
    }
}
