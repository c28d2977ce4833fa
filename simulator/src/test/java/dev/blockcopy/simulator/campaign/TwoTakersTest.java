package dev.blockcopy.simulator.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.engine.JobStore;
import dev.blockcopy.engine.store.SqliteJobStore;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.qmp.RunState;
import dev.blockcopy.qemufake.server.FakeQemu;
import dev.blockcopy.simulator.live.Deadline;
import dev.blockcopy.simulator.live.EngineProcess;
import dev.blockcopy.simulator.live.SeededDisk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The owner is killed in mid-pivot and two processes want to take over at once: one drives, and both hear of the end. */
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
