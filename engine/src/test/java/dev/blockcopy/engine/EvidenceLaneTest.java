package dev.blockcopy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.model.lifecycle.Facts.Destination;
import dev.blockcopy.model.lifecycle.Facts.Wish;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.qmp.BlockdevMirror;
import dev.blockcopy.model.qmp.QmpCommand;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is asked of QEMU while a guest waits: as little as tells. */
class EvidenceLaneTest {
    private final LaneScript script = new LaneScript();

    private void startSwitching() {
        script.connect();
        script.begin(Samples.job(Destination.EXISTING, Wish.PIVOT));
        script.done(QmpCommand.BlockdevAdd.class);
        script.done(BlockdevMirror.class);
        script.jobsShow("running");
        script.jobStatus("ready");
        script.jobsShow("ready");
        script.reply(QmpCommand.QueryStatus.class, Map.of("status", "running", "running", true));
        script.done(QmpCommand.Stop.class);
        script.done(QmpCommand.JobComplete.class);
        assertThat(script.job.state()).isEqualTo(JobState.SWITCHING);
    }

    private void blockJobCompleted(Map<String, Object> more) {
        Map<String, Object> data = new HashMap<>(Map.of("device", script.job.id(), "type", "mirror"));
        data.putAll(more);
        script.event("BLOCK_JOB_COMPLETED", data);
    }

    @Test
    void doesNotAskWhatItHeardWhileTheGuestWaits() {
        startSwitching();
        blockJobCompleted(Map.of());
        script.jobStatus("concluded");
        script.graphShows(script.job.spec().nodeName());
        script.done(QmpCommand.Cont.class);
        script.done(QmpCommand.JobDismiss.class);
        assertThat(script.job.phase()).isEqualTo(JobState.PIVOTED);
    }

    @Test
    void asksAfterAnEndThatWasHeardToBeAnError() {
        startSwitching();
        blockJobCompleted(Map.of("error", "Operation not permitted"));
        script.jobStatus("concluded");
        script.jobsShow("concluded", "Operation not permitted");
        script.graphShows("src0");
        script.done(QmpCommand.Cont.class);
        assertThat(script.sent()).endsWith("cont", "job-dismiss");
        assertThat(script.job.phase()).isEqualTo(JobState.CONCLUDED);
    }

    @Test
    void asksWhoIsAboveWhomOnlyWhereTheRootIsNeitherOfOurTwo() {
        startSwitching();
        script.jobStatus("concluded");
        script.jobsShow("concluded");
        script.reply(QmpCommand.QueryBlock.class, List.of(Samples.blockInfo("drive0", "filter0")));
        String copy = script.job.spec().nodeName();
        script.reply(
                QmpCommand.XDebugQueryBlockGraph.class,
                Map.of(
                        "nodes",
                        List.of(
                                Map.of("id", 1L, "type", "block-backend", "name", "drive0"),
                                Map.of("id", 2L, "type", "block-driver", "name", "filter0"),
                                Map.of("id", 3L, "type", "block-driver", "name", copy)),
                        "edges",
                        List.of(edge(1, 2, "root"), edge(2, 3, "file"))));
        script.done(QmpCommand.Cont.class);
        script.done(QmpCommand.JobDismiss.class);
        assertThat(script.job.phase()).isEqualTo(JobState.PIVOTED);
    }

    private static Map<String, Object> edge(long parent, long child, String name) {
        return Map.of("parent", parent, "child", child, "name", name, "perm", List.of(), "shared-perm", List.of());
    }
}
