package dev.blockcopy.simulator.crash;

import dev.blockcopy.engine.CopyJob;
import dev.blockcopy.engine.Journal;
import dev.blockcopy.engine.JournalLine;
import dev.blockcopy.engine.Progress;
import dev.blockcopy.model.lifecycle.JobState;
import java.util.List;
import java.util.SplittableRandom;

/** The journal of a store, with instants before, in and after each commit: one that is cut is done or not, by chance. */
final class WatchedJournal implements Journal {
    private final Journal journal;
    private final Fate fate;
    private final SplittableRandom random;
    private final Story story;
    private final List<String> oddities;
    private JobState written;

    WatchedJournal(Journal journal, Fate fate, SplittableRandom random, Story story, List<String> oddities) {
        this.journal = journal;
        this.fate = fate;
        this.random = random;
        this.story = story;
        this.oddities = oddities;
    }

    @Override
    public void insert(CopyJob job, JournalLine line) {
        commit(job, () -> journal.insert(job, line));
    }

    @Override
    public void save(CopyJob job, List<JournalLine> lines) {
        if (hasEnded()) {
            oddities.add("a job that was " + written + " is written down as " + job.phase());
        }
        commit(job, () -> journal.save(job, lines));
    }

    /** Whether a job is written down at all. */
    boolean isBegun() {
        return written != null;
    }

    /** Whether QEMU was told of the job, as far as is written down: from then on the job goes on in no other one. */
    boolean isToldToQemu() {
        return isBegun() && written.compareTo(JobState.STARTING) >= 0;
    }

    /** Whether the job is written down to have ended. */
    boolean hasEnded() {
        return isBegun() && written.isTerminal();
    }

    private void commit(CopyJob job, Runnable write) {
        fate.instant(() -> "before the commit of " + job.phase());
        boolean isCut = fate.isStruck();
        boolean isTooLate = isCut && random.nextBoolean();
        if (isTooLate) {
            fate.die("in the commit of " + job.phase());
        }
        write.run();
        written = job.phase();
        story.tell("  (written down: " + written + ")");
        fate.reached(written);
        if (isCut && !isTooLate) {
            fate.die("in the commit of " + job.phase());
        }
        fate.instant(() -> "after the commit of " + job.phase());
    }

    @Override
    public void saveProgress(String jobId, Progress progress) {
        journal.saveProgress(jobId, progress);
    }

    @Override
    public List<JournalLine> journalOf(String jobId) {
        return journal.journalOf(jobId);
    }
}
