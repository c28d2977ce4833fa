package dev.blockcopy.simulator.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.engine.CopyJobs;
import dev.blockcopy.engine.TableExecutor;
import dev.blockcopy.engine.store.SqliteJobStore;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.qemufake.Dialect;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A short campaign of processes that are killed beside a fake QEMU; and a bug of the engine that takes over. */
@Tag("once")
@Timeout(300)
class CrashCampaignTest {
    /** Struck while mirroring, and then the connection goes just before the pivot: only the graph tells where the disk is. */
    private static final int TOLD_BY_THE_GRAPH = 7;

    private final StringWriter text = new StringWriter();

    @TempDir
    private Path dir;

    private CrashCampaign campaign(List<Dialect> dialects) throws Exception {
        return CrashCampaign.of(dir, dialects, true, 1, new PrintWriter(text, true));
    }

    @Test
    void losesNothingWhereverProcessesAreKilled() throws Exception {
        assertThat(campaign(List.of(Dialect.values())).run(dir, 1, 3))
                .as(text.toString())
                .isTrue();
    }

    @Test
    void findsTheWrongImageWhenTheEvidenceIsNotBelieved() throws Exception {
        CrashCampaign unbelieving = campaign(List.of(Dialect.QEMU_7_2))
                .survivedBy(store -> new CopyJobs(
                        SqliteJobStore.open(store),
                        List.of(),
                        () -> (job, trigger) -> new TableExecutor()
                                .decide(job, trigger == Trigger.ON_DESTINATION ? Trigger.ON_SOURCE : trigger)));

        assertThat(unbelieving.run(dir, TOLD_BY_THE_GRAPH, 1)).isFalse();

        assertThat(unbelieving.tally().of(Verdict.WRONG)).as(text.toString()).isEqualTo(1);
        assertThat(text.toString())
                .contains("again: blockcopy-sim crashes --processes --dialect qemu-7.2 --seed 1 --first 7 --trials 1");
    }
}
