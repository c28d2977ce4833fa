package dev.blockcopy.engine.acceptance;

import static dev.blockcopy.engine.acceptance.Blow.after;
import static dev.blockcopy.engine.acceptance.Blow.before;
import static dev.blockcopy.engine.acceptance.Images.MIB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blockcopy.engine.Authority;
import dev.blockcopy.engine.Authority.Verdict;
import dev.blockcopy.engine.JobReport;
import dev.blockcopy.engine.qmp.NeedsRealQemu;
import dev.blockcopy.engine.qmp.QmpException;
import dev.blockcopy.engine.qmp.RealQemu;
import dev.blockcopy.model.lifecycle.Facts.Wish;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.qmp.QmpCommand;
import dev.blockcopy.model.qmp.RunState;
import dev.blockcopy.model.qmp.StatusInfo;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The engine is dead, and another client puts an overlay on top of a node of the job: the image below tells the end. */
@NeedsRealQemu
@Timeout(120)
class ForeignOverlayTest {

    /** The two ways in which people take a snapshot; the second puts up an overlay that they made. */
    enum Snapshot {
        SYNC,
        BLOCKDEV
    }

    @TempDir
    Path dir;

    private Scene scene;
    private Path source;
    private Path destination;
    private Path overlay;

    @BeforeEach
    void makeDisk() throws Exception {
        scene = new Scene(dir);
        source = Images.raw(scene.image("disk.raw"), 4 * MIB, MIB);
        destination = scene.image("copy.raw");
        overlay = scene.image("overlay.qcow2");
        scene.runningWith(source);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private JobReport engineDies(Blow.Instant instant, Wish wish) throws Exception {
        Blow blow = new Blow(instant, () -> {
            throw new Blow.Dead(instant);
        });
        return blow.strikes(scene.store(), scene.copy(destination).wish(wish).build());
    }

    private void take(Snapshot snapshot, String node, Path base, Path file) throws Exception {
        String name = file.getFileName().toString();
        if (snapshot == Snapshot.SYNC) {
            told(
                    "blockdev-snapshot-sync",
                    Map.of(
                            "node-name",
                            node,
                            "snapshot-file",
                            file.toString(),
                            "snapshot-node-name",
                            name,
                            "format",
                            "qcow2"));
            return;
        }
        RealQemu.image("create", "-q", "-u", "-f", "qcow2", "-F", "raw", "-b", base.toString(), file.toString(), "4M");
        Map<String, Object> overlay = new HashMap<>(Map.of(
                "driver", "qcow2", "node-name", name, "file", Map.of("driver", "file", "filename", file.toString())));
        overlay.put("backing", null);
        told("blockdev-add", overlay);
        told("blockdev-snapshot", Map.of("node", node, "overlay", name));
    }

    private void told(String command, Map<String, Object> arguments) throws Exception {
        scene.qemu().control().raw(command, arguments, Scene.SOON);
    }

    private JobReport taken(String job) throws Exception {
        assertThat(scene.engine().takeOver()).containsExactly(job);
        return scene.engine().await(job, JobReport::isSettled, Scene.SOON);
    }

    private void isNamed(Verdict verdict, Path image) throws Exception {
        Authority authority = scene.engine().authority(scene.qemu().monitor(), "drive0");
        assertThat(authority.verdict()).as("%s", authority).isEqualTo(verdict);
        assertThat(authority.image()).as("%s", authority).isEqualTo(image.toString());
    }

    private RunState runState() throws Exception {
        return StatusInfo.from(scene.qemu().ask(new QmpCommand.QueryStatus())).status();
    }

    static Stream<Arguments> onceTheJobHasConcluded() {
        return Stream.of(
                        before(JobState.PROVING, JobState.PIVOTING),
                        after(JobState.PROVING, JobState.PIVOTING),
                        before(JobState.RESUMING, JobState.CONCLUDED),
                        before(JobState.DISMISSING, JobState.CONCLUDED))
                .flatMap(instant -> Stream.of(Snapshot.values()).map(snapshot -> Arguments.of(instant, snapshot)));
    }

    @ParameterizedTest
    @MethodSource("onceTheJobHasConcluded")
    void onTheDestinationTellsThatThePivotCameTrue(Blow.Instant instant, Snapshot snapshot) throws Exception {
        JobReport struck = engineDies(instant, Wish.PIVOT);
        take(snapshot, struck.job().spec().nodeName(), destination, overlay);

        JobReport report = taken(struck.id());

        assertThat(report.phase()).isEqualTo(JobState.PIVOTED);
        assertThat(report.job().findings().leftOver()).isEmpty();
        assertThat(runState()).isEqualTo(RunState.RUNNING);
        assertThat(scene.disk().inserted().file()).isEqualTo(overlay.toString());
        isNamed(Verdict.DESTINATION, overlay);
        isRemembered(Verdict.DESTINATION);
    }

    @ParameterizedTest
    @EnumSource
    void onTheSourceTellsThatTheGuestStayedThere(Snapshot snapshot) throws Exception {
        JobReport struck = engineDies(before(JobState.DISMISSING, JobState.CONCLUDED), Wish.FINISH);
        take(snapshot, struck.job().spec().source().nodeName(), source, overlay);

        assertThat(taken(struck.id()).phase()).isEqualTo(JobState.CANCELLED);

        isNamed(Verdict.SOURCE, overlay);
        isRemembered(Verdict.SOURCE);
    }

    /** What was seen on top outlives QEMU, and the process that saw it. */
    private void isRemembered(Verdict verdict) throws Exception {
        scene.qemu().kill();
        scene.engineLeaves();
        isNamed(verdict, overlay);
    }

    static Stream<Arguments> whileTheMirrorLives() {
        return Stream.of(before(JobState.GAUGING, JobState.MIRRORING), before(JobState.SWITCHING, JobState.PIVOTING))
                .flatMap(instant -> Stream.of(Snapshot.values()).map(snapshot -> Arguments.of(instant, snapshot)));
    }

    /** QEMU guards the nodes of a running job, so the pivot meets no overlay. */
    @ParameterizedTest
    @MethodSource("whileTheMirrorLives")
    void isRefusedByQemuWhileTheMirrorLives(Blow.Instant instant, Snapshot snapshot) throws Exception {
        JobReport struck = engineDies(instant, Wish.PIVOT);

        isRefused(() -> take(snapshot, struck.job().spec().nodeName(), destination, overlay));
        isRefused(() -> take(snapshot, struck.job().spec().source().nodeName(), source, scene.image("other.qcow2")));

        assertThat(taken(struck.id()).phase()).isEqualTo(JobState.PIVOTED);
        isNamed(Verdict.DESTINATION, destination);
    }

    private static void isRefused(ThrowingCallable snapshot) {
        assertThatThrownBy(snapshot).isInstanceOf(QmpException.class).hasMessageContaining("in use by block job");
    }
}
