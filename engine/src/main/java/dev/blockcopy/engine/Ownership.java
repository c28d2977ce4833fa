package dev.blockcopy.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

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
    private final String engine = UUID.randomUUID() + ".";
    private final String who;
    private final AtomicLong acquisitions = new AtomicLong();
    private final Map<Path, Lease> held = new ConcurrentHashMap<>();

    Ownership(JobStore store) {
        this.store = store;
        this.who = "process " + ProcessHandle.current().pid() + " on " + ThisHost.name();
    }

    /**
     * Takes a monitor, under a name that was never used before: what was decided when it was ours an earlier time is written
     * no more. Empty if it is ours now, else the lease of who has it.
     */
    Optional<Lease> take(Path monitor) {
        giveBack(monitor);
        Instant now = Instant.now();
        String name = engine + acquisitions.incrementAndGet() + "@"
                + OwnerProcess.self().text();
        Lease wanted = new Lease(monitor, name, who, now.plus(LEASE));
        Lease holds = store.acquire(wanted, now);
        if (!isOurs(holds)) {
            return Optional.of(holds);
        }
        held.put(monitor, wanted);
        return Optional.empty();
    }

    /** Whether a monitor that we took is ours still. */
    boolean renew(Path monitor) {
        Lease lease = held.get(monitor);
        return lease != null
                && store.renew(
                        new Lease(monitor, lease.owner(), who, Instant.now().plus(LEASE)));
    }

    /** What is decided while a monitor that we took is ours is written here, and nothing once it is not. */
    Journal journal(Path monitor) {
        return store.under(held.get(monitor));
    }

    void giveBack(Path monitor) {
        Optional.ofNullable(held.remove(monitor)).ifPresent(store::release);
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
        return lease.owner().startsWith(engine);
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
