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
    private final Map<Long, StoredRequest> requests = new LinkedHashMap<>();

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
    public synchronized long ask(StoredRequest request) {
        long id = requests.size() + 1L;
        requests.put(
                id,
                new StoredRequest(
                        id, request.monitor(), request.job(), request.verb(), request.said(), request.answer()));
        return id;
    }

    @Override
    public synchronized List<StoredRequest> unanswered(Path monitor) {
        return requests.values().stream()
                .filter(request ->
                        request.monitor().equals(monitor) && request.answer().isEmpty())
                .toList();
    }

    @Override
    public synchronized void answer(long requestId, Answer answer) {
        requests.computeIfPresent(
                requestId,
                (id, request) -> new StoredRequest(
                        id, request.monitor(), request.job(), request.verb(), request.said(), Optional.of(answer)));
    }

    @Override
    public synchronized Optional<Answer> answerTo(long requestId) {
        return Optional.ofNullable(requests.get(requestId)).flatMap(StoredRequest::answer);
    }

    @Override
    public synchronized void withdraw(long requestId) {
        if (answerTo(requestId).isEmpty()) {
            requests.remove(requestId);
        }
    }

    @Override
    public void close() {
        // It outlives the engine.
    }
}
