package dev.blockcopy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.engine.qmp.QmpInput;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.Facts.Seal;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.model.qmp.BlockdevMirror;
import dev.blockcopy.model.qmp.QmpCommand;
import dev.blockcopy.model.qmp.QmpCommand.Cont;
import dev.blockcopy.model.qmp.QmpCommand.JobComplete;
import dev.blockcopy.model.qmp.QmpCommand.JobDismiss;
import dev.blockcopy.model.qmp.QmpCommand.QueryJobs;
import dev.blockcopy.model.qmp.QmpCommand.QueryStatus;
import dev.blockcopy.model.qmp.QmpCommand.Stop;
import dev.blockcopy.model.qmp.QmpEvent;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two disks of one guest, in one lane. */
class SharedPauseTest {
    private static final CopyJob VDA = Samples.jobOf("vda");
    private static final CopyJob VDB = Samples.jobOf("vdb");

    private final LaneScript script = new LaneScript();

    private CopyJob stored(CopyJob job) {
        return script.store.find(job.id()).orElseThrow();
    }

    private static Map<String, Object> info(CopyJob job, String status) {
        return Samples.jobInfo(job.id(), status, null, 100, 100);
    }

    private void status(CopyJob job, String status) {
        script.event("JOB_STATUS_CHANGE", Map.of("id", job.id(), "status", status));
    }

    private void guest(boolean runs) {
        script.reply(QueryStatus.class, Map.of("status", runs ? "running" : "paused", "running", runs));
    }

    private void startMirroring(CopyJob job) {
        script.begin(job);
        script.done(QmpCommand.BlockdevAdd.class);
        script.done(BlockdevMirror.class);
        script.reply(QueryJobs.class, List.of(info(job, "running")));
        status(job, "ready");
    }

    private void startBothMirroring() {
        script.connect();
        startMirroring(VDA);
        startMirroring(VDB);
    }

    /** Up to the look at the guest. */
    private void approach(CopyJob job) {
        assertThat(script.ask(job.id(), Trigger.PIVOT)).isEqualTo(Answer.ACCEPTED);
        script.reply(QueryJobs.class, List.of(info(job, "ready")));
    }

    private void sealBoth() {
        startBothMirroring();
        approach(VDA);
        guest(true);
        script.done(Stop.class);
        script.done(JobComplete.class);
        approach(VDB);
        guest(false);
        script.done(Stop.class);
        script.done(JobComplete.class);
    }

    /** The switched job up to what lets the guest go, or leaves it. */
    private void conclude(CopyJob job) {
        status(job, "concluded");
        script.reply(QueryJobs.class, List.of(info(job, "concluded")));
        graph(job);
    }

    private void graph(CopyJob job) {
        script.reply(
                QmpCommand.QueryBlock.class,
                List.of(Samples.blockInfo(job.spec().disk(), job.spec().nodeName())));
    }

    @Test
    void sharesAPauseAndRemembersTheRunStateBeforeIt() {
        sealBoth();
        assertThat(stored(VDB).facts().get(Facts.SEAL)).isEqualTo(Seal.WHOLE);
        assertThat(stored(VDB).facts().get(Facts.RESUME_DUE)).isTrue();
        assertThat(stored(VDB).findings().runStateBefore()).isEqualTo("running");
    }

    @Test
    void letsTheGuestGoOnceAndOnlyForTheLastWhoNeedsThePause() {
        sealBoth();
        conclude(VDA);
        assertThat(script.sent()).doesNotContain("cont");
        assertThat(stored(VDA).facts().get(Facts.RESUME_DUE)).isFalse();
        script.done(JobDismiss.class);
        assertThat(stored(VDA).phase()).isEqualTo(JobState.PIVOTED);
        conclude(VDB);
        script.done(Cont.class);
        script.done(JobDismiss.class);
        assertThat(stored(VDB).phase()).isEqualTo(JobState.PIVOTED);
        assertThat(script.sent()).containsOnlyOnce("cont");
    }

    @Test
    void leavesThePauseToTheOtherWhenItsOwnPivotIsRefused() {
        startBothMirroring();
        approach(VDA);
        guest(true);
        script.done(Stop.class);
        script.done(JobComplete.class);
        approach(VDB);
        guest(false);
        script.done(Stop.class);
        script.fail(JobComplete.class, "The active block job can not be completed");
        assertThat(stored(VDB).facts().get(Facts.RESUME_DUE)).isFalse();
        assertThat(script.sent()).doesNotContain("cont");
    }

