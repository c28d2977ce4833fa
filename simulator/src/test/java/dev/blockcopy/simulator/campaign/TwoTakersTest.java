package dev.blockcopy.simulator.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.engine.CopyJobs;
import dev.blockcopy.engine.JobExecutor;
import dev.blockcopy.engine.JobStore;
import dev.blockcopy.engine.TableExecutor;
import dev.blockcopy.engine.store.SqliteJobStore;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.qmp.RunState;
import dev.blockcopy.qemufake.server.FakeQemu;
import dev.blockcopy.simulator.live.Deadline;
import dev.blockcopy.simulator.live.EngineProcess;
import dev.blockcopy.simulator.live.SeededDisk;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The owner is killed in mid-pivot and two processes want to take over at once: one drives, and both hear of the end. */
@Tag("once")
@Timeout(300)
class TwoTakersTest {
    private static final int KILLED = 137;

    private final Deadline deadline = Deadline.in(Duration.ofMinutes(4));

    @TempDir
    private Path dir;

    @Test
    void oneOfThemDrivesAndBothSeeTheEnd() throws Exception {
        new SeededDisk(1, 64 * SeededDisk.BLOCK).writeTo(dir.resolve("source.raw"));
        try (FakeQemu qemu = FakeQemu.builder()
                .drive("drive0", dir.resolve("source.raw"))
                .guest(100)
                .start(dir.resolve("qmp"))) {
            ownerIsKilledInMidPivot(qemu);

            EngineProcess one = blockcopy(Map.of(), "recover");
            EngineProcess other = blockcopy(Map.of(), "watch");

            assertThat(one.exitCode(deadline)).as(one.output()).isZero();
            assertThat(other.exitCode(deadline)).as(other.output()).isZero();
            assertThat(phase()).isEqualTo(JobState.PIVOTED);
            assertThat(qemu.state().run()).isEqualTo(RunState.RUNNING);
            assertThat(told(qemu, "cont")).isEqualTo(1);
            assertThat(told(qemu, "job-dismiss")).isEqualTo(1);
        }
    }

    private void ownerIsKilledInMidPivot(FakeQemu qemu) throws Exception {
        EngineProcess owner = blockcopy(
                Map.of("BLOCKCOPY_FAILPOINT", "after:COMPLETE"),
                "copy",
                "--pivot",
                "--format",
                "raw",
                "--qmp",
                qemu.socket().toString(),
                "--disk",
                "drive0",
                "--dest",
                dir.resolve("destination.raw").toString());
        assertThat(owner.exitCode(deadline)).as(owner.output()).isEqualTo(KILLED);
        assertThat(qemu.state().run()).isEqualTo(RunState.PAUSED);
    }

    /** What the lease is for: the monitor has them come one after the other, but the other one knows only what was before. */
    @Test
    void theGuestIsLetGoTwiceByTwoThatHeedNoLease() throws Exception {
        new SeededDisk(1, 64 * SeededDisk.BLOCK).writeTo(dir.resolve("source.raw"));
        try (FakeQemu qemu =
                FakeQemu.builder().drive("drive0", dir.resolve("source.raw")).start(dir.resolve("qmp"))) {
            ownerIsKilledInMidPivot(qemu);
            CountDownLatch bothHaveRead = new CountDownLatch(1);
            TableExecutor table = new TableExecutor();
            JobExecutor waiting = (job, trigger) -> {
                await(bothHaveRead);
                return table.decide(job, trigger);
            };
            try (CopyJobs one = heedless(waiting);
                    CopyJobs other = heedless(waiting)) {
                String id = one.takeOver().get(0);
                assertThat(other.takeOver()).containsExactly(id);
                bothHaveRead.countDown();
                while (told(qemu, "cont") < 2) {
                    deadline.millisLeft("the second cont");
                    LockSupport.parkNanos(1_000_000);
                }
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** An engine to which every lease is given, and nobody else's is known. */
    private CopyJobs heedless(JobExecutor executor) {
        JobStore store = SqliteJobStore.open(dir.resolve("jobs.db"));
        JobStore without = (JobStore) Proxy.newProxyInstance(
                JobStore.class.getClassLoader(), new Class<?>[] {JobStore.class}, (proxy, method, arguments) -> {
                    return switch (method.getName()) {
                        case "acquire" -> arguments[0];
                        case "ownerOf" -> Optional.empty();
                        case "release" -> null;
                        case "renew" -> true;
                        case "under" -> store;
                        default -> method.invoke(store, arguments);
                    };
                });
        return new CopyJobs(without, List.of(), () -> executor);
    }

    private EngineProcess blockcopy(Map<String, String> environment, String... words) throws Exception {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--store", dir.resolve("jobs.db").toString()));
        return EngineProcess.start(dir.resolve(words[0] + ".log"), EngineProcess.BLOCKCOPY, all, environment);
    }

    private JobState phase() {
        try (JobStore opened = SqliteJobStore.open(dir.resolve("jobs.db"))) {
            return opened.list().get(0).phase();
        }
    }

    private static long told(FakeQemu qemu, String command) {
        return qemu.journal().received().stream()
                .filter(line -> line.contains("\"execute\":\"" + command + "\"")
                        || line.contains("\"execute\": \"" + command + "\""))
                .count();
    }
}
