package dev.blockcopy.engine;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The journal of all jobs, and the place where processes leave word for one another.
 *
 * <p>Every write has reached the disk when its method returns ({@link #saveProgress} and the leases apart). A
 * {@link StoreException} of a write leaves open whether it took place. Safe for use by several threads, and by several
 * processes on the same store.
 */
public interface JobStore extends Journal, AutoCloseable {
    /** The job as a crash leaves it, or empty if there is none of this id. */
    Optional<CopyJob> find(String jobId);

    /** All jobs as a crash leaves them, the oldest first. */
    List<CopyJob> list();

    /** The jobs of a monitor that have not ended, as a crash leaves them, the oldest first. */
    List<CopyJob> unfinished(Path monitor);

    Progress progressOf(String jobId);

    /**
     * Takes or renews a lease, unless another owner has one that has not run out. Whoever took one through this instance and
     * lost it to another since can't {@link #save} a job of that monitor any more, however late it comes; it is told so here
     * once, and may then begin anew.
     *
     * @return the lease that holds now: the given one, or the other owner's, be it by now given back
     */
    Lease acquire(Lease wanted, Instant now);

    /** Gives a lease back, if it is still this owner's. */
    void release(Lease lease);

    /** The lease on a monitor that holds now. */
    Optional<Lease> ownerOf(Path monitor, Instant now);

    /** Puts a request in, and tells its number. */
    long ask(StoredRequest request);

    /** The requests, on whatever monitor, that nobody has answered yet, the oldest first. */
    List<StoredRequest> unanswered();

    void answer(long requestId, Answer answer);

    Optional<Answer> answerTo(long requestId);

    /** Takes back a request that was not answered; one that was stays. */
    void withdraw(long requestId);

    @Override
    void close();
}
