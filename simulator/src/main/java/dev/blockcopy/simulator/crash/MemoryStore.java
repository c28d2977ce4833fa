package dev.blockcopy.simulator.crash;

import dev.blockcopy.engine.CopyJob;
import dev.blockcopy.engine.Journal;
import dev.blockcopy.engine.JournalLine;
import dev.blockcopy.engine.Progress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A store without a disk: what a commit that returned has written outlives everything, and nothing else does. */
final class MemoryStore implements Journal {
    private final Map<String, CopyJob> jobs = new LinkedHashMap<>();
    private final Map<String, List<JournalLine>> lines = new LinkedHashMap<>();

    /** All jobs as a crash leaves them, the oldest first. */
    List<CopyJob> list() {
        return jobs.values().stream().map(CopyJob::restored).toList();
    }

    @Override
    public void insert(CopyJob job, JournalLine line) {
        if (jobs.putIfAbsent(job.id(), job) != null) {
            throw new IllegalArgumentException("job id '" + job.id() + "' is taken");
        }
        lines.put(job.id(), new ArrayList<>(List.of(line)));
    }

    @Override
    public void save(CopyJob job, List<JournalLine> more) {
        jobs.put(job.id(), job);
        lines.get(job.id()).addAll(more);
    }

    @Override
    public void saveProgress(String jobId, Progress progress) {
        // A crash loses it.
    }

    @Override
    public List<JournalLine> journalOf(String jobId) {
        return List.copyOf(lines.getOrDefault(jobId, List.of()));
    }
}
