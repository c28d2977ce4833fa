package dev.blockcopy.engine.store;

import dev.blockcopy.engine.Answer;
import dev.blockcopy.engine.CopyJob;
import dev.blockcopy.engine.JobStore;
import dev.blockcopy.engine.Journal;
import dev.blockcopy.engine.JournalLine;
import dev.blockcopy.engine.Lease;
import dev.blockcopy.engine.Progress;
import dev.blockcopy.engine.StoreException;
import dev.blockcopy.engine.StoredRequest;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A store in one SQLite file with a write-ahead log, which several processes may have open.
 *
 * <p>A commit costs one fsync of the log; it is meant to take less than a millisecond, since one lies inside a guest's
 * pause. All methods wait for one lock, so that threads of this process queue fairly for the file instead of polling
 * for it as processes have to.
 */
public final class SqliteJobStore implements JobStore {
    /** How long a method waits for another process that keeps the file locked. */
    public static final Duration BUSY_TIMEOUT = Duration.ofSeconds(5);

    private static final String UPSERT_PROGRESS =
            "INSERT INTO progress (offset_bytes, length_bytes, bytes_per_second, job) VALUES (?, ?, ?, ?) "
                    + "ON CONFLICT (job) DO UPDATE SET offset_bytes = excluded.offset_bytes, "
                    + "length_bytes = excluded.length_bytes, bytes_per_second = excluded.bytes_per_second";

    private final ReentrantLock lock = new ReentrantLock(true);
    private final StoreFile file;
    private final Object fileKey;
    private final StoreErrors errors;
    private final Session journal;
    private final Session notes;
    private final JobRows jobs;
    private final JobRows jobsOfNotes;
    private final Requests requests;
    private final Leases leases;
    private boolean closed;

    private SqliteJobStore(StoreFile file, Session journal, Session notes) {
        this.file = file;
        this.fileKey = file.key();
        this.journal = journal;
        this.notes = notes;
        this.errors = file.errors();
        jobs = new JobRows(journal, errors);
        jobsOfNotes = new JobRows(notes, errors);
        requests = new Requests(journal, errors);
        leases = new Leases(notes, errors);
    }

    /**
     * Opens the store in this file; makes it, and the directories above it, where there is none.
     *
     * @throws StoreException if it can't be used; then nothing was changed
     */
    public static SqliteJobStore open(Path file) {
        return open(file, BUSY_TIMEOUT);
    }

    /** One that nobody else sees and that is gone when it is closed. */
    public static SqliteJobStore inMemory() {
        return open(new StoreInMemory());
    }

    static SqliteJobStore open(Path file, Duration busyTimeout) {
        return open(new StoreFile(file, busyTimeout));
    }

    private static SqliteJobStore open(StoreFile store) {
        Session journal = store.openJournal();
        try {
            return new SqliteJobStore(store, journal, store.openNotes());
        } catch (RuntimeException e) {
            journal.close();
            throw e;
        }
    }

    @Override
    public void insert(CopyJob job, JournalLine line) {
        write(journal, () -> {
            jobs.insert(job);
            jobs.append(job.id(), List.of(line));
            return null;
        });
    }

    @Override
    public void save(CopyJob job, List<JournalLine> lines) {
        write(journal, () -> {
            saved(job, lines, Optional.empty());
            return null;
        });
    }

    private void saved(CopyJob job, List<JournalLine> lines, Optional<Lease> under) throws SQLException {
        if (!jobs.update(job, under)) {
            throw lateWord(under.orElseThrow().monitor());
        }
        jobs.append(job.id(), lines);
    }

    @Override
    public Journal under(Lease lease) {
        return new Journal() {
            @Override
            public void insert(CopyJob job, JournalLine line) {
                write(journal, () -> {
                    jobs.insert(job);
                    saved(job, List.of(line), Optional.of(lease));
                    return null;
                });
            }

            @Override
            public void save(CopyJob job, List<JournalLine> lines) {
                write(journal, () -> {
                    saved(job, lines, Optional.of(lease));
                    return null;
                });
            }

            @Override
            public void saveProgress(String jobId, Progress progress) {
                SqliteJobStore.this.saveProgress(jobId, progress);
            }

            @Override
            public List<JournalLine> journalOf(String jobId) {
                return SqliteJobStore.this.journalOf(jobId);
            }
        };
    }

