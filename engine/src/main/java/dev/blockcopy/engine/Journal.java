package dev.blockcopy.engine;

import java.util.List;

/** What a lane writes down, and reads again when it takes over. */
public interface Journal {
    /** A new job. An id that is taken is refused with an {@link IllegalArgumentException}, and nothing is written. */
    void insert(CopyJob job, JournalLine line);

    /** A step of a job, in one transaction: the job as it is now, and the lines of its way since the last time. */
    void save(CopyJob job, List<JournalLine> lines);

    /** How far a job is; may be lost in a crash. */
    void saveProgress(String jobId, Progress progress);

    /** The way of a job through the states, the oldest line first. */
    List<JournalLine> journalOf(String jobId);
}
