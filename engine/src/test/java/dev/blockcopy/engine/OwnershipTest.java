package dev.blockcopy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blockcopy.engine.store.SqliteJobStore;
import dev.blockcopy.model.lifecycle.Facts.Destination;
import dev.blockcopy.model.lifecycle.Facts.Wish;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An owner that is silent and keeps the monitor all the same: its lease runs out, and it stays known who that is. */
class OwnershipTest {
    private static final Instant LONG_AGO = Instant.parse("2026-01-01T12:00:00Z");

    private final CopyJob job = Samples.job(Destination.NEW_RAW, Wish.STAY);
    private final Path socket = job.spec().monitor();

    @TempDir
    private Path directory;

    private SqliteJobStore silents;
    private Lease silent;

    private SqliteJobStore store;
    private Ownership ownership;

    @BeforeEach
    void letALeaseRunOut() {
        silents = SqliteJobStore.open(directory.resolve("jobs.db"));
        silents.insert(job, Lines.first(Instant.EPOCH, job));
        String name = "3f2a@" + OwnerProcess.self().text();
        silent = silents.acquire(new Lease(socket, name, "process 1 on here", LONG_AGO.plusSeconds(4)), LONG_AGO);
        store = SqliteJobStore.open(directory.resolve("jobs.db"));
        ownership = new Ownership(store);
    }

    @AfterEach
    void closeThem() {
        store.close();
        silents.close();
    }

    @Test
    void whoHadItLastIsKnownUntilThatOneLeaves() {
        assertThat(ownership.ofAnother(socket)).isEmpty();
        assertThat(ownership.lastOf(socket)).contains(silent);

        silents.release(silent);

        assertThat(ownership.lastOf(socket)).isEmpty();
    }

    /** A process that is stopped keeps its connection, and so the monitor. */
    @Test
    void itIsToldWhoHoldsTheMonitorOfAJobThatNobodyDrives() {
        assertThat(ownership.driverOf(socket))
                .startsWith("nobody; " + socket + ": process 1 on here holds it: let that");

        Instant now = Instant.now();
        silents.release(silent);
        assertThat(ownership.driverOf(socket)).isEqualTo("nobody");
        silents.acquire(new Lease(socket, silent.owner(), "process 1 on here", now.plusSeconds(60)), now);

        assertThat(ownership.driverOf(socket)).isEqualTo("process 1 on here");
    }

    /** The clock was a month ahead when it was taken, by a process of a boot of which nothing is known. */
    @Test
    void itIsTakenFromALeaseThatEndsLaterThanAnyCan() {
        silents.release(silent);
        Instant ahead = Instant.now().plus(Duration.ofDays(30));
        silents.acquire(new Lease(socket, "3f2a@another-boot", "process 1 on here", ahead.plusSeconds(4)), ahead);
        assertThat(ownership.lastOf(socket)).isPresent();
        assertThat(ownership.ofAnother(socket)).isEmpty();
        assertThat(ownership.take(socket)).isEmpty();
        assertThat(ownership.has(socket)).isTrue();
    }

    @Test
    void whoComesAfterUsHearsOfItToo() {
        assertThat(ownership.has(socket)).isFalse();
        assertThat(ownership.take(socket)).isEmpty();
        assertThat(ownership.lastOf(socket)).isEmpty();
        assertThat(ownership.has(socket)).isTrue();

        ownership.giveBackTo(socket, silent);

        assertThat(ownership.has(socket)).isFalse();

        assertThat(new Ownership(store).lastOf(socket))
                .hasValueSatisfying(lease -> assertThat(lease.who()).isEqualTo("process 1 on here"))
                .hasValueSatisfying(lease -> assertThat(lease.process().text())
                        .isEqualTo(OwnerProcess.self().text()));
        assertThat(ownership.ofAnother(socket)).isEmpty();
    }

    /** As if it had been given back to nobody. */
    @Test
    void theSilentOneMayWriteNothingAllTheSame() {
        ownership.take(socket);
        ownership.giveBackTo(socket, silent);

        assertThatThrownBy(() -> silents.under(silent).save(job, List.of()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("another process has taken over the jobs on " + socket);
    }

    /** A lane of the time before has not left yet, and its word is late all the same. */
    @Test
    void itCanBeTakenAgainAfterOthersHadItAndWhatWasDecidedBeforeIsNotWritten() {
        ownership.take(socket);
        Journal before = ownership.journal(socket);
        ownership.giveBackTo(socket, silent);
        try (SqliteJobStore others = SqliteJobStore.open(directory.resolve("jobs.db"))) {
            Ownership another = new Ownership(others);
            another.take(socket);
            another.giveBack(socket);
        }

        assertThat(ownership.take(socket)).isEmpty();

        assertThatThrownBy(() -> before.save(job, List.of()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("another process has taken over");
        ownership.journal(socket).save(job, List.of());
    }

    @Test
    void itIsOursNoMoreOnceOthersHadIt() {
        ownership.take(socket);
        assertThat(ownership.renew(socket)).isTrue();
        ownership.giveBackTo(socket, silent);
        assertThat(ownership.renew(socket)).isFalse();
    }

    @Test
    void whoIsNotServedHearsWhoHoldsTheMonitor() {
        Monitor monitor = new Monitor(socket, Optional.of(silent), it -> null);

        monitor.notServed("no place in the queue");

        assertThat(monitor.trouble()).startsWith(socket + ": process 1 on here holds it");
        monitor.troubledBy("nobody listens");
        assertThat(monitor.trouble()).isEqualTo("nobody listens");
    }

    @Test
    void whoWaitsHearsItBeforeAnyAnswer() {
        Monitor monitor = new Monitor(socket, Optional.of(silent), it -> null);
        monitor.waitedASecond();
        assertThat(monitor.trouble()).isEmpty();

        monitor.waitedASecond();

        assertThat(monitor.trouble()).startsWith(socket + ": process 1 on here holds it");
    }

    @Test
    void whoIsServedHasNobodyBeforeHim() {
        Monitor monitor = new Monitor(socket, Optional.of(silent), it -> null);
        monitor.waitedASecond();
        monitor.waitedASecond();

        monitor.isConnected();

        assertThat(monitor.trouble()).isEmpty();
        assertThat(monitor.holder()).isEmpty();
    }
}
