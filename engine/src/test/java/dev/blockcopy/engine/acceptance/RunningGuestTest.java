package dev.blockcopy.engine.acceptance;

import static dev.blockcopy.engine.acceptance.Blow.after;
import static dev.blockcopy.engine.acceptance.Blow.before;
import static dev.blockcopy.engine.acceptance.Blow.unwritten;
import static dev.blockcopy.engine.acceptance.Images.MIB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.engine.Authority;
import dev.blockcopy.engine.CopyRequest;
import dev.blockcopy.engine.JobReport;
import dev.blockcopy.engine.qmp.NeedsRealQemu;
import dev.blockcopy.model.lifecycle.Facts.Copy;
import dev.blockcopy.model.lifecycle.Facts.Wish;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.qmp.QmpCommand;
import dev.blockcopy.model.qmp.RunState;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A guest writes all the time, and whoever dies: the image that is named its disk holds every acknowledged write. */
@NeedsRealQemu
@Timeout(300)
class RunningGuestTest {

    private static final int SOME = 10;

    /** From our stop to our cont. */
    private static final Set<Blow.Instant> PAUSED_AT = Set.of(
            after(JobState.PAUSING, JobState.PIVOTING),
            after(JobState.SWITCHING, JobState.PIVOTING),
            after(JobState.PROVING, JobState.PIVOTING),
            unwritten(JobState.RESUMING, JobState.CONCLUDED),
            before(JobState.RESUMING, JobState.CONCLUDED));

    @TempDir
    Path dir;

    private Scene scene;
    private Path source;
    private Path destination;
    private WritingGuest guest;
    private Seen seenBefore;

    @BeforeEach
    void startGuest() throws Exception {
        scene = new Scene(dir);
        source = Images.raw(scene.image("disk.raw"), 4 * MIB, 4 * MIB);
        destination = scene.image("copy.raw");
        guest = new WritingGuest(source, dir.resolve("memory"));
        scene.running(guest.arguments());
        seenBefore = scene.look();
        guest.awaitWrites(SOME);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private CopyRequest pivot() {
        return scene.copy(destination).wish(Wish.PIVOT).build();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void goesOnWritingOnTheCopy(boolean sealed) throws Exception {
        String job = scene.engine()
                .start(
                        sealed
                                ? pivot()
                                : scene.copy(destination)
                                        .withoutPause()
                                        .wish(Wish.PIVOT)
                                        .build());

        scene.pivotedWithoutATrace(scene.ended(job), seenBefore);

        int cut = guest.instantOf(source);
        guest.awaitWrites(SOME);
        assertThat(guest.acknowledged()).isGreaterThan(cut);
        assertThat(guest.instantOf(source)).isEqualTo(cut);
        scene.qemu().ask(new QmpCommand.Stop());
        guest.lostNothingIn(destination);
    }

    @Test
    void leavesACopyOfOneInstant() throws Exception {
        int first = guest.acknowledged();

        JobReport report = scene.finished(scene.copy(destination).wish(Wish.FINISH));

        assertThat(report.copy()).isEqualTo(Copy.POINT_IN_TIME);
        int cut = guest.instantOf(destination);
        assertThat(cut).isBetween(first, guest.acknowledged() + 1);
        guest.awaitWrites(SOME);
        assertThat(guest.instantOf(destination)).isEqualTo(cut);
        scene.qemu().ask(new QmpCommand.Stop());
        guest.lostNothingIn(source);
    }

    /** QEMU 7.2 may abort at the switch where a write of the guest is waiting: then the source is the disk. */
    @RepeatedTest(3)
    void losesNothingWithPendingFirstWhateverBecomesOfQemu() throws Exception {
        JobReport report = scene.finished(scene.copy(destination).pendingFirst().wish(Wish.PIVOT));

        if (report.phase() == JobState.PIVOTED) {
            guest.awaitWrites(SOME);
            scene.qemu().ask(new QmpCommand.Stop());
            guest.lostNothingIn(destination);
        } else {
            assertThat(report.phase()).isEqualTo(JobState.FAILED);
            assertThat(scene.engine().authority(scene.qemu().monitor(), "vd0").verdict())
                    .isEqualTo(Authority.Verdict.SOURCE);
            guest.lostNothingIn(source);
        }
    }

    static Stream<Blow.Instant> instants() {
        return Stream.of(
                before(JobState.APPROACHING, JobState.MIRRORING),
                unwritten(JobState.PAUSING, JobState.PIVOTING),
                before(JobState.PAUSING, JobState.PIVOTING),
                after(JobState.PAUSING, JobState.PIVOTING),
                after(JobState.SWITCHING, JobState.PIVOTING),
                after(JobState.PROVING, JobState.PIVOTING),
                unwritten(JobState.RESUMING, JobState.CONCLUDED),
                before(JobState.RESUMING, JobState.CONCLUDED),
                after(JobState.RESUMING, JobState.CONCLUDED),
                after(JobState.DISMISSING, JobState.CONCLUDED));
    }

    @ParameterizedTest
    @MethodSource("instants")
    void losesNothingWhenTheEngineDies(Blow.Instant instant) throws Exception {
        Blow blow = new Blow(instant, () -> {
            throw new Blow.Dead(instant);
        });
        String job = blow.strikes(scene.store(), pivot()).id();
        assertThat(scene.look().runState()).isEqualTo(PAUSED_AT.contains(instant) ? RunState.PAUSED : RunState.RUNNING);

        assertThat(scene.engine().takeOver()).containsExactly(job);

        scene.pivotedWithoutATrace(scene.ended(job), seenBefore);
        guest.awaitWrites(SOME);
        scene.qemu().ask(new QmpCommand.Stop());
        guest.lostNothingIn(destination);
    }

    @ParameterizedTest
    @MethodSource("instants")
    void losesNothingWhenQemuAndTheEngineDie(Blow.Instant instant) throws Exception {
        Blow blow = new Blow(instant, () -> {
            writeWhatItMay();
            scene.qemu().kill();
            throw new Blow.Dead(instant);
        });
        String job = blow.strikes(scene.store(), pivot()).id();

        Authority authority = scene.engine().authority(scene.qemu().monitor(), "vd0");

        assertThat(scene.ended(job).phase())
                .isEqualTo(authority.verdict() == Authority.Verdict.SOURCE ? JobState.FAILED : JobState.PIVOTED);
        guest.lostNothingIn(Path.of(authority.image()));
    }

    /** The guest gets time to write, unless it is paused. */
    private void writeWhatItMay() {
        try {
            if (scene.look().runState() == RunState.RUNNING) {
                guest.awaitWrites(2);
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
