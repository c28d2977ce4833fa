package dev.blockcopy.simulator.played;

import dev.blockcopy.engine.CopyJob;
import dev.blockcopy.engine.JobStore;
import dev.blockcopy.engine.Journal;
import dev.blockcopy.engine.JournalLine;
import dev.blockcopy.engine.Progress;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.JobState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A real store that is written to by a manager with bad habits: its intention to pivot comes late, or never. */
final class LateStore implements Journal {
    private static final Set<JobState> INTENTIONS = Set.of(JobState.PIVOTING, JobState.FORCING, JobState.RETREATING);

    private final JobStore store;
    private final boolean isLate;
    private final List<JournalLine> heldLines = new ArrayList<>();
    private CopyJob held;
    private boolean isWritten;

    LateStore(JobStore store, boolean isLate) {
        this.store = store;
        this.isLate = isLate;
    }

    @Override
    public void insert(CopyJob job, JournalLine line) {
        store.insert(job, line);
    }

    @Override
    public void save(CopyJob job, List<JournalLine> lines) {
        heldLines.addAll(lines);
        if (isLate && !isWritten && isIntention(job)) {
            held = job;
        } else {
            write(job);
        }
    }

    private static boolean isIntention(CopyJob job) {
        return job.facts().get(Facts.SWITCH_TOLD)
                && job.facts().get(Facts.OUTCOME) == Facts.Outcome.NONE
                && INTENTIONS.contains(job.phase());
    }

    private void write(CopyJob job) {
        store.save(job, List.copyOf(heldLines));
        heldLines.clear();
        held = null;
    }

    /** What was held back is written after all. */
    void writeDown() {
        isWritten = true;
        if (held != null) {
            write(held);
        }
    }

    /** The manager dies with what it had not written. */
    void forget() {
        held = null;
        heldLines.clear();
        isWritten = false;
    }

    @Override
    public void saveProgress(String jobId, Progress progress) {
        store.saveProgress(jobId, progress);
    }

    @Override
    public List<JournalLine> journalOf(String jobId) {
        return store.journalOf(jobId);
    }
}
