package dev.blockcopy.engine.command;

import static dev.blockcopy.model.lifecycle.JobState.CANCELLED;
import static dev.blockcopy.model.lifecycle.JobState.CANCELLING;
import static dev.blockcopy.model.lifecycle.JobState.FAILED;
import static dev.blockcopy.model.lifecycle.JobState.IN_DOUBT;
import static dev.blockcopy.model.lifecycle.JobState.MIRRORING;
import static dev.blockcopy.model.lifecycle.JobState.PIVOTED;
import static dev.blockcopy.model.lifecycle.JobState.PIVOTING;
import static dev.blockcopy.model.lifecycle.JobState.PLACING;
import static dev.blockcopy.model.lifecycle.JobState.REQUESTED;
import static dev.blockcopy.model.lifecycle.JobState.STREAMING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.engine.CopyRefusedException;
import dev.blockcopy.engine.CopyRefusedException.Kind;
import dev.blockcopy.engine.CopyRequest;
import dev.blockcopy.engine.Findings;
import dev.blockcopy.engine.image.ImageFormat;
import dev.blockcopy.model.lifecycle.Facts.Copy;
import dev.blockcopy.model.lifecycle.Facts.Wish;
import dev.blockcopy.model.lifecycle.Trigger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CopyCommandTest {
    private static final String COPY = "copy --qmp /nowhere/vm1.qmp --disk vda --dest /new/vm1.qcow2 --format qcow2";

    @Test
    void hasTheEngineDecideWhatIsNotSaid() {
        FakeCopies engine = new FakeCopies(Sample.in(STREAMING));

        Run.of(engine, COPY);

        assertThat(engine.asked)
                .containsExactly(
                        CopyRequest.of(Path.of("/nowhere/vm1.qmp"), "vda", Path.of("/new/vm1.qcow2"), ImageFormat.QCOW2)
                                .build());
    }

    @Test
    void passesOnEveryOption() {
        FakeCopies engine = new FakeCopies(Sample.in(PIVOTED));

        Run.of(
                engine,
                COPY + " --shallow --reuse-external --bandwidth 1MiB/s --granularity 64K --buf-size 1MiB"
                        + " --synchronous-writes --atomic --pivot --pending-first"
                        + " --max-pause 500ms --job-id nightly");

        assertThat(engine.asked)
                .containsExactly(new CopyRequest(
                        Path.of("/nowhere/vm1.qmp"),
                        "vda",
                        Path.of("/new/vm1.qcow2"),
                        ImageFormat.QCOW2,
                        true,
                        true,
                        Wish.PIVOT,
                        true,
                        true,
                        Duration.ofMillis(500),
                        true,
                        true,
                        OptionalLong.of(1 << 20),
                        OptionalLong.of(1 << 16),
                        OptionalLong.of(1 << 20),
                        Optional.of("nightly")));
    }

    @Test
    void endsAsSoonAsItStreamsAndTellsThatNobodyWatches() {
        FakeCopies engine = new FakeCopies(Sample.in(REQUESTED), Sample.in(STREAMING));

        Run run = Run.of(engine, COPY);

        assertThat(run.code()).isZero();
        assertThat(run.err()).contains("nobody watches", "blockcopy watch " + Sample.ID);
        assertThat(engine.closed).isTrue();
    }

    @Test
    void waitsUntilItMirrors() {
        Run run = Run.of(new FakeCopies(Sample.in(STREAMING), Sample.in(MIRRORING)), COPY + " --wait");

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("MIRRORING", "blockcopy pivot " + Sample.ID);
    }

    @ParameterizedTest
    @CsvSource({
        "--pivot, PIVOTED, DISK, 0",
        "--pivot, CANCELLED, POINT_IN_TIME, 4",
        "--pivot, FAILED, UNKNOWN, 4",
        "--pivot, HOSED, UNKNOWN, 6",
        "--finish, CANCELLED, POINT_IN_TIME, 0",
        "--finish, CANCELLED, WORTHLESS, 4",
        "--finish, PIVOTED, DISK, 4",
        "--wait, CANCELLED, WORTHLESS, 4",
        "--wait, FAILED, WORTHLESS, 4"
    })
    void tellsByTheExitCodeHowItEnded(String option, dev.blockcopy.model.lifecycle.JobState end, Copy copy, int code) {
        Wish wish = option.equals("--wait") ? Wish.STAY : Wish.PIVOT;
        FakeCopies engine = new FakeCopies(
                Sample.in(STREAMING).wishing(wish), Sample.in(end).worth(copy));

        Run run = Run.of(engine, COPY + " " + option);

        assertThat(run.code()).isEqualTo(code);
    }

    @Test
    void endsWithFiveWhenInDoubt() {
        Run run =
                Run.of(new FakeCopies(Sample.in(PIVOTING).wishing(Wish.PIVOT), Sample.in(IN_DOUBT)), COPY + " --pivot");

        assertThat(run.code()).isEqualTo(5);
        assertThat(run.out()).contains("keep both", "/old/vm1.raw", "/new/vm1.qcow2", "blockcopy recover");
    }

    @Test
    void aPivotThatQemuRefusedIsNoSuccess() {
        FakeCopies engine = new FakeCopies(
                Sample.in(MIRRORING).wishing(Wish.PIVOT),
                Sample.in(MIRRORING).found(Findings.NONE.withError("Permission denied")));

        Run run = Run.of(engine, COPY + " --pivot");

        assertThat(run.code()).isEqualTo(4);
        assertThat(run.out()).contains("Permission denied", "MIRRORING");
    }

    @Test
    void cancelsWhenTheTimeIsUp() {
        FakeCopies engine = new FakeCopies(
                Sample.in(STREAMING),
                Sample.in(STREAMING),
                Sample.in(CANCELLING),
                Sample.in(CANCELLED).worth(Copy.WORTHLESS));

        Run run = Run.of(engine, COPY + " --timeout 2s");

        assertThat(engine.asked).endsWith(Trigger.CANCEL);
        assertThat(run.code()).isEqualTo(4);
    }

    @Test
    void aFailureTellsQemusWords() {
        Run run = Run.of(
                new FakeCopies(Sample.in(FAILED)
                        .worth(Copy.WORTHLESS)
                        .found(Findings.NONE.withError("No space left on device"))),
                COPY + " --pivot");

        assertThat(run.out()).contains("error         No space left on device", "worthless");
    }

    @Test
    void interruptedItLeavesTheJobAndTellsHowToGoOn() {
        FakeCopies engine = new FakeCopies(Sample.in(STREAMING).wishing(Wish.PIVOT));
        engine.interrupts = true;

        Run run = Run.of(engine, COPY + " --pivot --store /tmp/own.db");

        assertThat(run.code()).isEqualTo(130);
        assertThat(run.err().lines().skip(2))
                .containsExactly(
                        "blockcopy: interrupted; in QEMU goes on: " + Sample.ID,
                        "go on with: blockcopy watch " + Sample.ID + " --store /tmp/own.db | blockcopy pivot "
                                + Sample.ID + " --store /tmp/own.db | blockcopy abort " + Sample.ID
                                + " --store /tmp/own.db");
        assertThat(engine.closed).isTrue();
    }

    @Test
    void interruptedWithADocumentItTellsThatInOneLine() {
        FakeCopies engine = new FakeCopies(Sample.in(STREAMING).wishing(Wish.PIVOT));
        engine.interrupts = true;

        Run run = Run.of(engine, COPY + " --pivot --json");

        assertThat(run.out()).contains("in QEMU goes on: " + Sample.ID + " go on with: blockcopy watch");
    }

    @Test
    void interruptedWhileItStartsItLeavesTheJobOnceItCopies() {
        FakeCopies engine = new FakeCopies(Sample.in(PLACING), Sample.in(STREAMING));
        engine.interruptsStart = true;

        Run run = Run.of(engine, COPY.replace("/nowhere/vm1.qmp", "/run/vm1.qmp"));

        assertThat(run.code()).isEqualTo(130);
        assertThat(run.err()).contains("is left as soon as it copies", "in QEMU goes on: " + Sample.ID);
    }

    @Test
    void anInterruptThatGotLostIsHeardAllTheSame() {
        FakeCopies engine = new FakeCopies(Sample.in(STREAMING).wishing(Wish.PIVOT));
        engine.isInterrupted = true;

        assertThat(Run.of(engine, COPY + " --pivot").code()).isEqualTo(130);
    }

    @Test
    void interruptedBeforeThereIsAJobItSaysWhereToLook() {
        FakeCopies engine = new FakeCopies();
        engine.interruptsStart = true;

        Run run = Run.of(engine, COPY);

        assertThat(run).isEqualTo(new Run(130, "", "blockcopy: interrupted; see blockcopy jobs\n"));
    }

    @ParameterizedTest
    @CsvSource({"INPUT, 2", "STATE, 3", "ENVIRONMENT, 7", "DEMAND, 8"})
    void aRefusalIsOneLineAndItsKindTheExitCode(Kind kind, int code) {
        FakeCopies engine = new FakeCopies();
        engine.refusal = new CopyRefusedException(kind, "no disk 'vda' in this QEMU; it has drive0");

        Run run = Run.of(engine, COPY);

        assertThat(run).isEqualTo(new Run(code, "", "blockcopy: no disk 'vda' in this QEMU; it has drive0\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "copy",
                "copy --qmp q --disk d --dest /f",
                "copy --qmp q --disk d --dest /f --format vmdk",
                "copy --qmp q --disk d --dest relative --format raw",
                "copy --qmp q --disk d --dest /f --format raw --pivot --finish",
                "copy --qmp q --disk d --dest /f --format raw --bandwidth 10Mb",
                "copy --qmp q --disk d --dest /f --format raw --timeout 10",
                "copy --qmp q --disk d --dest /f --format raw --no-pause --max-pause 1s",
                "copy --qmp q --disk d --dest /f --format raw more",
                "abort j --force --only-if-ready",
                "recover --qmp /elsewhere",
                "frobnicate"
            })
    void wrongUsageIsOneLineThatNamesTheRemedy(String line) {
        Run run = Run.of(new FakeCopies(), line);

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).singleElement().asString().matches("blockcopy: .*: .*");
    }
}
