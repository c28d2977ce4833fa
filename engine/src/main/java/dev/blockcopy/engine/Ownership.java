package dev.blockcopy.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * This process's leases on monitors. A lease tells others whom to ask; the fence is the monitor itself, which serves one
 * client.
 *
 * <p>Safe for use by several threads.
 */
final class Ownership {
    /** Renewed four times before it runs out. */
    static final Duration LEASE = Duration.ofSeconds(4);

    static final Duration RENEWAL = Duration.ofSeconds(1);

    private final JobStore store;
    private final String owner = UUID.randomUUID() + "@" + OwnerProcess.self().text();
    private final String who;

    Ownership(JobStore store) {
        this.store = store;
        this.who = "process " + ProcessHandle.current().pid() + " on " + ThisHost.name();
    }

    /** Takes or renews the lease; empty if it is ours now, else the lease of who has it. */
    Optional<Lease> take(Path monitor) {
        Instant now = Instant.now();
        Lease holds = store.acquire(new Lease(monitor, owner, who, now.plus(LEASE)), now);
        return isOurs(holds) ? Optional.empty() : Optional.of(holds);
    }

    /** As {@link #take}, of a monitor that we have not; what we wrote down there when we left it is nothing to miss. */
    Optional<Lease> takeAnew(Path monitor) {
        Optional<Lease> other = take(monitor);
        return other.isPresent() && other.get().owner().isEmpty() ? take(monitor) : other;
    }

    void giveBack(Path monitor) {
        store.release(new Lease(monitor, owner, who, Instant.now()));
    }

    /** The other process that had the monitor last and has not left it, as far as is known, be its lease run out or not. */
    Optional<Lease> lastOf(Path monitor) {
        return store.ownerOf(monitor, Instant.EPOCH).filter(lease -> !isOurs(lease));
    }

    /**
     * Gives it back where that process, and not we, had the monitor all the time: others are to know who has it. Its old
     * lease stays lost to it, so that it can't write what it decided before.
     */
    void giveBackTo(Path monitor, Lease holder) {
        giveBack(monitor);
        Instant now = Instant.now();
        String name = UUID.randomUUID() + "@" + holder.process().text();
        store.acquire(new Lease(monitor, name, holder.who(), now), now);
    }

    /** The other process that has the monitor now, if one has. */
    Optional<Lease> ofAnother(Path monitor) {
        return store.ownerOf(monitor, Instant.now()).filter(lease -> !isOurs(lease));
    }

    /** Whether we were the last to take it. */
    boolean has(Path monitor) {
        return store.ownerOf(monitor, Instant.EPOCH).filter(this::isOurs).isPresent();
    }

    private boolean isOurs(Lease lease) {
        return lease.owner().equals(owner);
    }

    /** Who drives the jobs of a monitor, or why nobody does, for people. */
    String driverOf(Path monitor) {
        Instant now = Instant.now();
        return lastOf(monitor)
                .map(lease -> lease.holds(now) && !lease.isStopped()
                        ? lease.who()
                        : "nobody; " + monitor + ": " + lease.remedy())
                .orElse("nobody");
    }

    /** Who drives the jobs of a monitor; empty if nobody does. */
    String nameOf(Path monitor) {
        return store.ownerOf(monitor, Instant.now()).map(Lease::who).orElse("");
    }
}
