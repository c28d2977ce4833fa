package dev.blockcopy.simulator.campaign;

import dev.blockcopy.engine.Answer;
import dev.blockcopy.engine.CopyJob;
import dev.blockcopy.engine.JobStore;
import dev.blockcopy.engine.JournalLine;
import dev.blockcopy.engine.Lease;
import dev.blockcopy.engine.Progress;
import dev.blockcopy.engine.StoredRequest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A store without a disk, which outlives the engines that use it and keeps what each made durable, and nothing else. */
final class MemoryStore implements JobStore {
    private final Map<String, CopyJob> jobs = new LinkedHashMap<>();
    private final Map<String, List<JournalLine>> lines = new LinkedHashMap<>();

    @Override
    public synchronized void insert(CopyJob job, JournalLine line) {
        if (jobs.putIfAbsent(job.id(), job) != null) {
            throw new IllegalArgumentException("job id '" + job.id() + "' is taken");
        }
        lines.put(job.id(), new ArrayList<>(List.of(line)));
    }

    @Override
    public synchronized void save(CopyJob job, List<JournalLine> more) {
        jobs.put(job.id(), job);
        lines.get(job.id()).addAll(more);
    }

    @Override
    public synchronized Optional<CopyJob> find(String jobId) {
        return Optional.ofNullable(jobs.get(jobId)).map(CopyJob::restored);
    }

    @Override
    public synchronized List<CopyJob> list() {
        return jobs.values().stream().map(CopyJob::restored).toList();
    }

    @Override
    public synchronized List<JournalLine> journalOf(String jobId) {
        return List.copyOf(lines.getOrDefault(jobId, List.of()));
    }

    @Override
    public void saveProgress(String jobId, Progress progress) {
        // A crash loses it.
    }

    @Override
    public Progress progressOf(String jobId) {
        return Progress.NONE;
    }

    @Override
    public Lease acquire(Lease wanted, Instant now) {
        return wanted;
    }

    @Override
    public void release(Lease lease) {
        // One engine at a time uses it: there is nobody to be kept out.
    }

    @Override
    public Optional<Lease> ownerOf(Path monitor, Instant now) {
        return Optional.empty();
    }

    @Override
    public long ask(StoredRequest request) {
        throw new UnsupportedOperationException("nobody else uses this store");
    }

    @Override
    public List<StoredRequest> unanswered(Path monitor) {
        return List.of();
    }

    @Override
    public void answer(long requestId, Answer answer) {
        throw new UnsupportedOperationException("nobody asks through this store");
    }

    @Override
    public Optional<Answer> answerTo(long requestId) {
        return Optional.empty();
    }

    @Override
    public void withdraw(long requestId) {
        throw new UnsupportedOperationException("nobody asks through this store");
    }

    @Override
    public void close() {
        // It outlives the engine.
    }
}
