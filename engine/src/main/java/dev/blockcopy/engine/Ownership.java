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
        return holds.owner().equals(owner) ? Optional.empty() : Optional.of(holds);
    }

    void giveBack(Path monitor) {
        store.release(new Lease(monitor, owner, who, Instant.now()));
    }

    /** The other process that has the monitor now, if one has. */
    Optional<Lease> ofAnother(Path monitor) {
        return store.ownerOf(monitor, Instant.now())
                .filter(lease -> !lease.owner().equals(owner));
    }

    /** Who drives the jobs of a monitor, for people. */
    String nameOf(Path monitor) {
        return store.ownerOf(monitor, Instant.now()).map(Lease::who).orElse("");
    }
}