    @Test
    void joinsNoPauseThatIsBeingLetGo() {
        startBothMirroring();
        approach(VDA);
        guest(true);
        script.done(Stop.class);
        script.done(JobComplete.class);
        status(VDA, "concluded");
        script.ask(VDB.id(), Trigger.PIVOT);
        script.reply(QueryJobs.class, List.of(info(VDA, "concluded")));
        script.reply(QueryJobs.class, List.of(info(VDB, "ready")));
        graph(VDA);
        assertThat(script.sent()).endsWith("query-status", "cont");
        guest(false);
        assertThat(stored(VDB).facts().get(Facts.SEAL)).isEqualTo(Seal.NONE);
        script.event("RESUME", Map.of());
        script.done(Cont.class);
        guest(true);
        guest(true);
        assertThat(stored(VDB).facts().get(Facts.SEAL)).isEqualTo(Seal.WHOLE);
        assertThat(script.sent()).endsWith("query-status", "job-dismiss", "stop");
    }

    @Test
    void breaksTheSealOfAllWhenSomebodyElseResumesTheGuest() {
        sealBoth();
        script.event("RESUME", Map.of());
        assertThat(List.of(stored(VDA), stored(VDB)))
                .allSatisfy(job -> assertThat(job.facts().get(Facts.SEAL)).isEqualTo(Seal.BROKEN));
    }

    @Test
    void leavesThePauseToTheOtherAlsoWhenTheMonitorWasLost() {
        sealBoth();
        status(VDA, "concluded");
        script.input(new QmpInput.Lost("the monitor is gone"));
        script.take(new LaneInput.Dial());
        script.greet(
                List.of(
                        Samples.node(VDA.spec().nodeName()),
                        Samples.node(VDB.spec().nodeName())),
                List.of(info(VDA, "concluded"), info(VDB, "ready")));
        script.reply(QueryJobs.class, List.of(info(VDA, "concluded"), info(VDB, "ready")));
        script.reply(QueryJobs.class, List.of(info(VDA, "concluded"), info(VDB, "ready")));
        graph(VDA);
        assertThat(script.sent()).doesNotContain("cont");
        assertThat(stored(VDA).facts().get(Facts.RESUME_DUE)).isFalse();
        assertThat(stored(VDB).facts().get(Facts.RESUME_DUE)).isTrue();
    }

    @Test
    void waitsForNobodyWhoLivesInAnotherQemu() {
        sealBoth();
        script.input(new QmpInput.Lost("the monitor is gone"));
        script.socket = "another";
        script.take(new LaneInput.Dial());
        script.greet(List.of(Samples.node(VDA.spec().nodeName())), List.of(info(VDA, "concluded")));
        script.guestShows("paused");
        script.reply(QueryJobs.class, List.of(info(VDA, "concluded")));
        graph(VDA);
        assertThat(script.sent()).contains("cont");
    }

    /** Both find the guest running, and say stop one after the other. */
    private void stopBoth() {
        startBothMirroring();
        script.ask(VDA.id(), Trigger.PIVOT);
        script.ask(VDB.id(), Trigger.PIVOT);
        script.reply(QueryJobs.class, List.of(info(VDA, "ready")));
        script.reply(QueryJobs.class, List.of(info(VDB, "ready")));
        script.nowNanos += 50_000;
        guest(true);
        script.nowNanos += 50_000;
        guest(true);
    }

    private boolean areBothToLetGo() {
        assertThat(stored(VDA).facts().get(Facts.RESUME_DUE))
                .isEqualTo(stored(VDB).facts().get(Facts.RESUME_DUE));
        return stored(VDA).facts().get(Facts.RESUME_DUE);
    }

    /** The event of the first is older than the second. */
    @Test
    void takesNoStopOfTheirsForSomebodyElses() {
        stopBoth();
        stopped(70);
        script.done(Stop.class);
        script.done(Stop.class);
        assertThat(areBothToLetGo()).isTrue();
    }

    @Test
    void hearsTogetherThatSomebodyElseWasFirst() {
        stopBoth();
        stopped(20);
        script.done(Stop.class);
        assertThat(areBothToLetGo()).isFalse();
        script.done(Stop.class);
        assertThat(areBothToLetGo()).isFalse();
    }

    private void stopped(long micros) {
        script.input(new QmpInput.Happened(new QmpEvent("STOP", new QmpEvent.Timestamp(0, micros), Map.of())));
    }
}
