package dev.blockcopy.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.engine.CopyJobs;
import dev.blockcopy.engine.CopyRefusedException;
import dev.blockcopy.engine.CopyRequest;
import dev.blockcopy.engine.JobExecutor;
import dev.blockcopy.engine.JobReport;
import dev.blockcopy.engine.TableExecutor;
import dev.blockcopy.engine.image.ImageFormat;
import dev.blockcopy.engine.store.SqliteJobStore;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.Facts.Others;
import dev.blockcopy.model.lifecycle.Facts.Seal;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.model.qmp.QmpCommand;
import dev.blockcopy.model.qmp.StatusInfo;
import dev.blockcopy.qemufake.server.FakeQemu;
import dev.blockcopy.simulator.live.Deadline;
import dev.blockcopy.simulator.live.Onlooker;
import dev.blockcopy.simulator.live.SeededDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two disks of one guest pivot at a time: the first one's switch is held up until the second has left the pause. */
class TwoDisksTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path dir;

    private final Deadline deadline = Deadline.in(LIMIT);
    private FakeQemu qemu;
    private Onlooker onlooker;
    private CopyJobs jobs;

    @BeforeEach
    void startQemu() throws IOException {
        new SeededDisk(1, 1 << 20).writeTo(dir.resolve("vda.raw"));
        new SeededDisk(2, 1 << 20).writeTo(dir.resolve("vdb.raw"));
        qemu = FakeQemu.builder()
                .drive("vda", dir.resolve("vda.raw"))
                .drive("vdb", dir.resolve("vdb.raw"))
                .fault("on=completion,disk=vda,do=stall")
                .start(dir.resolve("qmp"), dir.resolve("onlooker"));
        onlooker = Onlooker.at(dir.resolve("onlooker"), deadline);
    }

    @AfterEach
    void close() {
        jobs.close();
        onlooker.close();
        qemu.close();
    }

    private CopyJobs engine(Supplier<JobExecutor> executor) {
        return new CopyJobs(SqliteJobStore.open(dir.resolve("jobs.db")), List.of(), executor);
    }

    private String copy(String disk) throws CopyRefusedException, InterruptedException {
        String id = jobs.start(CopyRequest.of(dir.resolve("qmp"), disk, dir.resolve("copy-of-" + disk), ImageFormat.RAW)
                .maxPause(LIMIT)
                .build());
        await(id, JobState.MIRRORING);
        return id;
    }

    private JobReport await(String id, JobState state) throws CopyRefusedException, InterruptedException {
        JobReport report = jobs.await(id, now -> now.state() == state || now.hasEnded(), LIMIT);
        assertThat(report.state()).as(report.toString()).isEqualTo(state);
        return report;
    }

    private boolean guestRuns() throws Exception {
        return StatusInfo.from(onlooker.ask(new QmpCommand.QueryStatus())).running();
    }

    /** Both have paused the guest, and the second one's pivot is done. */
    private String pivotTheSecondWhileTheFirstSwitches() throws Exception {
        String first = copy("vda");
        String second = copy("vdb");
        jobs.ask(first, Trigger.PIVOT);
        await(first, JobState.SWITCHING);
        jobs.ask(second, Trigger.PIVOT);
        await(second, JobState.PIVOTED);
        return first;
    }

    @Test
    void leavesTheGuestPausedForTheDiskThatStillNeedsIt() throws Exception {
        jobs = engine(TableExecutor::new);
        String first = pivotTheSecondWhileTheFirstSwitches();
        assertThat(guestRuns()).isFalse();
        qemu.resetFaults();
        JobReport report = await(first, JobState.PIVOTED);
        assertThat(guestRuns()).isTrue();
        assertThat(report.job().facts().get(Facts.SEAL)).isEqualTo(Seal.WHOLE);
    }

    @Test
    void leavesItPausedAlsoWhenAnotherEngineTakesOver() throws Exception {
        jobs = engine(TableExecutor::new);
        String first = pivotTheSecondWhileTheFirstSwitches();
        jobs.close();
        jobs = engine(TableExecutor::new);
        assertThat(jobs.takeOver()).containsExactly(first);
        qemu.resetFaults();
        await(first, JobState.PIVOTED);
        assertThat(guestRuns()).isTrue();
    }

    /** The planted bug: each job as if it were alone with the guest. */
    @Test
    void wouldBreakTheSealIfTheFirstWhoLeavesLetTheGuestGo() throws Exception {
        JobExecutor table = new TableExecutor();
        jobs = engine(() ->
                (job, trigger) -> table.decide(job.with(Facts.OTHERS, alone(job.get(Facts.RESUME_DUE))), trigger));
        String first = pivotTheSecondWhileTheFirstSwitches();
        assertThat(guestRuns()).isTrue();
        JobReport report = jobs.await(first, now -> now.job().facts().get(Facts.SEAL) == Seal.BROKEN, LIMIT);
        assertThat(report.job().facts().get(Facts.SEAL)).isEqualTo(Seal.BROKEN);
    }

    /** It joins a pause, but leaves it as if there were none but itself. */
    private static Others alone(boolean isPausedByUs) {
        return isPausedByUs ? Others.NONE : Others.NEED_PAUSE;
    }
}
