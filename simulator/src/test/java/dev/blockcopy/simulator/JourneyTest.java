package dev.blockcopy.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.engine.Answer;
import dev.blockcopy.engine.JobReport;
import dev.blockcopy.model.lifecycle.Facts.Copy;
import dev.blockcopy.model.lifecycle.Facts.Wish;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.model.qmp.QmpCommand;
import dev.blockcopy.model.qmp.RunState;
import dev.blockcopy.qemufake.Dialect;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Short stories of the real engine and the fake QEMU over a UNIX socket; when one fails, it shows the wire. */
class JourneyTest {
    @TempDir
    private Path dir;

    private Journey journey;

    @RegisterExtension
    final JourneyOfTest ofTest = new JourneyOfTest();

    private Journey begin(String... faults) throws IOException {
        journey = ofTest.begin(dir, Dialect.QEMU_7_2, faults);
        return journey;
    }

    private void assertGuestIsOn(Path image) throws Exception {
        assertThat(journey.qemu().state().run()).isEqualTo(RunState.RUNNING);
        assertThat(journey.qemu().state().fileInUse(Journey.DRIVE)).hasValue(image.toString());
        journey.assertNothingLeftBut(image.toString());
        journey.letGuestWriteAndStop();
        assertThat(journey.check(image).isWhole()).isTrue();
    }

    @Test
    void canPivot() throws Exception {
        begin().start(journey.request().wish(Wish.PIVOT));
        JobReport report = journey.await(JobState.PIVOTED);
        assertThat(report.copy()).isEqualTo(Copy.DISK);
        assertThat(report.job().findings().pauseNanos()).isPositive();
        assertGuestIsOn(journey.destination());
        assertThat(journey.check(journey.source()).lost()).isNotEmpty();
    }

    @Test
    void canFinish() throws Exception {
        begin().start(journey.request().wish(Wish.FINISH));
        JobReport report = journey.await(JobState.CANCELLED);
        assertThat(report.copy()).isEqualTo(Copy.POINT_IN_TIME);
        assertGuestIsOn(journey.source());
        assertThat(journey.images()).containsExactly("destination.raw", "source.raw");
    }

    @Test
    void canAbortWhileStreaming() throws Exception {
        begin().start(journey.request().speed(Journey.CRAWL).bufSize(64 << 10));
        journey.await(JobState.STREAMING);
        assertThat(journey.ask(Trigger.PIVOT).kind()).isEqualTo(Answer.Kind.REFUSED);
        assertThat(journey.ask(Trigger.CANCEL)).isEqualTo(Answer.ACCEPTED);
        assertThat(journey.await(JobState.CANCELLED).copy()).isEqualTo(Copy.WORTHLESS);
        assertGuestIsOn(journey.source());
    }

    @Test
    void canAbortWhileMirroring() throws Exception {
        begin().start(journey.request());
        journey.await(JobState.MIRRORING);
        assertThat(journey.ask(Trigger.CANCEL_IF_READY)).isEqualTo(Answer.ACCEPTED);
        assertThat(journey.await(JobState.CANCELLED).copy()).isEqualTo(Copy.POINT_IN_TIME);
        assertGuestIsOn(journey.source());
    }

    @Test
    void canGoOnAfterACutWhileStreaming() throws Exception {
        begin("on=command,name=query-jobs,nth=3,do=cut-after")
                .start(journey.request().speed(Journey.WALK).wish(Wish.PIVOT));
        journey.await(JobState.PIVOTED);
        assertThat(journey.qemu().journal().faults()).hasSize(1);
        assertGuestIsOn(journey.destination());
    }

    @Test
    void canTellAfterACutThatQemuHadSwitched() throws Exception {
        begin("on=command,name=job-complete,do=cut-after")
                .start(journey.request().wish(Wish.PIVOT));
        journey.await(JobState.PIVOTED);
        assertThat(journey.way()).containsSubsequence("PAUSING", "SWITCHING", "PIVOTING", "JUDGING", "PROVING");
        assertGuestIsOn(journey.destination());
    }

    @Test
    void canTellAfterACutThatQemuHadNotSwitched() throws Exception {
        begin("on=command,name=job-complete,do=cut-before")
                .start(journey.request().wish(Wish.PIVOT));
        journey.await(JobState.PIVOTED);
        assertThat(journey.way()).containsSubsequence("SWITCHING", "PIVOTING", "JUDGING", "PAUSING", "SWITCHING");
        assertGuestIsOn(journey.destination());
    }

    @Test
    void canLoseQemuWhileMirroring() throws Exception {
        begin().start(journey.request());
        journey.await(JobState.MIRRORING);
        journey.qemu().kill();
        JobReport report = journey.await(JobState.FAILED);
        assertThat(report.copy()).isEqualTo(Copy.UNKNOWN);
        assertThat(journey.check(journey.source()).isWhole()).isTrue();
    }

    @Test
    void canBeRefusedAPivotAndPivotLater() throws Exception {
        begin("on=command,name=job-complete,do=error").start(journey.request().wish(Wish.PIVOT));
        JobReport report = journey.await(JobState.MIRRORING);
        assertThat(journey.way()).contains("RETREATING");
        assertThat(report.job().findings().error()).isEqualTo("job-complete: Injected failure");
        assertThat(journey.ask(Trigger.PIVOT)).isEqualTo(Answer.ACCEPTED);
        journey.await(JobState.PIVOTED);
        assertGuestIsOn(journey.destination());
    }

    @Test
    void canFailOnTheTarget() throws Exception {
        begin("on=write,do=fail,errno=EIO").start(journey.request());
        JobReport report = journey.await(JobState.FAILED);
        assertThat(report.copy()).isEqualTo(Copy.WORTHLESS);
        assertThat(report.job().findings().error()).isEqualTo("Input/output error");
        assertGuestIsOn(journey.source());
        assertThat(journey.images()).containsExactly("source.raw");
    }

    @Test
    void canBeHandedOver() throws Exception {
        begin().start(journey.request());
        journey.await(JobState.MIRRORING);
        journey.handOver();
        assertThat(journey.ask(Trigger.PIVOT)).isEqualTo(Answer.ACCEPTED);
        journey.await(JobState.PIVOTED);
        assertGuestIsOn(journey.destination());
    }

    @Test
    void canPivotAGuestThatItsOwnerPaused() throws Exception {
        begin().start(journey.request());
        journey.await(JobState.MIRRORING);
        journey.onlooker().ask(new QmpCommand.Stop());
        assertThat(journey.ask(Trigger.PIVOT)).isEqualTo(Answer.ACCEPTED);
        journey.await(JobState.PIVOTED);
        assertThat(journey.qemu().state().run()).isEqualTo(RunState.PAUSED);
        assertThat(journey.qemu().journal().entries())
                .extracting(Pauses::commandOf)
                .doesNotContain("cont");
        journey.onlooker().ask(new QmpCommand.Cont());
        assertGuestIsOn(journey.destination());
    }
}
