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
     * Takes a lease, unless another owner has one that has not run out.
     *
     * @return the lease that holds now: the given one, or the other owner's
     */
    Lease acquire(Lease wanted, Instant now);

    /** Renews a lease that was taken; false if somebody else has had the monitor since, be that one gone or not. */
    boolean renew(Lease lease);

    /**
     * The journal for who has taken this lease. Once somebody else has had the monitor it refuses each step, however late it
     * comes, with a {@link StoreException}: also where the same engine has taken the monitor again, under another name.
     */
    Journal under(Lease lease);

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
