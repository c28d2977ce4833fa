package dev.blockcopy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.Facts.Destination;
import dev.blockcopy.model.lifecycle.Facts.Wish;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.qmp.QmpCommand;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A QEMU before the job API says ready once, by an event, and no query tells of it. */
class MissedReadyTest {
    private static final long LENGTH = 1 << 20;

    private final LaneScript script = new LaneScript();

    /** A job that streamed when its manager died is taken over. */
    private void takeOver() {
        CopySpec old = Samples.spec();
        CopySpec spec = new CopySpec(
                old.id(),
                old.nonce(),
                old.monitor(),
                old.disk(),
                old.backend(),
                old.source(),
                old.destination(),
                old.options(),
                Dialect.DRIVE_MIRROR);
        CopyJob job = new CopyJob(
                spec,
                Samples.job(Destination.EXISTING, Wish.STAY)
                        .facts()
                        .with(Facts.STATE, JobState.STREAMING)
                        .with(Facts.JOURNAL, JobState.STREAMING),
                Findings.NONE);
        script.job = job;
        script.take(new LaneInput.Adopt(job));
    }

    private void greet() {
        script.fail(QmpCommand.QueryNamedBlockNodes.class, "The command query-named-block-nodes has not been found");
        script.reply(QmpCommand.QueryBlock.class, List.of(Samples.blockInfo("drive0", "src.raw")));
        script.reply(QmpCommand.QueryStatus.class, Map.of("status", "running", "running", true));
        script.fail(QmpCommand.QueryJobs.class, "The command query-jobs has not been found");
    }

    private void jobIsAt(long offset) {
        script.reply(
                QmpCommand.QueryBlockJobs.class,
                List.of(Map.of("device", "drive0", "type", "mirror", "len", LENGTH, "offset", offset)));
    }

    @Test
    void countsAsReadyOnceAllIsCopiedAndTheEventMayHaveBeenMissed() {
        takeOver();
        greet();
        jobIsAt(LENGTH / 2);
        assertThat(script.job.state()).isEqualTo(JobState.STREAMING);
        script.take(new LaneInput.LookAtProgress());
        jobIsAt(LENGTH);
        assertThat(script.job.state()).isEqualTo(JobState.MIRRORING);
    }

    @Test
    void isNotTakenForReadyBeforeTheHandshakeIsComplete() {
        takeOver();
        script.take(new LaneInput.LookAtProgress());
        LaneScript.Sent look = script.unanswered.removeLast();
        script.unanswered.addFirst(look);
        jobIsAt(LENGTH);
        assertThat(script.job.state()).isEqualTo(JobState.STREAMING);
        greet();
        jobIsAt(LENGTH / 2);
        assertThat(script.troubles).isEmpty();
        assertThat(script.job.state()).isEqualTo(JobState.STREAMING);
    }
}
