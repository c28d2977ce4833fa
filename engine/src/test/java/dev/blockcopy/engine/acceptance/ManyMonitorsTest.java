package dev.blockcopy.engine.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.engine.CopyJobs;
import dev.blockcopy.engine.CopyRequest;
import dev.blockcopy.engine.JobReport;
import dev.blockcopy.engine.image.ImageFormat;
import dev.blockcopy.engine.statemachine.StatemachineExecutor;
import dev.blockcopy.engine.store.SqliteJobStore;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.qemufake.server.FakeQemu;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One engine drives many QEMUs (fakes) at a time, and its threads do not grow with their number. */
@Tag("once")
class ManyMonitorsTest {
    private static final int MANY = 24;
    private static final int LANES_AT_ONCE = 16;
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path dir;

    private final Set<Thread> before = Thread.getAllStackTraces().keySet();
    private final List<FakeQemu> qemus = new ArrayList<>();

    @AfterEach
    void endThem() {
        qemus.forEach(FakeQemu::close);
    }

    @Test
    void jobsOfMoreQemusThanSixteenNeedNoMoreThreadsThanSixteen() throws Exception {
        Path store = dir.resolve("jobs.db");
        try (CopyJobs jobs = new CopyJobs(SqliteJobStore.open(store), List.of(store), StatemachineExecutor::new)) {
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                ids.add(jobs.start(request(i)));
            }
            for (String id : ids) {
                jobs.await(id, report -> report.phase() == JobState.MIRRORING, SOON);
            }
            assertThat(threads("qmp reader")).isEqualTo(1);
            for (String id : ids) {
                jobs.ask(id, Trigger.PIVOT);
            }
            for (String id : ids) {
                assertThat(jobs.await(id, JobReport::isSettled, SOON).phase()).isEqualTo(JobState.PIVOTED);
            }
            assertThat(threads("lane")).isBetween(1L, (long) LANES_AT_ONCE);
        }
    }

    private CopyRequest request(int number) throws Exception {
        Path image = Files.write(dir.resolve(number + ".raw"), new byte[1 << 16]);
        Path socket = dir.resolve(number + ".qmp");
        qemus.add(FakeQemu.builder().drive("drive0", image).withoutDescriptors().start(socket));
        return CopyRequest.of(socket, "drive0", dir.resolve("copy-" + number + ".raw"), ImageFormat.RAW)
                .build();
    }

    private long threads(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name) && !before.contains(thread))
                .count();
    }
}
