package dev.blockcopy.engine;

import java.util.List;

/** What a lane writes down, and reads again when it takes over. */
public interface Journal {
    /** A new job. An id that is taken is refused with an {@link IllegalArgumentException}, and nothing is written. */
    void insert(CopyJob job, JournalLine line);

    /** A step of a job, in one transaction: the job as it is now, and the lines of its way since the last time. */
    void save(CopyJob job, List<JournalLine> lines);

    /**
     * What is likely to be saved next, and soon. Nothing of it counts, or can be seen, unless it is saved; who is slow may do
     * a part of the work now. When a line was written may be told as of now.
     */
    default void foresee(CopyJob job, List<JournalLine> lines) {
        // It is written when it is saved.
    }

    /** How far a job is; may be lost in a crash. */
    void saveProgress(String jobId, Progress progress);

    /** The way of a job through the states, the oldest line first. */
    List<JournalLine> journalOf(String jobId);
}
