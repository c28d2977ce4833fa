package dev.blockcopy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.engine.qmp.QmpInput;
import dev.blockcopy.model.lifecycle.Facts.Destination;
import dev.blockcopy.model.lifecycle.Facts.Wish;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.model.qmp.QmpCommand;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a job may still have in a QEMU that does not answer here any more is listed, and only then. */
class ElsewhereTest {
    private static final String ANOTHER = "1:2:4";

    private final LaneScript script = new LaneScript();

    private void begin(Destination destination) {
        script.connect();
        script.begin(Samples.job(destination, Wish.STAY));
    }

    private void begunToFormat() {
        begin(Destination.NEW_QCOW2);
        assertThat(script.sent()).endsWith("blockdev-add");
        assertThat(script.job.phase()).isEqualTo(JobState.PLACING);
    }

    private void startMirroring() {
        begin(Destination.EXISTING);
        script.done(QmpCommand.BlockdevAdd.class);
        script.done(dev.blockcopy.model.qmp.BlockdevMirror.class);
        script.jobsShow("running");
        script.jobStatus("ready");
        assertThat(script.job.phase()).isEqualTo(JobState.MIRRORING);
    }

    /** A {@code stop} of ours is on its way. */
    private void startToPause() {
        startMirroring();
        script.ask(Trigger.PIVOT);
        script.jobsShow("ready");
        script.guestShows("running");
    }

    private void meetNobodyOfOurs(String socket) {
        greetNobodyOfOurs(socket);
        if (!script.unanswered.isEmpty() && script.unanswered.peek().command() instanceof QmpCommand.QueryStatus) {
            script.guestShows("running");
        }
    }

    private void greetNobodyOfOurs(String socket) {
        script.input(new QmpInput.Lost("cut"));
        script.socket = socket;
        script.elapse();
        script.greet(List.of(Samples.node("other")), List.of());
    }

    private void undoStart() {
        for (String command : List.of("blockdev-del", "job-dismiss", "blockdev-del")) {
            assertThat(script.unanswered.peek().command().execute()).isEqualTo(command);
            script.fail(
                    QmpCommand.class,
                    command.equals("job-dismiss") ? "Job not found" : "Failed to find node with node-name='x'");
        }
        assertThat(script.job.phase()).isEqualTo(JobState.FAILED);
    }

    private List<String> leftOver() {
        return script.job.findings().leftOver();
    }

    @Test
    void theBareFileOfANewImageThatAnotherQemuMayHaveOpen() {
        begunToFormat();
        meetNobodyOfOurs(ANOTHER);
        undoStart();
        CopySpec spec = script.job.spec();
        assertThat(leftOver())
                .containsExactly("in the QEMU that answered on " + spec.monitor() + " before, if it still runs: job "
                        + spec.id() + ", node " + spec.nodeName() + ", job " + spec.formatJobId() + ", node "
                        + spec.bareNodeName());
    }

    /** Meanwhile the job has moved on, and would be listed in other words. */
    @Test
    void nothingMoreOnceOursIsMetAgainThoughTheStartWasGivenUp() {
        begunToFormat();
        meetNobodyOfOurs(ANOTHER);
        assertThat(leftOver()).hasSize(1);
        assertThat(script.job.phase()).isEqualTo(JobState.CONCLUDED);
        script.input(new QmpInput.Lost("cut"));
        script.socket = "1:2:5";
        script.elapse();
        script.greet(List.of(Samples.node(script.job.spec().bareNodeName())), List.of());
        assertThat(leftOver()).isEmpty();
    }

    @Test
    void nothingIfTheSocketIsTheSame() {
        begunToFormat();
        meetNobodyOfOurs(script.socket);
        undoStart();
        assertThat(leftOver()).isEmpty();
    }

    @Test
    void nothingOfANewFileThatNoQemuHasHeardOf() {
        script.fileAnswer = Sighting.of(Trigger.REFUSED);
        begin(Destination.NEW_RAW);
        CopyJob job =
                script.job.with(Samples.job(Destination.NEW_RAW, Wish.STAY).facts());
        assertThat(new Elsewhere(ANOTHER)
                        .noted(job, false)
                        .apply(job.findings())
                        .leftOver())
                .isEmpty();
    }

    @Test
    void jobAndNodeOfAMirrorThatMayRunOn() {
        startMirroring();
        meetNobodyOfOurs(ANOTHER);
        assertThat(script.job.phase()).isEqualTo(JobState.FAILED);
        assertThat(leftOver())
                .singleElement()
                .asString()
                .endsWith("if it still runs: job " + script.job.id() + ", node "
                        + script.job.spec().nodeName());
    }

    @Test
    void theGuestThatMayBePausedThere() {
        startToPause();
        meetNobodyOfOurs(ANOTHER);
        assertThat(script.job.phase()).isEqualTo(JobState.IN_DOUBT);
        assertThat(leftOver()).singleElement().asString().endsWith(", and its guest is paused by blockcopy");
    }

    /** Its images are free, since it had died before they were looked at, and what it had open nobody knows. */
    @Test
    void whoDoesNotAnswerAfterTheLookAtTheImagesIsDeadAndNoReasonForADoubt() {
        startToPause();
        greetNobodyOfOurs(ANOTHER);
        assertThat(script.job.phase()).isEqualTo(JobState.PIVOTING);
        script.input(new QmpInput.Lost("cut"));
        script.reachable = false;
        script.nobodyListens = true;
        script.elapse();
        assertThat(script.job.phase()).isEqualTo(JobState.FAILED);
        assertThat(Authority.of(script.job, Optional.empty()).verdict()).isEqualTo(Authority.Verdict.SOURCE);
    }

    /** Somebody cancelled and dismissed the job and closed its node; the guest is still paused by us. */
    @Test
    void ourQemuIsKnownByItsSocketThoughItKnowsNothingOfTheJob() {
        startToPause();
        meetNobodyOfOurs(script.socket);
        script.reply(QmpCommand.QueryJobs.class, List.of());
        script.graphShows(script.job.spec().source().nodeName());
        assertThat(script.job.phase()).isEqualTo(JobState.CONCLUDED);
        script.done(QmpCommand.Cont.class);
        assertThat(script.deeds).containsSubsequence("save CONCLUDED", "send cont");
        assertThat(leftOver()).isEmpty();
    }

    @Test
    void nothingMoreOnceOursIsMetAgain() {
        startToPause();
        meetNobodyOfOurs(ANOTHER);
        assertThat(leftOver()).hasSize(1);
        meetOurs();
        assertThat(leftOver()).isEmpty();
        assertThat(script.job.findings().qemuSocket()).isEqualTo("1:2:5");
    }

    private void meetOurs() {
        script.input(new QmpInput.Lost("cut"));
        script.socket = "1:2:5";
        script.elapse();
        script.greet(List.of(Samples.node(script.job.spec().nodeName())), List.of());
    }

    @Test
    void thatAnotherWasMetIsNoErrorOnceOursIsMetAgain() {
        startToPause();
        meetNobodyOfOurs(ANOTHER);
        assertThat(script.job.findings().error()).startsWith("the QEMU on this monitor is another one");

        meetOurs();

        assertThat(script.job.findings().error()).isEmpty();
    }
}
