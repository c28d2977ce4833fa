package dev.blockcopy.engine.command;

import static dev.blockcopy.model.lifecycle.JobState.APPROACHING;
import static dev.blockcopy.model.lifecycle.JobState.CANCELLED;
import static dev.blockcopy.model.lifecycle.JobState.CANCELLING;
import static dev.blockcopy.model.lifecycle.JobState.FAILED;
import static dev.blockcopy.model.lifecycle.JobState.GAUGING;
import static dev.blockcopy.model.lifecycle.JobState.IN_DOUBT;
import static dev.blockcopy.model.lifecycle.JobState.JUDGING;
import static dev.blockcopy.model.lifecycle.JobState.MIRRORING;
import static dev.blockcopy.model.lifecycle.JobState.PIVOTED;
import static dev.blockcopy.model.lifecycle.JobState.PIVOTING;
import static dev.blockcopy.model.lifecycle.JobState.STREAMING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.engine.Answer;
import dev.blockcopy.engine.Authority;
import dev.blockcopy.engine.Authority.Verdict;
import dev.blockcopy.engine.Findings;
import dev.blockcopy.engine.JobReport;
import dev.blockcopy.engine.JournalLine;
import dev.blockcopy.engine.Probe;
import dev.blockcopy.engine.StoreException;
import dev.blockcopy.engine.ThisHost;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.Facts.Copy;
import dev.blockcopy.model.lifecycle.Facts.Wish;
import dev.blockcopy.model.lifecycle.Trigger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandsTest {
    @Test
    void pivotWaitsForTheDestinationAndTellsThePause() {
        FakeCopies engine = new FakeCopies(
                Sample.in(MIRRORING).wishing(Wish.PIVOT),
                Sample.in(PIVOTED)
                        .worth(Copy.DISK)
                        .found(Findings.NONE.withPauseNanos(2_345_678).withPivotNanos(5_000_000)));

        Run run = Run.of(engine, "pivot " + Sample.ID);

        assertThat(engine.asked).containsExactly(Trigger.PIVOT);
        assertThat(run).isEqualTo(new Run(0, """
                        copy-vda-0123456789ab: PIVOTED, the guest is on the destination
                          disk now      /new/vm1.qcow2 (the destination)
                          copy          it is the guest's disk
                          guest paused  2.3 ms
                          pivot took    5.0 ms
                        """, "copy-vda-0123456789ab: mirroring, in step\n"));
    }

    @ParameterizedTest
    @CsvSource({"'', CANCEL", "' --force', FORCE", "' --only-if-ready', CANCEL_IF_READY"})
    void abortAsksForTheEndInTheMannerSaid(String option, Trigger trigger) {
        FakeCopies engine = new FakeCopies(Sample.in(CANCELLED).worth(Copy.POINT_IN_TIME));

        Run run = Run.of(engine, "abort " + Sample.ID + option);

        assertThat(engine.asked).containsExactly(trigger);
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("point-in-time copy: /new/vm1.qcow2", "/old/vm1.raw (the source)");
    }

    @Test
    void abortOnlyIfReadyIsNoSuccessWithoutACopy() {
        Run run =
                Run.of(new FakeCopies(Sample.in(CANCELLED).worth(Copy.UNKNOWN)), "abort --only-if-ready " + Sample.ID);

        assertThat(run.code()).isEqualTo(4);
    }

    @Test
    void resolveTellsWhoSaysItAndWhy() {
        FakeCopies engine = new FakeCopies(Sample.in(PIVOTED).worth(Copy.DISK));

        Run run = Run.of(engine, "resolve " + Sample.ID + " --keep destination --because seen");

        assertThat(engine.asked).containsExactly("KEEP_DESTINATION: " + ThisHost.user() + " says: seen");
        assertThat(run.code()).isZero();
    }

    @Test
    void resolveTakesTheWordsOfThePeopleWhoAskOnly() {
        Run run = Run.of(new FakeCopies(), "resolve " + Sample.ID + " --keep both --because seen");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("'--keep': 'both' is no image of a copy: say source or destination");
    }

    @Test
    void resolveIsRefusedWhereThereIsNoDoubt() {
        FakeCopies engine = new FakeCopies(Sample.in(MIRRORING));
        engine.answer = new Answer(Answer.Kind.REFUSED, "the job is not in doubt");

        Run run = Run.of(engine, "resolve " + Sample.ID + " --keep source --because seen");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("the job is not in doubt");
    }

    @Test
    void abortAsyncDoesNotWaitForAnotherOwner() {
        FakeCopies engine = new FakeCopies(Sample.in(CANCELLING).ownedBy("process 1 on host"));

        assertThat(Run.of(engine, "abort --async " + Sample.ID).code()).isZero();
    }

    @Test
    void abortAsyncCarriesItOutIfNobodyElseDoes() {
        FakeCopies engine = new FakeCopies(Sample.in(CANCELLING), Sample.in(CANCELLED));

        Run run = Run.of(engine, "abort --async " + Sample.ID);

        assertThat(run.out()).contains("CANCELLED");
    }

    @Test
    void aRequestThatTheJobRefusesEndsWithThree() {
        FakeCopies engine = new FakeCopies(Sample.in(STREAMING));
        engine.answer = new Answer(Answer.Kind.REFUSED, "the job is not ready: wait until it is MIRRORING");

        Run run = Run.of(engine, "pivot " + Sample.ID);

        assertThat(run)
                .isEqualTo(new Run(
                        3, "", "blockcopy: copy-vda-0123456789ab: the job is not ready: wait until it is MIRRORING\n"));
    }

    @Test
    void aRequestMovesTheMonitorFirstIfItIsElsewhere() {
        FakeCopies engine = new FakeCopies(Sample.in(PIVOTED));

        Run.of(engine, "pivot --qmp /nowhere/new.qmp " + Sample.ID);

        assertThat(engine.asked).containsExactly(Path.of("/nowhere/new.qmp"), Trigger.PIVOT);
    }

    @Test
    void jobsIsATable() {
        FakeCopies engine = new FakeCopies(
                Sample.in(STREAMING).at(42, 100, 2 << 20).ownedBy("process 7 on host"), Sample.in(PIVOTED));

        Run run = Run.of(engine, "jobs");

        assertThat(run.out()).isEqualTo("""
                        ID                     DISK  PHASE      DONE  RATE       OWNER              DESTINATION
                        copy-vda-0123456789ab  vda   STREAMING  42%   2.0 MiB/s  process 7 on host  /new/vm1.qcow2
                        copy-vda-0123456789ab  vda   PIVOTED    -     -          -                  /new/vm1.qcow2
                        """);
    }

    @Test
    void statusTellsTheWayThroughTheStates() {
        FakeCopies engine = new FakeCopies(Sample.in(STREAMING).at(1 << 30, 4L << 30, 100 << 20));
        engine.driver = "nobody; somebody holds it";
        engine.journal.add(
                new JournalLine(Instant.parse("2026-01-02T03:04:05.678Z"), "", "REQUEST", "REQUESTED", "", "checked"));
        engine.journal.add(new JournalLine(
                Instant.parse("2026-01-02T03:04:05.700Z"), "STARTING", "DONE", "JUDGING", "LOOK_AT_JOBS", "it may be"));

        Run run = Run.of(engine, "status " + Sample.ID);

        assertThat(run.code()).isZero();
        assertThat(run.out())
                .contains(
                        "STREAMING, the bulk is being copied",
                        "vda on /run/vm1.qmp",
                        "25% of 4.0 GiB, 100 MiB/s, 0:30 left",
                        "  driven by     nobody; somebody holds it\n",
                        "on REQUEST -> REQUESTED: checked",
                        "STARTING on DONE -> JUDGING LOOK_AT_JOBS: it may be");
    }

    @Test
    void statusTellsOfAGuestThatADeadOwnerLeftPaused() {
        Sample left = Sample.in(PIVOTING).ownedBy("");
        String paused = "  guest         paused by blockcopy, as far as was written down; what is next lets it go\n"
                + "  next          blockcopy recover " + Sample.ID;

        assertThat(Run.of(new FakeCopies(left.with(Facts.RESUME_DUE, true)), "status " + Sample.ID)
                        .out())
                .contains(paused);
        assertThat(Run.of(new FakeCopies(left), "status " + Sample.ID).out()).doesNotContain("paused by blockcopy");
    }

    @Test
    void watchDrivesWhatIsUnfinishedAndEndsWithTheWorst() {
        FakeCopies engine = new FakeCopies(
                Sample.in(STREAMING).wishing(Wish.PIVOT), Sample.in(FAILED).wishing(Wish.PIVOT));

        Run run = Run.of(engine, "watch");

        assertThat(engine.asked).containsExactly("take over");
        assertThat(run.code()).isEqualTo(4);
    }

    @Test
    void watchTakesOverWhenTheOwnerDies() {
        FakeCopies engine = new FakeCopies(
                Sample.in(STREAMING).ownedBy("process 7 on host"),
                Sample.in(STREAMING).ownedBy(""),
                Sample.in(STREAMING).ownedBy(""),
                Sample.in(STREAMING),
                Sample.in(CANCELLED));

        Run run = Run.of(engine, "watch");

        assertThat(engine.asked).containsExactly("take over", "take over");
        assertThat(run.code()).isZero();
    }

    @Test
    void recoverIsDoneWhenTheJobCopiesOnUnderUs() {
        FakeCopies engine = new FakeCopies(Sample.in(STREAMING).with(Facts.ONLINE, false), Sample.in(STREAMING));

        Run run = Run.of(engine, "recover");

        assertThat(run.code()).isZero();
        assertThat(run.err()).contains("nobody watches");
    }

    @Test
    void recoverSaysThatItLeftAJobToTheOneThatDrivesIt() {
        Sample theirs = Sample.in(STREAMING).ownedBy("process 7 on host");

        Run run = Run.of(new FakeCopies(theirs, theirs), "recover " + Sample.ID);

        assertThat(run.code()).isZero();
        assertThat(run.err())
                .contains(Sample.ID
                        + ": process 7 on host drives it, so it was left to that one and not matched with QEMU\n");
    }

    @Test
    void abortSaysWhatItWaitsForAndForNoLongerThanSaid() {
        Sample waiting = Sample.in(CANCELLING).with(Facts.ONLINE, false);
        FakeCopies engine = new FakeCopies(waiting, waiting, waiting, waiting);
        engine.trouble = "/run/vm1.qmp: process 7 on host holds it and is stopped";

        Run run = Run.of(engine, "abort --timeout 2s " + Sample.ID);

        assertThat(run.code()).isEqualTo(7);
        assertThat(run.err())
                .contains(
                        Sample.ID + ": /run/vm1.qmp: process 7 on host holds it and is stopped\n",
                        Sample.ID + ": not done in time; it is written down, and 'blockcopy recover " + Sample.ID
                                + "' goes on with it\n");
    }

    @Test
    void pivotSaysOnceWhatItWaitsForAndForNoLongerThanSaid() {
        Sample held =
                Sample.in(APPROACHING).wishing(Wish.PIVOT).found(Findings.NONE.withError("somebody has paused it"));
        Sample between = Sample.in(GAUGING).wishing(Wish.PIVOT).found(Findings.NONE.withError("for a moment only"));
        FakeCopies engine = new FakeCopies(held, held, between, held, held, held, held, held, held, held);

        Run run = Run.of(engine, "pivot --timeout 4s " + Sample.ID);

        assertThat(run.code()).isEqualTo(7);
        assertThat(run.err())
                .containsOnlyOnce(Sample.ID + ": somebody has paused it\n")
                .doesNotContain("for a moment only")
                .contains(Sample.ID + ": not done in time; it is written down");
    }

    @Test
    void whereTheTimeIsUpInAPauseTheGuestIsLetGoFirst() {
        Sample paused = Sample.in(PIVOTING).wishing(Wish.PIVOT).with(Facts.RESUME_DUE, true);
        FakeCopies engine = new FakeCopies(paused, Sample.in(PIVOTED).worth(Copy.DISK));

        assertThat(Run.of(engine, "pivot --timeout 1s " + Sample.ID).code()).isZero();
    }

    @Test
    void recoverBelievesADoubtOnlyAfterALook() {
        JobReport judging = Sample.in(IN_DOUBT).report();
        FakeCopies engine = new FakeCopies(
                new Sample(new JobReport(judging.job(), JUDGING, judging.progress(), judging.owner())),
                Sample.in(CANCELLED).worth(Copy.UNKNOWN));

        assertThat(Run.of(engine, "recover").code()).isZero();
    }

    @Test
    void recoverStaysInDoubtIfThereIsNoMonitor() {
        FakeCopies engine = new FakeCopies(Sample.in(IN_DOUBT).with(Facts.ONLINE, false));
        engine.trouble = "/run/vm1.qmp: no such socket";

        Run run = Run.of(engine, "recover");

        assertThat(run.code()).isEqualTo(5);
        assertThat(run.err()).contains("copy-vda-0123456789ab: /run/vm1.qmp: no such socket");
    }

    @Test
    void recoverGivesUpOnAMonitorThatStaysBusy() {
        Sample waiting = Sample.in(PIVOTING).with(Facts.ONLINE, false);
        FakeCopies engine = new FakeCopies(waiting, waiting, waiting, waiting);

        Run run = Run.of(engine, "recover --timeout 2s");

        assertThat(run.code()).isEqualTo(7);
        assertThat(run.err())
                .contains(Sample.ID + ": no QEMU answered on /run/vm1.qmp in time (--timeout), so nothing was settled");
    }

    @Test
    void interruptedInAPauseItLetsTheGuestGoFirst() {
        FakeCopies engine = new FakeCopies(
                Sample.in(PIVOTING).wishing(Wish.PIVOT).with(Facts.RESUME_DUE, true), Sample.in(PIVOTED));
        engine.interrupts = true;

        Run run = Run.of(engine, "pivot " + Sample.ID);

        assertThat(run.code()).isEqualTo(130);
        assertThat(run.err()).contains("the guest is let go first", Sample.ID + " has ended: PIVOTED");
    }

    @ParameterizedTest
    @CsvSource({"SOURCE, source /old/vm1.raw, 0", "DESTINATION, destination /old/vm1.raw, 0"})
    void authoritySaysTheVerdictFirst(Verdict verdict, String firstLine, int code) {
        FakeCopies engine = new FakeCopies();
        engine.authority = new Authority(verdict, "/old/vm1.raw", List.of("seen"), List.of("boot it"));

        Run run = Run.of(engine, "authority --qmp q --disk vda");

        assertThat(run).isEqualTo(new Run(code, firstLine + "\nevidence: seen\nadvice: boot it\n", ""));
    }

    @Test
    void authorityUnknownEndsWithFive() {
        FakeCopies engine = new FakeCopies();
        engine.authority = new Authority(Verdict.UNKNOWN, "", List.of(), List.of());

        assertThat(Run.of(engine, "authority --qmp q --disk vda")).isEqualTo(new Run(5, "unknown\n", ""));
    }

    @Test
    void probeOfAQemuThatCantIsADemandUnmet() {
        FakeCopies engine = new FakeCopies();
        engine.probe = new Probe("2.9.0", "", List.of("job-complete"), List.of("drive0"), List.of());

        Run run = Run.of(engine, "probe --qmp q");

        assertThat(run)
                .isEqualTo(
                        new Run(8, "2.9.0\ndialect: none of ours\nmissing:\n  job-complete\ndisks:\n  drive0\n", ""));
    }

    @Test
    void aStoreThatFailsIsTheEnvironment() {
        FakeCopies engine = new FakeCopies();
        engine.fault = new StoreException("/x/jobs.db: locked\n by somebody: try again");

        assertThat(Run.of(engine, "status j"))
                .isEqualTo(new Run(7, "", "blockcopy: /x/jobs.db: locked by somebody: try again\n"));
    }

    @Test
    void ourOwnFaultIsOneLineAndAStackTraceOnlyIfAskedFor() {
        FakeCopies engine = new FakeCopies();
        engine.fault = new IllegalStateException("oops");

        assertThat(Run.of(engine, "status j").err().lines()).hasSize(1);
        Run debugged = Run.of(engine, "status j --debug");
        assertThat(debugged.code()).isEqualTo(1);
        assertThat(debugged.err()).contains("\tat ");
    }
}
