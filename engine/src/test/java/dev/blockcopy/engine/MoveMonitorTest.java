package dev.blockcopy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blockcopy.engine.CopyRefusedException.Kind;
import dev.blockcopy.engine.store.SqliteJobStore;
import dev.blockcopy.model.lifecycle.Facts.Destination;
import dev.blockcopy.model.lifecycle.Facts.Wish;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MoveMonitorTest {
    private static final Path MOVED = Path.of("/run/qemu/moved.sock");

    private final CopyJob job = Samples.job(Destination.NEW_RAW, Wish.STAY);

    @TempDir
    private Path directory;

    private SqliteJobStore store;
    private CopyJobs jobs;

    @BeforeEach
    void openAStoreWithAJob() {
        store = SqliteJobStore.open(directory.resolve("jobs.db"));
        store.insert(job, Lines.first(Instant.EPOCH, job));
        jobs = new CopyJobs(SqliteJobStore.open(directory.resolve("jobs.db")), List.of(), TableExecutor::new);
    }

    @AfterEach
    void closeIt() {
        jobs.close();
        store.close();
    }

    @Test
    void isRememberedAndTold() throws CopyRefusedException {
        jobs.moveMonitor(job.id(), MOVED);

        assertThat(store.find(job.id())).contains(job.with(job.spec().withMonitor(MOVED)));
        assertThat(jobs.journalOf(job.id()))
                .last()
                .extracting(JournalLine::because)
                .isEqualTo("its monitor is /run/qemu/moved.sock by now, and was "
                        + job.spec().monitor());
    }

    @Test
    void isRefusedWhileAnotherProcessDrivesTheJob() {
        Instant now = Instant.now();
        store.acquire(new Lease(job.spec().monitor(), "somebody", "process 7 on host", now.plusSeconds(60)), now);

        assertThatThrownBy(() -> jobs.moveMonitor(job.id(), MOVED))
                .isInstanceOfSatisfying(
                        CopyRefusedException.class, e -> assertThat(e.kind()).isEqualTo(Kind.STATE))
                .hasMessageContaining("process 7 on host");
        assertThat(store.find(job.id())).contains(job);
    }

    @Test
    void letsThePresentMonitorGoAfterwards() throws CopyRefusedException {
        jobs.moveMonitor(job.id(), MOVED);

        assertThat(store.ownerOf(job.spec().monitor(), Instant.now())).isEmpty();
    }
}
