package dev.blockcopy.simulator.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.blockcopy.engine.CopyJobs;
import dev.blockcopy.engine.CopyRequest;
import dev.blockcopy.engine.InterposedStore;
import dev.blockcopy.engine.JobStore;
import dev.blockcopy.engine.StoreException;
import dev.blockcopy.engine.TableExecutor;
import dev.blockcopy.engine.image.ImageFormat;
import dev.blockcopy.engine.store.SqliteJobStore;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.qmp.RunState;
import dev.blockcopy.qemufake.server.FakeQemu;
import dev.blockcopy.simulator.live.Deadline;
import dev.blockcopy.simulator.live.EngineProcess;
import dev.blockcopy.simulator.live.Onlooker;
import dev.blockcopy.simulator.live.SeededDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The store fails a process of {@code blockcopy} in mid-pivot, the guest paused: nothing is lost, and it goes on once it is mended. */
@Tag("once")
@Timeout(300)
class StoreOutageTest {
    private static final String DRIVE = "drive0";
    private static final int WRITES_AFTER = 10;
    private static final int ENVIRONMENT = 7;

    /** What befalls the store. */
    private interface Outage {
        void begin(long enginePid) throws Exception;
    }

    private final Deadline deadline = Deadline.in(Duration.ofMinutes(4));

    @TempDir
    private Path dir;

    private FakeQemu qemu;
    private Path store;
    private boolean isMounted;

    @BeforeEach
    void startGuest() throws Exception {
        new SeededDisk(1, 64 * SeededDisk.BLOCK).writeTo(dir.resolve("source.raw"));
        store = Files.createDirectory(dir.resolve("state")).resolve("jobs.db");
        qemu = FakeQemu.builder()
                .drive(DRIVE, dir.resolve("source.raw"))
                .guest(250)
                .fault("on=command,name=job-complete,do=delay,millis=3000")
                .start(dir.resolve("qmp"), dir.resolve("onlooker"));
    }

    @AfterEach
    void endGuest() throws Exception {
        qemu.kill();
        if (isMounted) {
            run("umount", "-l", store.getParent().toString());
        }
    }

