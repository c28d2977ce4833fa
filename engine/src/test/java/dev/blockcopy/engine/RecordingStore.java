package dev.blockcopy.engine;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A store in memory that writes its writes down among the other deeds, and fails when told to. */
final class RecordingStore implements JobStore {
    final Map<String, CopyJob> jobs = new LinkedHashMap<>();
    boolean broken;
    final List<JournalLine> lines = new ArrayList<>();
    private final List<String> deeds;

    RecordingStore(List<String> deeds) {
        this.deeds = deeds;
    }

    @Override
    public void insert(CopyJob job, JournalLine line) {
        write(job, "insert ");
    }

    @Override
    public void save(CopyJob job, List<JournalLine> way) {
        write(job, "save ");
        lines.addAll(way);
    }

    private void write(CopyJob job, String how) {
        if (broken) {
            throw new StoreException("the store is broken; mend it");
        }
        deeds.add(how + job.phase());
        jobs.put(job.id(), job);
    }

    @Override
    public void saveProgress(String jobId, Progress progress) {
        deeds.add("progress " + progress.offsetBytes() + "/" + progress.lengthBytes());
    }

    @Override
    public Optional<CopyJob> find(String jobId) {
        return Optional.ofNullable(jobs.get(jobId)).map(CopyJob::restored);
    }

    @Override
    public List<CopyJob> list() {
        return jobs.values().stream().map(CopyJob::restored).toList();
    }

    @Override
    public List<CopyJob> unfinished(Path monitor) {
        return list().stream()
                .filter(job -> !job.hasEnded() && job.spec().monitor().equals(monitor))
                .toList();
    }

    @Override
    public Progress progressOf(String jobId) {
        return Progress.NONE;
    }

    @Override
    public List<JournalLine> journalOf(String jobId) {
        return List.of();
    }

    @Override
    public Lease acquire(Lease wanted, Instant now) {
        return wanted;
    }

    @Override
    public boolean renew(Lease lease) {
        return true;
    }

    @Override
    public Journal under(Lease lease) {
        return this;
    }

    @Override
    public void release(Lease lease) {}

    @Override
    public Optional<Lease> ownerOf(Path monitor, Instant now) {
        return Optional.empty();
    }

    @Override
    public long ask(StoredRequest request) {
        return 0;
    }

    @Override
    public List<StoredRequest> unanswered() {
        return List.of();
    }

    @Override
    public void answer(long requestId, Answer answer) {}

    @Override
    public Optional<Answer> answerTo(long requestId) {
        return Optional.empty();
    }

    @Override
    public void withdraw(long requestId) {}

    @Override
    public void close() {}
}
