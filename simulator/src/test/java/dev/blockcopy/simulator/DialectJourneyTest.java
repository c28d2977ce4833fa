package dev.blockcopy.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.blockcopy.engine.Answer;
import dev.blockcopy.engine.Authority;
import dev.blockcopy.engine.CopyRefusedException;
import dev.blockcopy.engine.JobReport;
import dev.blockcopy.engine.Probe;
import dev.blockcopy.model.lifecycle.Facts.Copy;
import dev.blockcopy.model.lifecycle.Facts.Wish;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.model.qmp.RunState;
import dev.blockcopy.qemufake.Dialect;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The real engine and a QEMU from before the job API: the same promises, as far as such a QEMU lets one keep them. */
@Tag("once")
class DialectJourneyTest {
    @TempDir
    private Path dir;

    private Journey journey;

    @RegisterExtension
    final JourneyOfTest ofTest = new JourneyOfTest();

    private Journey begin(Dialect dialect, String... faults) throws IOException {
        journey = ofTest.begin(dir, dialect, faults);
        return journey;
    }

    private void assertGuestIsOn(Path image) throws Exception {
        assertThat(journey.qemu().state().run()).isEqualTo(RunState.RUNNING);
        assertThat(journey.qemu().state().fileInUse(Journey.DRIVE)).hasValue(image.toString());
        assertThat(journey.qemu().state().statusOf(Journey.DRIVE)).isEmpty();
        journey.letGuestWriteAndStop();
        assertThat(journey.check(image).isWhole()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void canPivot(Dialect dialect) throws Exception {
        begin(dialect).start(journey.request().wish(Wish.PIVOT));
        JobReport report = journey.await(JobState.PIVOTED);
        assertThat(report.copy()).isEqualTo(Copy.DISK);
        assertThat(report.job().findings().pauseNanos()).isPositive();
        assertGuestIsOn(journey.destination());
    }

    @ParameterizedTest
    @EnumSource
    void canPivotWithoutAPause(Dialect dialect) throws Exception {
        begin(dialect).start(journey.request().wish(Wish.PIVOT).withoutPause());
        journey.await(JobState.PIVOTED);
        assertGuestIsOn(journey.destination());
    }

    @ParameterizedTest
    @EnumSource
    void canFinishWithACopyOfAnInstant(Dialect dialect) throws Exception {
        begin(dialect).start(journey.request().wish(Wish.FINISH));
        assertThat(journey.await(JobState.CANCELLED).copy()).isEqualTo(Copy.POINT_IN_TIME);
        assertGuestIsOn(journey.source());
    }

    @ParameterizedTest
    @EnumSource
    void canAbortWhileStreaming(Dialect dialect) throws Exception {
        begin(dialect).start(journey.request().speed(Journey.CRAWL));
        journey.await(JobState.STREAMING);
        assertThat(journey.ask(Trigger.PIVOT).kind()).isEqualTo(Answer.Kind.REFUSED);
        assertThat(journey.ask(Trigger.FORCE)).isEqualTo(Answer.ACCEPTED);
        assertThat(journey.await(JobState.CANCELLED).copy()).isEqualTo(Copy.WORTHLESS);
        assertGuestIsOn(journey.source());
    }

    @ParameterizedTest
    @EnumSource
    void canBeHandedOver(Dialect dialect) throws Exception {
        begin(dialect).start(journey.request());
        journey.await(JobState.MIRRORING);
        journey.handOver();
        assertThat(journey.ask(Trigger.PIVOT)).isEqualTo(Answer.ACCEPTED);
        journey.await(JobState.PIVOTED);
        assertGuestIsOn(journey.destination());
    }

    @ParameterizedTest
    @CsvSource({
        "QEMU_1_3, block-job-complete",
        "PROPOSAL_2012, drive-reopen",
        "RHEL6, __com.redhat_drive-reopen",
        "ATOMIC, transaction"
    })
    void canTellAfterACutThatQemuHadSwitched(Dialect dialect, String pivot) throws Exception {
        begin(dialect, "on=command,name=" + pivot + ",do=cut-after")
                .start(journey.request().wish(Wish.PIVOT));
        journey.await(JobState.PIVOTED);
        assertThat(journey.way()).containsSubsequence("SWITCHING", "PIVOTING", "JUDGING", "PROVING");
        assertGuestIsOn(journey.destination());
    }

    @ParameterizedTest
    @CsvSource({"QEMU_1_3, block-job-complete", "PROPOSAL_2012, drive-reopen", "ATOMIC, transaction"})
    void canTellAfterACutThatQemuHadNotSwitched(Dialect dialect, String pivot) throws Exception {
        begin(dialect, "on=command,name=" + pivot + ",do=cut-before")
                .start(journey.request().wish(Wish.PIVOT));
        journey.await(JobState.PIVOTED);
        assertThat(journey.way()).containsSubsequence("SWITCHING", "PIVOTING", "JUDGING", "PAUSING", "SWITCHING");
        assertGuestIsOn(journey.destination());
    }

    @ParameterizedTest
    @EnumSource(names = {"PROPOSAL_2012", "RHEL6"})
    void endsOnTheSourceWhenTheReopenFallsBack(Dialect dialect) throws Exception {
        begin(dialect, "reopen-destination-fails").start(journey.request().wish(Wish.PIVOT));
        JobReport report = journey.await(JobState.FAILED);
        assertThat(report.copy()).isEqualTo(Copy.UNKNOWN);
        assertThat(report.job().findings().error()).endsWith("Could not open '" + journey.destination() + "'");
        assertGuestIsOn(journey.source());
    }

    @ParameterizedTest
    @EnumSource(names = {"PROPOSAL_2012", "RHEL6"})
    void saysSoWhenNeitherImageCouldBeOpened(Dialect dialect) throws Exception {
        begin(dialect, "hosed").start(journey.request().wish(Wish.PIVOT));
        journey.await(JobState.HOSED);
        assertThat(journey.qemu().state().fileInUse(Journey.DRIVE)).isEmpty();
        assertThat(journey.qemu().state().run()).isEqualTo(RunState.PAUSED);
        assertThat(journey.images()).containsExactly("destination.raw", "source.raw");
        assertThat(journey.authority().verdict()).isEqualTo(Authority.Verdict.SOURCE);
        assertThat(journey.check(journey.source()).isWhole()).isTrue();
    }

    @Test
    void mirrorsOnWhenATransactionIsRefused() throws Exception {
        begin(Dialect.ATOMIC, "reopen-destination-fails")
                .start(journey.request().wish(Wish.PIVOT));
        JobReport report = journey.await(JobState.MIRRORING);
        assertThat(journey.way()).contains("RETREATING");
        assertThat(report.job().findings().error()).contains("Could not open");
        assertThat(journey.ask(Trigger.PIVOT)).isEqualTo(Answer.ACCEPTED);
        journey.await(JobState.PIVOTED);
        assertGuestIsOn(journey.destination());
    }

    @Test
    void mirrorsOnWhenTheReopenIsRefusedBeforeItBegins() throws Exception {
        begin(Dialect.PROPOSAL_2012, "on=command,name=drive-reopen,do=error")
                .start(journey.request().wish(Wish.PIVOT));
        journey.await(JobState.MIRRORING);
        assertThat(journey.way()).contains("RETREATING");
        journey.ask(Trigger.PIVOT);
        journey.await(JobState.PIVOTED);
        assertGuestIsOn(journey.destination());
    }

    @ParameterizedTest
    @EnumSource(names = {"PROPOSAL_2012", "RHEL6"})
    void namesTheSourceWhenQemuDiesInASealedReopen(Dialect dialect) throws Exception {
        begin(dialect, "on=reopen-destination,do=die").start(journey.request().wish(Wish.PIVOT));
        assertThat(journey.await(JobState.FAILED).copy()).isEqualTo(Copy.UNKNOWN);
        assertThat(journey.authority().verdict()).isEqualTo(Authority.Verdict.SOURCE);
        assertThat(journey.check(journey.source()).isWhole()).isTrue();
    }

    @Test
    void knowsByTheEmptyWitnessWhereTheGuestWasWhenQemuDiesInAReopen() throws Exception {
        begin(Dialect.PROPOSAL_2012, "on=reopen-destination,do=die-after")
                .start(journey.request().wish(Wish.PIVOT).withoutPause());
        journey.await(JobState.FAILED);
        assertThat(journey.images()).containsExactly("destination.raw", "source.raw");
        Authority authority = journey.authority();
        assertThat(authority.evidence()).anyMatch(line -> line.startsWith("the witness of the reopen was read"));
        assertThat(authority.verdict()).isEqualTo(Authority.Verdict.SOURCE);
        assertThat(journey.check(journey.source()).isWhole()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"PROPOSAL_2012", "RHEL6"})
    void refusesTheRiskyPivotUpFrontWhereAnAtomicOneIsDemanded(Dialect dialect) throws Exception {
        begin(dialect);
        CopyRefusedException refused = catchThrowableOfType(
                CopyRefusedException.class,
                () -> journey.start(journey.request().atomic()));
        assertThat(refused.kind()).isEqualTo(CopyRefusedException.Kind.DEMAND);
        assertThat(refused).hasMessageContaining("drive-reopen alone");
        assertThat(journey.qemu().journal().entries())
                .extracting(Pauses::commandOf)
                .filteredOn(command -> !command.isEmpty())
                .allMatch(command -> command.startsWith("query-") || command.equals("qmp_capabilities"));
        assertThat(journey.images()).containsExactly("source.raw");
    }

    @ParameterizedTest
    @EnumSource(names = {"QEMU_7_2", "QEMU_1_3", "ATOMIC"})
    void meetsTheDemandOfAnAtomicPivot(Dialect dialect) throws Exception {
        begin(dialect).start(journey.request().atomic().wish(Wish.PIVOT));
        journey.await(JobState.PIVOTED);
    }

    @ParameterizedTest
    @CsvSource({
        "QEMU_7_2, job API, atomic pivot: job-complete",
        "QEMU_1_3, drive-mirror and block-job-complete, atomic pivot: block-job-complete",
        "PROPOSAL_2012, drive-mirror and drive-reopen, risky pivot: drive-reopen",
        "RHEL6, __com.redhat_drive-mirror and __com.redhat_drive-reopen, risky pivot: __com.redhat_drive-reopen",
        "ATOMIC, drive-mirror and drive-reopen in a transaction, atomic pivot: the new image is opened"
    })
    void isProbedByItsCommands(Dialect dialect, String words, String guarantee) throws Exception {
        Probe probe = begin(dialect).probe();
        assertThat(probe.dialect()).isEqualTo(words);
        assertThat(probe.missing()).isEmpty();
        assertThat(probe.guarantees()).anyMatch(line -> line.startsWith(guarantee));
    }
}
