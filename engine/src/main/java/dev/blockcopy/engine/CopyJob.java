package dev.blockcopy.engine;

import dev.blockcopy.model.Valuation;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.lifecycle.TransitionTable;

/**
 * All that is remembered of one copy job: what is persisted is this. Immutable.
 *
 * @param spec what it is, fixed for its life
 * @param facts what the table decides by
 * @param findings what else is worth keeping
 */
public record CopyJob(CopySpec spec, Valuation facts, Findings findings) {
    public String id() {
        return spec.id();
    }

    /** Where the job stands, in detail. */
    public JobState state() {
        return facts.get(Facts.STATE);
    }

    /** Where the job stands as far as it is remembered: what people are shown. */
    public JobState phase() {
        return facts.get(Facts.JOURNAL);
    }

    public boolean hasEnded() {
        return phase().isTerminal();
    }

    /** The job as a crash leaves it: what was not durable is forgotten. */
    public CopyJob restored() {
        return with(TransitionTable.restored(facts));
    }

    public CopyJob with(Valuation newFacts) {
        return new CopyJob(spec, newFacts, findings);
    }

    public CopyJob with(CopySpec newSpec) {
        return new CopyJob(newSpec, facts, findings);
    }

    public CopyJob with(Findings newFindings) {
        return new CopyJob(spec, facts, newFindings);
    }
}
