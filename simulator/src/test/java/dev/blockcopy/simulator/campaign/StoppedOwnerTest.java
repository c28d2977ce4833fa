package dev.blockcopy.simulator.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.engine.JobStore;
import dev.blockcopy.engine.store.SqliteJobStore;
import dev.blockcopy.model.qmp.RunState;
import dev.blockcopy.qemufake.server.FakeQemu;
import dev.blockcopy.simulator.live.Deadline;
import dev.blockcopy.simulator.live.EngineProcess;
import dev.blockcopy.simulator.live.Onlooker;
import dev.blockcopy.simulator.live.SeededDisk;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The owner is stopped (SIGSTOP) in mid-pivot and holds the monitor: whoever comes is told who that is, and what to do. */
@Tag("once")
@Timeout(300)
class StoppedOwnerTest {
    private static final String DRIVE = "drive0";
    private static final int ENVIRONMENT = 7;

    private final Deadline deadline = Deadline.in(Duration.ofMinutes(4));

    @TempDir
    private Path dir;

    private FakeQemu qemu;
    private EngineProcess owner;

    @BeforeEach
    void stopAnOwnerInMidPivot() throws Exception {
        new SeededDisk(1, 64 * SeededDisk.BLOCK).writeTo(dir.resolve("source.raw"));
        qemu = FakeQemu.builder()
                .drive(DRIVE, dir.resolve("source.raw"))
                .guest(250)
                .fault("on=command,name=job-complete,do=delay,millis=3000")
                .start(dir.resolve("qmp"), dir.resolve("onlooker"));
        try (Onlooker onlooker = Onlooker.at(dir.resolve("onlooker"), deadline)) {
            owner = blockcopy(
                    "copy", "--pivot", "--format", "raw", "--qmp", socket(), "--disk", DRIVE, "--dest", copy());
            onlooker.await(owner, "STOP", "", "");
            owner.suspend();
        }
    }

    @AfterEach
    void endBoth() throws Exception {
        owner.kill();
        qemu.kill();
    }

    @Test
    void recoverNamesItAndGoesOnOnceItHasEnded() throws Exception {
        EngineProcess recover = blockcopy("recover", "--timeout", "5s");

        assertThat(recover.exitCode(deadline)).as(recover.output()).isEqualTo(ENVIRONMENT);
        assertThat(recover.output()).contains(whoIsStopped());

        owner.kill();
        EngineProcess again = blockcopy("recover");

        assertThat(again.exitCode(deadline)).as(again.output()).isZero();
        assertThat(qemu.state().run()).isEqualTo(RunState.RUNNING);
    }

    /** Its lease runs out meanwhile, or it has done so: the monitor is its own all the same. */
    @Test
    void statusNamesIt() throws Exception {
        boolean isRunOut;
        do {
            isRunOut = hasNoLease();
            EngineProcess status = blockcopy("status", job());
            assertThat(status.exitCode(deadline)).as(status.output()).isZero();
            assertThat(status.output())
                    .contains("driven by     nobody; " + socket())
                    .contains(whoIsStopped());
        } while (!isRunOut);
    }

    private boolean hasNoLease() {
        try (JobStore store = SqliteJobStore.open(dir.resolve("jobs.db"))) {
            return store.ownerOf(dir.resolve("qmp"), Instant.now()).isEmpty();
        }
    }

    /** What it decided long ago is refused, and no store is to be waited for. */
    @Test
    void abortNamesItAndNoGuestIsLeftPausedWhenItGoesOnLate() throws Exception {
        EngineProcess abort = blockcopy("abort", "--force", "--timeout", "2s", job());

        assertThat(abort.exitCode(deadline)).as(abort.output()).isEqualTo(ENVIRONMENT);
        assertThat(abort.output()).contains(whoIsStopped()).contains("not done in time");

        owner.resumeIn(Duration.ZERO);
        owner.exitCode(deadline);

        assertThat(owner.output()).doesNotContain("until the store is back");
        EngineProcess recover = blockcopy("recover");
        recover.exitCode(deadline);
        assertThat(qemu.state().run()).as(recover.output()).isEqualTo(RunState.RUNNING);
        try (JobStore store = SqliteJobStore.open(dir.resolve("jobs.db"))) {
            assertThat(store.list()).singleElement().matches(job -> job.hasEnded());
        }
    }

    private String whoIsStopped() {
        long pid = owner.pid();
        return " holds it and is stopped: continue it (kill -CONT " + pid + ") or end it (kill -KILL " + pid + ")";
    }

    private String job() {
        try (JobStore store = SqliteJobStore.open(dir.resolve("jobs.db"))) {
            return store.list().get(0).id();
        }
    }

    private String socket() {
        return dir.resolve("qmp").toString();
    }

    private String copy() {
        return dir.resolve("destination.raw").toString();
    }

    private EngineProcess blockcopy(String... words) throws Exception {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--store", dir.resolve("jobs.db").toString()));
        return EngineProcess.start(dir.resolve(words[0] + ".log"), EngineProcess.BLOCKCOPY, all);
    }
}
