package dev.blockcopy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blockcopy.engine.qmp.QmpInput;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.Facts.Copy;
import dev.blockcopy.model.lifecycle.Facts.Destination;
import dev.blockcopy.model.lifecycle.Facts.Wish;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.model.qmp.QmpCommand;
import dev.blockcopy.model.qmp.QmpReply;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LaneTest {
    private final LaneScript script = new LaneScript();

    private void startStreaming(Destination destination, Wish wish) {
        script.connect();
        assertThat(script.begin(Samples.job(destination, wish))).isEqualTo(Answer.ACCEPTED);
        script.done(QmpCommand.BlockdevAdd.class);
        script.done(dev.blockcopy.model.qmp.BlockdevMirror.class);
        script.jobsShow("running");
        assertThat(script.job.state()).isEqualTo(JobState.STREAMING);
    }

    private void startMirroring() {
        startStreaming(Destination.EXISTING, Wish.STAY);
        script.jobStatus("ready");
        assertThat(script.job.state()).isEqualTo(JobState.MIRRORING);
    }

    private void startSwitching() {
        startMirroring();
        assertThat(script.ask(Trigger.PIVOT)).isEqualTo(Answer.ACCEPTED);
        script.jobsShow("ready");
        script.reply(QmpCommand.QueryStatus.class, Map.of("status", "running", "running", true));
        script.done(QmpCommand.Stop.class);
        script.done(QmpCommand.JobComplete.class);
        assertThat(script.job.state()).isEqualTo(JobState.SWITCHING);
    }

    @Test
    void makesEachIntentionDurableBeforeItsEffect() {
        startSwitching();
        script.jobStatus("concluded");
        script.jobsShow("concluded");
        script.graphShows(script.job.spec().nodeName());
        script.done(QmpCommand.Cont.class);
        script.done(QmpCommand.JobDismiss.class);
        assertThat(script.deeds)
                .containsSubsequence("save STARTING", "send blockdev-mirror")
                .containsSubsequence("save PIVOTING", "send stop", "send job-complete")
                .containsSubsequence("save CONCLUDED", "send cont", "send job-dismiss", "save PIVOTED")
                .containsOnlyOnce("send stop", "send job-complete", "send cont", "send job-dismiss");
        assertThat(script.job.phase()).isEqualTo(JobState.PIVOTED);
    }

    @Test
    void writesTheJournalOnceBetweenStopAndCont() {
        startSwitching();
        script.jobStatus("concluded");
        script.jobsShow("concluded");
        script.graphShows(script.job.spec().nodeName());
        List<String> paused =
                script.deeds.subList(script.deeds.indexOf("send stop"), script.deeds.indexOf("send cont"));
        assertThat(paused).filteredOn(deed -> deed.startsWith("save")).containsExactly("save CONCLUDED");
    }

    @Test
    void doesNothingMoreWhenTheJournalCantBeWritten() {
        startMirroring();
        script.ask(Trigger.PIVOT);
        script.jobsShow("ready");
        script.store.broken = true;
        assertThatThrownBy(
                        () -> script.reply(QmpCommand.QueryStatus.class, Map.of("status", "running", "running", true)))
                .isInstanceOf(StoreException.class);
        assertThat(script.sent()).doesNotContain("stop", "job-complete");
    }

    @Test
    void makesANewFileBeforeQemuOpensIt() {
        startStreaming(Destination.NEW_RAW, Wish.STAY);
        assertThat(script.deeds)
                .containsSubsequence(
                        "insert REQUESTED",
                        "file MAKE_FILE",
                        "save PLACING",
                        "file PLACE_FILE",
                        "send blockdev-add",
                        "save STARTING",
                        "send blockdev-mirror");
        assertThat(script.job.findings().madeFile()).isEqualTo("FILE:1:2");
    }

    @Test
    void removesTheFileItMadeWhenQemuRefusesTheJob() {
        script.connect();
        script.begin(Samples.job(Destination.NEW_RAW, Wish.STAY));
        script.done(QmpCommand.BlockdevAdd.class);
        script.fail(dev.blockcopy.model.qmp.BlockdevMirror.class, "Need a root block node");
        script.done(QmpCommand.BlockdevDel.class);
        assertThat(script.deeds).containsSubsequence("send blockdev-del", "file REMOVE_FILE", "save FAILED");
        assertThat(script.job.findings().error()).contains("Need a root block node");
        assertThat(script.job.facts().get(Facts.COPY)).isEqualTo(Copy.WORTHLESS);
    }

    @Test
    void keepsAnExistingFileWhenQemuRefusesTheJob() {
        script.connect();
        script.begin(Samples.job(Destination.EXISTING, Wish.STAY));
        script.done(QmpCommand.BlockdevAdd.class);
        script.fail(dev.blockcopy.model.qmp.BlockdevMirror.class, "Need a root block node");
        script.done(QmpCommand.BlockdevDel.class);
        assertThat(script.job.phase()).isEqualTo(JobState.FAILED);
        assertThat(script.deeds).noneMatch(deed -> deed.startsWith("file"));
    }

    @Test
    void isReadyOnlyByQemusWordAndNotByEqualNumbers() {
        startStreaming(Destination.EXISTING, Wish.PIVOT);
        script.take(new LaneInput.LookAtProgress());
        script.reply(
                QmpCommand.QueryJobs.class, List.of(Samples.jobInfo(script.job.id(), "running", null, 4096, 4096)));
        assertThat(script.deeds).contains("progress 4096/4096");
        assertThat(script.job.state()).isEqualTo(JobState.STREAMING);
        assertThat(script.sent()).doesNotContain("stop", "job-complete");
    }

    @Test
    void pivotsByItselfWhenThatIsWished() {
        startStreaming(Destination.EXISTING, Wish.PIVOT);
        script.jobStatus("ready");
        assertThat(script.job.state()).isEqualTo(JobState.APPROACHING);
        assertThat(script.job.phase()).isEqualTo(JobState.MIRRORING);
    }

    @Test
    void awaitsALargeBacklogWhileTheGuestRuns() {
        startMirroring();
        script.ask(Trigger.PIVOT);
        script.reply(QmpCommand.QueryJobs.class, List.of(Samples.jobInfo(script.job.id(), "ready", null, 0, 1L << 30)));
        assertThat(script.job.state()).isEqualTo(JobState.APPROACHING);
        assertThat(script.unanswered).isEmpty();
        for (int i = 0; i < 3; i++) {
            script.elapse();
            script.reply(
                    QmpCommand.QueryJobs.class, List.of(Samples.jobInfo(script.job.id(), "ready", null, 0, 1L << 30)));
        }
        script.elapse();
        script.jobsShow("ready");
        assertThat(script.job.state()).isEqualTo(JobState.GAUGING);
        script.reply(QmpCommand.QueryStatus.class, Map.of("status", "running", "running", true));
        assertThat(script.store.lines)
                .filteredOn(line -> line.trigger().equals("BACKLOG_LARGE"))
                .as("what was so four times is told once")
                .hasSize(1);
    }

    @Test
    void pausesNoGuestForAJobThatIsPausedItself() {
        startMirroring();
        script.ask(Trigger.PIVOT);
        script.jobsShow("standby");
        assertThat(script.job.state()).isEqualTo(JobState.APPROACHING);
        assertThat(script.sent()).doesNotContain("stop");
    }

    @Test
    void letsTheGuestGoWhenThePivotIsRefused() {
        startMirroring();
        script.ask(Trigger.PIVOT);
        script.jobsShow("ready");
        script.reply(QmpCommand.QueryStatus.class, Map.of("status", "running", "running", true));
        script.done(QmpCommand.Stop.class);
        script.fail(QmpCommand.JobComplete.class, "Node name 'qb' not found");
        assertThat(script.deeds).containsSubsequence("save RETREATING", "send cont");
        script.done(QmpCommand.Cont.class);
        script.jobsShow("ready");
        assertThat(script.job.state()).isEqualTo(JobState.MIRRORING);
        assertThat(script.job.facts().get(Facts.RESUME_DUE)).isFalse();
    }

    @Test
    void neverResumesAGuestThatItsOwnerPaused() {
        startMirroring();
        script.ask(Trigger.PIVOT);
        script.jobsShow("ready");
        script.reply(QmpCommand.QueryStatus.class, Map.of("status", "prelaunch", "running", false));
        script.done(QmpCommand.JobComplete.class);
        script.jobStatus("concluded");
        script.jobsShow("concluded");
        script.graphShows(script.job.spec().nodeName());
        script.done(QmpCommand.JobDismiss.class);
        assertThat(script.job.phase()).isEqualTo(JobState.PIVOTED);
        assertThat(script.sent()).doesNotContain("stop", "cont");
        assertThat(script.job.findings().runStateBefore()).isEqualTo("prelaunch");
    }

    @Test
    void takesTheWayBackByForceWhenThePauseIsOver() {
        startSwitching();
        script.elapse();
        assertThat(script.deeds).containsSubsequence("save FORCING", "send job-cancel");
        assertThat(script.job.findings().error())
                .startsWith("the guest was paused for longer than 10000 ms (--max-pause)");
        script.done(QmpCommand.JobCancel.class);
        script.jobStatus("concluded");
        script.jobsShow("concluded", "Operation canceled");
        script.graphShows("src0");
        script.done(QmpCommand.Cont.class);
        script.done(QmpCommand.JobDismiss.class);
        script.done(QmpCommand.BlockdevDel.class);
        assertThat(script.job.phase()).isEqualTo(JobState.CANCELLED);
        assertThat(script.job.facts().get(Facts.COPY)).isEqualTo(Copy.UNKNOWN);
    }

    @Test
    void forgetsTheDeadlineOfAPauseThatIsOver() {
        startSwitching();
        script.jobStatus("concluded");
        script.jobsShow("concluded");
        script.graphShows(script.job.spec().nodeName());
        script.done(QmpCommand.Cont.class);
        script.elapse();
        assertThat(script.sent()).doesNotContain("job-cancel");
    }

    @Test
    void dropsTheAnswerToAnOlderEffect() {
        startStreaming(Destination.EXISTING, Wish.STAY);
        script.ask(Trigger.CANCEL);
        LaneScript.Sent softly = script.unanswered.peek();
        script.ask(Trigger.FORCE);
        script.input(new QmpInput.Replied(
                softly.id(), softly.command(), new QmpReply.Failure(softly.id(), "GenericError", "paused")));
        assertThat(script.job.state()).isEqualTo(JobState.FORCING);
    }

    @Test
    void takesAReplyOnlyForTheCommandOfItsId() {
        startMirroring();
        script.ask(Trigger.CANCEL);
        script.input(new QmpInput.Replied(
                "another", new QmpCommand.Stop(), new QmpReply.Failure("another", "GenericError", "no")));
        assertThat(script.job.state()).isEqualTo(JobState.CANCELLING);
    }

    @Test
    void looksAtEveryEndItIsToldOf() {
        startMirroring();
        script.jobStatus("concluded");
        assertThat(script.job.state()).isEqualTo(JobState.JUDGING);
    }

    @Test
    void takesATimeoutForNoAnswerAtAll() {
        startSwitching();
        script.input(new QmpInput.TimedOut("id-1", new QmpCommand.JobComplete("x")));
        assertThat(script.job.state()).isEqualTo(JobState.PIVOTING);
        assertThat(script.deeds).endsWith("close", "tell PIVOTING");
        assertThat(script.troubles).last().asString().contains("its outcome is not known");
    }

    @Test
    void sealsAndTellsAgainAfterALostMonitor() {
        startSwitching();
        script.input(new QmpInput.Lost("cut"));
        script.elapse();
        script.greet(List.of(Samples.node(script.job.spec().nodeName())), List.of());
        script.jobsShow("ready");
        script.done(QmpCommand.Stop.class);
        assertThat(script.sent()).endsWith("stop", "job-complete");
        script.fail(QmpCommand.JobComplete.class, "cannot be completed");
        assertThat(script.sent()).endsWith("job-cancel");
    }

    @Test
    void findsAPivotThatHappenedWhileNobodyLooked() {
        startSwitching();
        script.input(new QmpInput.Lost("cut"));
        script.elapse();
        script.greet(List.of(Samples.node(script.job.spec().nodeName())), List.of());
        script.jobsShow("concluded");
        script.graphShows(script.job.spec().nodeName());
        assertThat(script.deeds).containsSubsequence("save CONCLUDED", "send cont");
    }

    /** QEMU tells events from the greeting on; what comes before the look is older than the look. */
    @Test
    void letsPassWhatIsToldBeforeTheHandshakeIsComplete() {
        startSwitching();
        script.input(new QmpInput.Lost("cut"));
        script.elapse();
        script.jobStatus("concluded");
        script.greet(List.of(Samples.node(script.job.spec().nodeName())), List.of());
        script.jobsShow("concluded");
        assertThat(script.job.state()).isEqualTo(JobState.PROVING);
        assertThat(script.troubles).hasSize(1);
    }

    @Test
    void believesTheSourceWhenQemuDiesInASealedPivot() {
        startSwitching();
        script.reachable = false;
        script.nobodyListens = true;
        script.input(new QmpInput.Lost("end of file"));
        script.elapse();
        assertThat(script.job.phase()).isEqualTo(JobState.FAILED);
    }

    @Test
    void waitsWhileAnImageIsStillInUse() {
        startSwitching();
        script.reachable = false;
        script.nobodyListens = true;
        script.inUse = true;
        script.input(new QmpInput.Lost("end of file"));
        script.elapse();
        assertThat(script.job.phase()).isEqualTo(JobState.PIVOTING);
        assertThat(script.postponed).extracting(LaneScript.Postponed::input).contains(new LaneInput.Dial());
    }

    @Test
    void isInDoubtWhenAnotherQemuAnswers() {
        startSwitching();
        script.input(new QmpInput.Lost("cut"));
        script.socket = "another";
        script.elapse();
        script.greet(List.of(Samples.node("other")), List.of());
        assertThat(script.job.phase()).isEqualTo(JobState.PIVOTING);
        script.guestShows("running");
        assertThat(script.job.phase()).isEqualTo(JobState.IN_DOUBT);
    }

    @Test
    void isInDoubtOnceTheSealIsBrokenAndQemuDies() {
        startSwitching();
        script.event("RESUME", Map.of());
        assertThat(script.deeds).endsWith("save PIVOTING", "tell SWITCHING");
        script.reachable = false;
        script.nobodyListens = true;
        script.input(new QmpInput.Lost("end of file"));
        script.elapse();
        assertThat(script.job.phase()).isEqualTo(JobState.IN_DOUBT);
    }

    @Test
    void dropsWhatAnOldSessionSays() {
        startMirroring();
        script.take(new LaneInput.FromMonitor(0, new QmpInput.Lost("old")));
        assertThat(script.job.state()).isEqualTo(JobState.MIRRORING);
        assertThat(script.troubles).isEmpty();
    }

    @Test
    void refusesWhatTheTableRefuses() {
        startStreaming(Destination.EXISTING, Wish.STAY);
        assertThat(script.ask(Trigger.PIVOT).kind()).isEqualTo(Answer.Kind.REFUSED);
        assertThat(script.ask(Trigger.PIVOT).text()).contains("not ready");
    }

    @Test
    void asksAgainWhenAQueryFails() {
        startMirroring();
        script.jobStatus("concluded");
        script.fail(QmpCommand.QueryJobs.class, "odd");
        assertThat(script.unanswered).isEmpty();
        script.elapse();
        script.jobsShow("concluded");
        assertThat(script.job.state()).isEqualTo(JobState.PROVING);
    }

    @Test
    void takesUpAJobWhereTheCrashLeftIt() {
        startSwitching();
        CopyJob left = script.store.find(script.job.id()).orElseThrow();
        LaneScript next = new LaneScript();
        next.take(new LaneInput.Adopt(left));
        next.greet(List.of(Samples.node(left.spec().nodeName())), List.of());
        next.jobsShow("concluded");
        next.graphShows(left.spec().nodeName());
        next.done(QmpCommand.Cont.class);
        next.done(QmpCommand.JobDismiss.class);
        assertThat(next.job.phase()).isEqualTo(JobState.PIVOTED);
    }
}
