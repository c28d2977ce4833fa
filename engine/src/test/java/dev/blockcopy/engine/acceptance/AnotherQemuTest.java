package dev.blockcopy.engine.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.engine.CopyJobs;
import dev.blockcopy.engine.CopyRequest;
import dev.blockcopy.engine.JobReport;
import dev.blockcopy.engine.image.ImageFormat;
import dev.blockcopy.engine.statemachine.StatemachineExecutor;
import dev.blockcopy.engine.store.SqliteJobStore;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.qemufake.server.FakeQemu;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another QEMU (a fake) has made its monitor at the path of the first, which lives on with our job and nobody reaches. */
class AnotherQemuTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path dir;

    private final List<FakeQemu> qemus = new ArrayList<>();
    private Path socket;
    private Path image;

    @BeforeEach
    void makeAnImage() throws Exception {
        socket = dir.resolve("vm.qmp");
        image = Files.write(dir.resolve("vda.raw"), new byte[1 << 16]);
    }

    @AfterEach
    void endThem() {
        qemus.forEach(FakeQemu::close);
    }

    private void startQemu() {
        qemus.add(FakeQemu.builder().drive("drive0", image).withoutDescriptors().start(socket));
    }

    private CopyJobs engine() {
        Path store = dir.resolve("jobs.db");
        return new CopyJobs(SqliteJobStore.open(store), List.of(store), StatemachineExecutor::new);
    }

    private String mirror() throws Exception {
        try (CopyJobs jobs = engine()) {
            Path to = dir.resolve("copy.raw");
            String id = jobs.start(
                    CopyRequest.of(socket, "drive0", to, ImageFormat.RAW).build());
            jobs.await(id, report -> report.phase() == JobState.MIRRORING, SOON);
            return id;
        }
    }

    private JobReport recovered(String id, Predicate<JobReport> wished) throws Exception {
        try (CopyJobs jobs = engine()) {
            jobs.takeOver();
            return jobs.await(id, wished, SOON);
        }
    }

    @Test
    void whatTheFirstStillHasIsListed() throws Exception {
        startQemu();
        String id = mirror();
        Files.move(socket, dir.resolve("elsewhere.qmp"));
        startQemu();
        JobReport report = recovered(id, JobReport::isSettled);
        assertThat(report.phase()).isEqualTo(JobState.FAILED);
        assertThat(report.job().findings().leftOver())
                .singleElement()
                .asString()
                .startsWith("in the QEMU that answered on " + socket + " before, if it still runs: job " + id);
    }

    @Test
    void theFirstIsKnownByItsSocketAndByItsNodes() throws Exception {
        startQemu();
        String id = mirror();
        JobReport report = recovered(id, found -> found.job().facts().get(Facts.ONLINE));
        assertThat(report.phase()).isEqualTo(JobState.MIRRORING);
        assertThat(report.job().findings().leftOver()).isEmpty();
        assertThat(report.job().findings().qemuSocket()).isNotEmpty();
    }
}
