package dev.blockcopy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.Facts.Destination;
import dev.blockcopy.model.lifecycle.Facts.Wish;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.qmp.BlockdevMirror;
import dev.blockcopy.model.qmp.QmpCommand;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A job that is pending before its guest is paused, in the words of QMP. */
class PendingFirstLaneTest {
    private final LaneScript script = new LaneScript();

    private void startPausingPendingFirst() {
        CopyJob job = Samples.job(Destination.EXISTING, Wish.PIVOT);
        script.connect();
        script.begin(job.with(job.facts().with(Facts.SWITCH, Facts.Switch.FINALIZE)));
        script.done(QmpCommand.BlockdevAdd.class);
        script.done(BlockdevMirror.class);
        script.jobsShow("running");
        script.jobStatus("ready");
        script.jobsShow("ready");
        script.done(QmpCommand.JobComplete.class);
        script.event("BLOCK_JOB_PENDING", Map.of("type", "mirror", "id", script.job.id()));
        script.reply(QmpCommand.QueryStatus.class, Map.of("status", "running", "running", true));
        assertThat(script.job.state()).isEqualTo(JobState.PAUSING);
    }

    @Test
    void pausesTheGuestOfAPendingJobAndThenFinalizesIt() {
        startPausingPendingFirst();
        script.done(QmpCommand.Stop.class);
        script.jobStatus("concluded");
        script.done(QmpCommand.JobFinalize.class);
        script.jobsShow("concluded");
        script.graphShows(script.job.spec().nodeName());
        script.done(QmpCommand.Cont.class);
        script.done(QmpCommand.JobDismiss.class);
        assertThat(script.deeds)
                .containsSubsequence("save CONVERGING", "send job-complete", "save PIVOTING", "send stop")
                .containsSubsequence("send stop", "send job-finalize", "save CONCLUDED", "send cont", "save PIVOTED");
        assertThat(script.job.phase()).isEqualTo(JobState.PIVOTED);
    }

    @Test
    void takesAPendingJobBackByForceWhenThePauseIsOver() {
        startPausingPendingFirst();
        script.elapse();
        assertThat(script.deeds).containsSubsequence("save FORCING", "send job-cancel");
        script.done(QmpCommand.Stop.class);
        script.done(QmpCommand.JobCancel.class);
        script.jobStatus("concluded");
        script.jobsShow("concluded", "Operation canceled");
        script.graphShows("src0");
        script.done(QmpCommand.Cont.class);
        script.done(QmpCommand.JobDismiss.class);
        script.done(QmpCommand.BlockdevDel.class);
        assertThat(script.sent()).doesNotContain("job-finalize");
        assertThat(script.job.phase()).isEqualTo(JobState.CANCELLED);
    }
}