    private static boolean run(String... words) throws Exception {
        return new ProcessBuilder(words)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    @Test
    void nothingIsLostWhenTheDiskOfTheStoreIsFull() throws Exception {
        mountStore("a full disk");
        Path ballast = store.resolveSibling("ballast");

        String line = failsInMidPivot(pid -> run("dd", "if=/dev/zero", "of=" + ballast, "bs=4k"));

        assertThat(line).startsWith("blockcopy: store " + store + ": ");
        Files.delete(ballast);
        recovers();
    }

    private void mountStore(String purpose) throws Exception {
        isMounted = run(
                "mount",
                "-t",
                "tmpfs",
                "-o",
                "size=1M",
                "store",
                store.getParent().toString());
        assumeTrue(isMounted, purpose + " is tried with a tmpfs of its own, which takes root");
    }

    /** A file system is made read-only while nobody has the store open: the engine is dead, and the next one finds it so. */
    @Test
    void nothingIsLostWhenTheStoreIsReadOnlyForTheOneWhoTakesOver() throws Exception {
        mountStore("a store that is read-only");
        try (Onlooker onlooker = Onlooker.at(dir.resolve("onlooker"), deadline)) {
            EngineProcess engine = copying();
            onlooker.await(engine, "STOP", "", "");
            engine.kill();
        }
        assertThat(run("mount", "-o", "remount,ro", store.getParent().toString()))
                .isTrue();

        EngineProcess recover = blockcopy("recover");

        assertThat(recover.exitCode(deadline)).as(recover.output()).isEqualTo(ENVIRONMENT);
        assertThat(lineOf(recover)).startsWith("blockcopy: store " + store + ": ");
        assertThat(run("mount", "-o", "remount,rw", store.getParent().toString()))
                .isTrue();
        recovers();
    }

    /** What the stop is for: an engine that goes on without its store lets the guest write where nobody will look. */
    @Test
    void writesAreLostByAnEngineThatGoesOnWithoutItsStore() throws Exception {
        JobStore heedless = InterposedStore.over(SqliteJobStore.open(store), (journal, job, lines) -> {
            try {
                journal.save(job, lines);
            } catch (StoreException e) {
                // The bug.
            }
        });
        Path aside = dir.resolve("aside");
        CopyRequest request = CopyRequest.of(dir.resolve("qmp"), DRIVE, dir.resolve("destination.raw"), ImageFormat.RAW)
                .wish(Facts.Wish.PIVOT)
                .build();
        CopyJobs engine = new CopyJobs(heedless, List.of(store), TableExecutor::new);
        try {
            engine.start(request);
            awaitRun(RunState.PAUSED);
            Files.move(store.getParent(), aside);
            awaitRun(RunState.RUNNING);
            int enough = qemu.guest().acknowledged().size() + WRITES_AFTER;
            assertThat(qemu.guest().awaitAcknowledged(enough, Duration.ofMinutes(1)))
                    .isTrue();
            qemu.kill();
        } finally {
            Files.move(aside, store.getParent());
            engine.close();
        }

        EngineProcess recover = blockcopy("recover");
        recover.exitCode(deadline);

        assertThat(phase()).as(recover.output()).isEqualTo(JobState.FAILED);
        assertThat(qemu.guest().lackingIn(dir.resolve("source.raw"))).isNotEmpty();
    }

    private void awaitRun(RunState state) throws Exception {
        while (qemu.state().run() != state) {
            deadline.millisLeft("a guest that is " + state);
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** A file that may not grow stands for a full disk: the same error at the same place, and no root is needed. */
    @Test
    void nothingIsLostWhenTheStoreCantGrow() throws Exception {
        String line = failsInMidPivot(pid -> new ProcessBuilder(
                        "prlimit", "--pid", String.valueOf(pid), "--fsize=" + Files.size(Path.of(store + "-wal")))
                .start()
                .waitFor());

        assertThat(line).startsWith("blockcopy: store " + store + ": reading or writing failed");

        recovers();
    }

    @Test
    void nothingIsLostWhenTheStoresDirectoryIsGone() throws Exception {
        Path aside = dir.resolve("aside");

        String line = failsInMidPivot(pid -> Files.move(store.getParent(), aside));

        assertThat(line).startsWith("blockcopy: store " + store + ": it was removed or replaced while it was in use");

        Files.move(aside, store.getParent());
        recovers();
    }

    /** The one line that the command ends with. */
    private String failsInMidPivot(Outage outage) throws Exception {
        try (Onlooker onlooker = Onlooker.at(dir.resolve("onlooker"), deadline)) {
            EngineProcess engine = copying();
            onlooker.await(engine, "STOP", "", "");
            outage.begin(engine.pid());
            assertThat(engine.exitCode(deadline)).as(engine.output()).isEqualTo(ENVIRONMENT);
            String line = lineOf(engine);
            assertThat(line)
                    .contains("; the guest on " + dir.resolve("qmp")
                            + " is paused until the store is back and 'blockcopy" + " recover copy-" + DRIVE);
            return line;
        }
    }

    private EngineProcess copying() throws Exception {
        return blockcopy(
                "copy",
                "--pivot",
                "--format",
                "raw",
                "--qmp",
                dir.resolve("qmp").toString(),
                "--disk",
                DRIVE,
                "--dest",
                dir.resolve("destination.raw").toString());
    }

    private static String lineOf(EngineProcess engine) throws Exception {
        List<String> said = engine.output()
                .lines()
                .filter(line -> line.startsWith("blockcopy: "))
                .toList();
        assertThat(said).hasSize(1);
        assertThat(engine.output()).doesNotContain("Exception");
        return said.get(0);
    }

    private void recovers() throws Exception {
        assertThat(phase()).isEqualTo(JobState.PIVOTING);
        assertThat(qemu.state().run()).isEqualTo(RunState.PAUSED);

        EngineProcess recover = blockcopy("recover");

        assertThat(recover.exitCode(deadline)).as(recover.output()).isZero();
        assertThat(phase()).isEqualTo(JobState.PIVOTED);
        int enough = qemu.guest().acknowledged().size() + WRITES_AFTER;
        assertThat(qemu.guest().awaitAcknowledged(enough, Duration.ofMinutes(1)))
                .isTrue();
        qemu.kill();
        assertThat(qemu.guest().lackingIn(dir.resolve("destination.raw"))).isEmpty();
    }

    private EngineProcess blockcopy(String... words) throws Exception {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--store", store.toString()));
        return EngineProcess.start(dir.resolve(words[0] + ".log"), EngineProcess.BLOCKCOPY, all);
    }

    private JobState phase() {
        try (JobStore opened = SqliteJobStore.open(store)) {
            return opened.list().get(0).phase();
        }
    }
}
