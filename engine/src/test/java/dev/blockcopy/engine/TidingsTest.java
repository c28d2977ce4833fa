package dev.blockcopy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.model.lifecycle.Facts.Destination;
import dev.blockcopy.model.lifecycle.Facts.Wish;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.model.qmp.QmpCommand;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who asked is told before QEMU; who only watches is told after it, while a guest waits. */
class TidingsTest {
    private final LaneScript script = new LaneScript();

    @BeforeEach
    void pauseTheGuest() {
        script.connect();
        script.begin(Samples.job(Destination.EXISTING, Wish.STAY));
        script.done(QmpCommand.BlockdevAdd.class);
        script.done(dev.blockcopy.model.qmp.BlockdevMirror.class);
        script.jobsShow("running");
        script.jobStatus("ready");
        script.ask(Trigger.PIVOT);
        script.jobsShow("ready");
        script.reply(QmpCommand.QueryStatus.class, Map.of("status", "running", "running", true));
    }

    @Test
    void watchersHearOfAStepOfAPausedGuestOnceQemuHasItsCommand() {
        assertThat(script.deeds).endsWith("save PIVOTING", "tell PAUSING", "send stop");
        script.done(QmpCommand.Stop.class);
        assertThat(script.deeds).endsWith("send job-complete", "tell SWITCHING");
    }

    /** What is not decided yet, or not durable, is not said to its end; the table decides it all the same. */
    @Test
    void qemuReadsAheadWhatItIsToldNextWhileAGuestWaits() {
        script.tellsWhatIsAnticipated = true;
        script.done(QmpCommand.Stop.class);
        assertThat(script.deeds).endsWith("send job-complete", "tell SWITCHING", "anticipate query-block");
        script.done(QmpCommand.JobComplete.class);
        script.event("BLOCK_JOB_COMPLETED", Map.of("device", script.job.id(), "type", "mirror"));
        script.jobStatus("concluded");
        script.graphShows(script.job.spec().nodeName());
        assertThat(script.deeds).endsWith("anticipate cont", "save CONCLUDED", "send cont", "tell RESUMING");
    }

    @Test
    void whoAsksIsAnsweredBeforeTheEffectThoughAGuestWaits() {
        script.ask(Trigger.FORCE);
        assertThat(script.deeds).endsWith("save FORCING", "tell FORCING", "send job-cancel");
    }
}