    @Override
    public void saveProgress(String jobId, Progress progress) {
        write(notes, () -> {
            if (!jobsOfNotes.exists(jobId)) {
                throw jobsOfNotes.missing(jobId);
            }
            return notes.update(
                    UPSERT_PROGRESS, progress.offsetBytes(), progress.lengthBytes(), progress.bytesPerSecond(), jobId);
        });
    }

    @Override
    public Optional<CopyJob> find(String jobId) {
        return read(journal, () -> jobs.find(jobId));
    }

    @Override
    public List<CopyJob> list() {
        return read(journal, jobs::list);
    }

    @Override
    public List<CopyJob> unfinished(Path monitor) {
        return read(journal, () -> jobs.unfinished(monitor));
    }

    @Override
    public Progress progressOf(String jobId) {
        return read(
                notes,
                () -> notes
                        .query(
                                "SELECT offset_bytes, length_bytes, bytes_per_second FROM progress WHERE job = ?",
                                row -> new Progress(row.getLong(1), row.getLong(2), row.getLong(3)),
                                jobId)
                        .stream()
                        .findFirst()
                        .orElse(Progress.NONE));
    }

    @Override
    public List<JournalLine> journalOf(String jobId) {
        return read(journal, () -> jobs.journalOf(jobId));
    }

    /** Who was held up so long that another process has taken a monitor over may not write what it decided before. */
    private StoreException lateWord(Path monitor) {
        return errors.of("another process has taken over the jobs on " + monitor + " meanwhile, so this one does"
                + " nothing more with them: see 'blockcopy jobs'");
    }

    @Override
    public Lease acquire(Lease wanted, Instant now) {
        return write(notes, () -> leases.acquire(wanted, now));
    }

    @Override
    public boolean renew(Lease lease) {
        return write(notes, () -> leases.renew(lease));
    }

    @Override
    public void release(Lease lease) {
        write(notes, () -> {
            leases.release(lease);
            return null;
        });
    }

    @Override
    public Optional<Lease> ownerOf(Path monitor, Instant now) {
        return read(notes, () -> leases.ownerOf(monitor, now));
    }

    @Override
    public long ask(StoredRequest request) {
        return write(journal, () -> requests.ask(request));
    }

    @Override
    public List<StoredRequest> unanswered() {
        return read(journal, requests::unanswered);
    }

    @Override
    public void answer(long requestId, Answer answer) {
        write(journal, () -> {
            requests.answer(requestId, answer);
            return null;
        });
    }

    @Override
    public Optional<Answer> answerTo(long requestId) {
        return read(journal, () -> requests.answerTo(requestId));
    }

    @Override
    public void withdraw(long requestId) {
        write(journal, () -> {
            requests.withdraw(requestId);
            return null;
        });
    }

    private <T> T write(Session session, Session.Work<T> work) {
        lock.lock();
        try {
            refuseIfClosed();
            file.refuseUnlessStill(fileKey);
            return session.write(work);
        } finally {
            lock.unlock();
        }
    }

    private <T> T read(Session session, Session.Work<T> work) {
        lock.lock();
        try {
            refuseIfClosed();
            return session.read(work);
        } finally {
            lock.unlock();
        }
    }

    private void refuseIfClosed() {
        if (closed) {
            throw errors.of("it was closed: open it again");
        }
    }

    /** Gives the file back; what was still in the log is carried over into it. */
    @Override
    public void close() {
        lock.lock();
        try {
            if (!closed) {
                try (journal;
                        notes) {
                    closed = true;
                }
            }
        } finally {
            lock.unlock();
        }
    }
}
