package dev.blockcopy.engine.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blockcopy.engine.Authority;
import dev.blockcopy.engine.Authority.Verdict;
import dev.blockcopy.engine.CopyJob;
import dev.blockcopy.engine.CopyJobs;
import dev.blockcopy.engine.CopyRefusedException;
import dev.blockcopy.engine.CopyRequest;
import dev.blockcopy.engine.JobReport;
import dev.blockcopy.engine.JobStore;
import dev.blockcopy.engine.image.ImageFormat;
import dev.blockcopy.engine.qmp.QmpClient;
import dev.blockcopy.engine.qmp.QmpLimits;
import dev.blockcopy.engine.qmp.UnixSocketTransport;
import dev.blockcopy.engine.statemachine.StatemachineExecutor;
import dev.blockcopy.engine.store.SqliteJobStore;
import dev.blockcopy.model.lifecycle.Facts.Wish;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.qmp.RunState;
import dev.blockcopy.qemufake.server.FakeQemu;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A person asks which image is a disk of a QEMU (a fake): by whatever name, after whatever became of QEMU since. */
class AskedDiskTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path dir;

    private final List<FakeQemu> qemus = new ArrayList<>();
    private Path socket;
    private Path source;
    private Path copy;
    private String id;

    @BeforeEach
    void makeAnImage() throws Exception {
        socket = dir.resolve("vm.qmp");
        source = Files.write(dir.resolve("source.raw"), new byte[1 << 16]);
        copy = dir.resolve("copy.raw");
    }

    @AfterEach
    void endThem() {
        qemus.forEach(FakeQemu::close);
    }

    /** A QEMU with one disk, whose node is called {@code disk0}. */
    private FakeQemu startQemu(Path image, String device, Path... monitors) {
        FakeQemu qemu = FakeQemu.builder()
                .blockdev(Map.of(
                        "driver",
                        "raw",
                        "node-name",
                        "disk0",
                        "file",
                        Map.of("driver", "file", "filename", image.toString())))
                .device("disk0", device)
                .withoutDescriptors()
                .start(monitors);
        qemus.add(qemu);
        return qemu;
    }

    private CopyJobs engine() {
        Path store = dir.resolve("jobs.db");
        return new CopyJobs(SqliteJobStore.open(store), List.of(store), StatemachineExecutor::new);
    }

    private CopyRequest request(Wish wish) {
        return CopyRequest.of(socket, "vda", copy, ImageFormat.RAW).wish(wish).build();
    }

    private void copied(Wish wish) throws Exception {
        try (CopyJobs jobs = engine()) {
            id = jobs.start(request(wish));
            JobReport report = jobs.await(id, JobReport::isSettled, SOON);
            assertThat(report.phase()).isEqualTo(wish == Wish.PIVOT ? JobState.PIVOTED : JobState.CANCELLED);
        }
    }

    private Authority asked(Path monitor, String disk) throws Exception {
        try (CopyJobs jobs = engine()) {
            return jobs.authority(monitor, disk);
        }
    }

    private static void isNamed(Authority authority, Verdict verdict, Path image) {
        assertThat(authority.verdict()).as("%s", authority).isEqualTo(verdict);
        assertThat(authority.image()).as("%s", authority).isEqualTo(image.toString());
    }

    private String name(String word) {
        return switch (word) {
            case "NODE OF THE COPY" -> "copy-" + id.substring(id.lastIndexOf('-') + 1);
            case "FILE OF THE COPY" -> copy.toString();
            case "FILE OF THE SOURCE" -> source.toString();
            case "JOB" -> id;
            default -> word;
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vda",
                "/machine/peripheral/vda/virtio-backend",
                "disk0",
                "NODE OF THE COPY",
                "FILE OF THE COPY",
                "FILE OF THE SOURCE",
                "JOB"
            })
    void isKnownByAnyOfItsNames(String word) throws Exception {
        FakeQemu qemu = startQemu(source, "vda", socket);
        copied(Wish.PIVOT);
        isNamed(asked(socket, name(word)), Verdict.DESTINATION, copy);
        qemu.kill();
        isNamed(asked(socket, name(word)), Verdict.DESTINATION, copy);
    }

    @Test
    void isKnownByALinkToItsMonitorToo() throws Exception {
        startQemu(source, "vda", socket);
        copied(Wish.PIVOT);
        Path link = Files.createSymbolicLink(dir.resolve("link.qmp"), Path.of("vm.qmp"));
        isNamed(asked(link, "vda"), Verdict.DESTINATION, copy);
        qemus.get(0).close();
        isNamed(asked(link, "vda"), Verdict.DESTINATION, copy);
    }

    @Test
    void isKnownByAnotherMonitorOfItsQemu() throws Exception {
        Path second = dir.resolve("second.qmp");
        startQemu(source, "vda", socket, second);
        copied(Wish.PIVOT);
        isNamed(asked(second, "vda"), Verdict.DESTINATION, copy);
    }

    private void pivotedInOneThatIsGone() throws Exception {
        startQemu(source, "vda", socket);
        copied(Wish.PIVOT);
        qemus.get(0).close();
    }

    @Test
    void isKnownByWhereItsMonitorWas() throws Exception {
        startQemu(source, "vda", socket);
        copied(Wish.PIVOT);
        Path moved = Files.move(socket, dir.resolve("moved.qmp"));
        try (CopyJobs jobs = engine()) {
            jobs.moveMonitor(id, moved);
        }
        isNamed(asked(socket, "vda"), Verdict.DESTINATION, copy);
        isNamed(asked(moved, "vda"), Verdict.DESTINATION, copy);
    }

    @ParameterizedTest
    @ValueSource(strings = {"vda", "sdb"})
    void isKnownByItsImageWhereItsDeviceIsAnother(String disk) throws Exception {
        pivotedInOneThatIsGone();
        startQemu(copy, "sdb", socket);
        Authority authority = asked(socket, disk);
        isNamed(authority, Verdict.DESTINATION, copy);
        assertThat(authority.evidence()).anyMatch(line -> line.contains("as disk 'sdb'"));
        assertThat(authority.advice()).anyMatch(line -> line.contains("nothing is to be done"));
    }

    @Test
    void isWhatTheJournalSaysWhereQemuHasItNoMore() throws Exception {
        pivotedInOneThatIsGone();
        startQemu(Files.write(dir.resolve("other.raw"), new byte[1 << 16]), "vdb", socket);
        Authority authority = asked(socket, "vda");
        isNamed(authority, Verdict.DESTINATION, copy);
        assertThat(authority.evidence()).anyMatch(line -> line.contains("has no disk 'vda'") && line.contains("vdb"));
    }

    /** The disaster itself: an old configuration, and the guest writes to what lacks all it has written since. */
    @ParameterizedTest
    @ValueSource(strings = {"vda", "sdb"})
    void isStillTheDestinationWhereQemuWasStartedOnTheStaleSource(String device) throws Exception {
        pivotedInOneThatIsGone();
        startQemu(source, device, socket);
        Authority authority = asked(socket, device);
        isNamed(authority, Verdict.DESTINATION, copy);
        assertThat(authority.evidence()).anyMatch(line -> line.startsWith(source + " IS STALE"));
        assertThat(authority.advice().get(0)).startsWith("STOP THE QEMU THAT ANSWERS NOW, and start it on " + copy);
    }

    @Test
    void isToldToHaveBeenStaleWhereSomebodyCopiesItSince() throws Exception {
        startQemu(source, "vda", socket);
        copied(Wish.PIVOT);
        Path first = copy;
        qemus.get(0).close();
        startQemu(source, "vda", socket);
        copy = dir.resolve("second.raw");
        copied(Wish.FINISH);
        Authority authority = asked(socket, "vda");
        assertThat(authority.evidence()).anyMatch(line -> line.startsWith(source + " WAS STALE when the job began"));
        assertThat(authority.advice()).anyMatch(line -> line.startsWith("keep " + first + " too"));
    }

    @Test
    void isUnknownWhereTheStaleSourceIsOnAMonitorOfAnotherName() throws Exception {
        pivotedInOneThatIsGone();
        Path other = dir.resolve("other.qmp");
        startQemu(source, "vda", other);
        Authority authority = asked(other, "vda");
        isNamed(authority, Verdict.UNKNOWN, Path.of(""));
        assertThat(authority.evidence()).anyMatch(line -> line.startsWith(source + " IS STALE"));
        assertThat(authority.advice().get(0)).startsWith("STOP THE QEMU");
    }

    @Test
    void isStillTheSourceWhereACloneOfItAnswers() throws Exception {
        startQemu(source, "vda", socket);
        copied(Wish.FINISH);
        qemus.get(0).close();
        startQemu(copy, "vda", socket);
        Authority authority = asked(socket, "vda");
        isNamed(authority, Verdict.SOURCE, source);
        assertThat(authority.evidence()).anyMatch(line -> line.startsWith(copy + " is not the disk"));
    }

    @Test
    void ofACloneWithAMonitorOfItsOwnIsUnknown() throws Exception {
        startQemu(source, "vda", socket);
        copied(Wish.FINISH);
        Path other = dir.resolve("clone.qmp");
        startQemu(copy, "vda", other);
        isNamed(asked(other, "vda"), Verdict.UNKNOWN, Path.of(""));
    }

    private Path overlayOnTheCopy() throws Exception {
        Path second = dir.resolve("second.qmp");
        startQemu(source, "vda", socket, second);
        copied(Wish.PIVOT);
        Path overlay = dir.resolve("overlay.qcow2");
        try (QmpClient client = QmpClient.open(new UnixSocketTransport(second), QmpLimits.DEFAULT, event -> {})) {
            client.raw(
                    "blockdev-snapshot-sync",
                    Map.of(
                            "node-name",
                            name("NODE OF THE COPY"),
                            "snapshot-file",
                            overlay.toString(),
                            "snapshot-node-name",
                            "overlay",
                            "format",
                            "qcow2"),
                    SOON);
        }
        return overlay;
    }

    /** It has what the guest writes, so whoever boots what is below it when QEMU has died misses that. */
    @Test
    void isTheImageThatSomebodyHasPutOnTop() throws Exception {
        Path overlay = overlayOnTheCopy();
        Authority authority = asked(socket, "vda");
        isNamed(authority, Verdict.DESTINATION, overlay);
        assertThat(authority.evidence()).anyMatch(line -> line.endsWith("on top of the destination " + copy));
        qemus.get(0).kill();
        Authority later = asked(socket, "vda");
        isNamed(later, Verdict.DESTINATION, overlay);
        assertThat(later.evidence()).contains("when QEMU was last asked it had " + overlay + " on top of " + copy);
        assertThat(later.advice())
                .anyMatch(line -> line.startsWith("boot " + overlay + ", unless"))
                .anyMatch(line -> line.startsWith("keep " + copy + " too"));
    }

    private Path overlayOfADeadQemu() throws Exception {
        Path overlay = overlayOnTheCopy();
        asked(socket, "vda");
        qemus.get(0).close();
        return overlay;
    }

    @Test
    void isUnknownWhereTheImageBelowWasWrittenLater() throws Exception {
        Path overlay = overlayOfADeadQemu();
        FileTime then = Files.getLastModifiedTime(overlay);
        Files.setLastModifiedTime(copy, FileTime.from(then.toInstant().plusMillis(1)));
        Authority authority = asked(socket, "vda");
        isNamed(authority, Verdict.UNKNOWN, Path.of(""));
        assertThat(authority.evidence()).anyMatch(line -> line.contains("that was written later: it was committed"));
        assertThat(authority.advice().get(0)).startsWith("start no QEMU, and delete neither");
    }

    @Test
    void isTheImageBelowWhereNothingIsOnTopAnyMore() throws Exception {
        Files.delete(overlayOfADeadQemu());
        Authority authority = asked(socket, "vda");
        isNamed(authority, Verdict.DESTINATION, copy);
        assertThat(authority.evidence()).anyMatch(line -> line.contains("it is not there any more"));
    }

    @Test
    void isUnknownWhereQemuWasStartedOnWhatIsBelow() throws Exception {
        Path overlay = overlayOfADeadQemu();
        startQemu(copy, "vda", socket);
        Authority authority = asked(socket, "vda");
        isNamed(authority, Verdict.UNKNOWN, Path.of(""));
        assertThat(authority.advice().get(0)).startsWith("STOP THE QEMU THAT ANSWERS NOW, and start it on " + overlay);
    }

    /** Whoever has committed it says so by QEMU's own disk. */
    @Test
    void isTheImageBelowOnceItsQemuHasNothingOnTop() throws Exception {
        FakeQemu qemu = startQemu(source, "vda", socket);
        copied(Wish.PIVOT);
        try (JobStore store = SqliteJobStore.open(dir.resolve("jobs.db"))) {
            CopyJob job = store.find(id).orElseThrow();
            store.save(job.with(job.findings().withOnTop("/images/overlay.qcow2")), List.of());
        }
        isNamed(asked(socket, "vda"), Verdict.DESTINATION, copy);
        qemu.kill();
        Authority authority = asked(socket, "vda");
        isNamed(authority, Verdict.DESTINATION, copy);
        assertThat(authority.evidence()).noneMatch(line -> line.contains("overlay"));
    }

    @Test
    void isUnknownWhereNothingIsKnownOfACopy() throws Exception {
        startQemu(source, "vda", socket);
        Authority authority = asked(socket, "vda");
        isNamed(authority, Verdict.UNKNOWN, Path.of(""));
        assertThat(authority.evidence()).anyMatch(line -> line.contains("file " + source));
        assertThat(authority.advice()).anyMatch(line -> line.contains("--store"));
    }

    @Test
    void isRefusedWhereNobodyKnowsIt() {
        startQemu(source, "vda", socket);
        assertThatThrownBy(() -> asked(socket, "vdx"))
                .isInstanceOf(CopyRefusedException.class)
                .hasMessageContaining("no disk 'vdx'")
                .hasMessageContaining("vda");
    }

    private void engineDies(Blow.Instant instant) throws Exception {
        Blow blow = new Blow(instant, () -> {
            throw new Blow.Dead(instant);
        });
        id = blow.strikes(dir.resolve("jobs.db"), request(Wish.PIVOT)).id();
    }

    /** The guest is paused, and whoever asks hears how the job can be reached. */
    @Test
    void isToldWithTheWayToGoOnWhereItsMonitorIsGoneAndAnotherIsThere() throws Exception {
        Path second = dir.resolve("second.qmp");
        startQemu(source, "vda", socket, second);
        engineDies(Blow.after(JobState.SWITCHING, JobState.PIVOTING));
        Files.delete(socket);
        Authority authority = asked(second, "vda");
        isNamed(authority, Verdict.DESTINATION, copy);
        assertThat(authority.advice().get(0))
                .startsWith("'blockcopy recover " + id + " --qmp " + second
                        + "' goes on with the job, and lets the guest go");
        assertThat(authority.advice()).noneMatch(line -> line.contains("nothing is to be done"));
    }

    /** The pivot that a dead engine left is ended first, and its guest let go. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isAnsweredOnlyWhenTheJobIsSettled(boolean isByLink) throws Exception {
        FakeQemu qemu = startQemu(source, "vda", socket);
        engineDies(Blow.before(JobState.SWITCHING, JobState.PIVOTING));
        assertThat(qemu.state().run()).isEqualTo(RunState.PAUSED);
        Path link = Files.createSymbolicLink(dir.resolve("link.qmp"), socket);
        try (CopyJobs jobs = engine()) {
            isNamed(jobs.authority(isByLink ? link : socket, "vda"), Verdict.DESTINATION, copy);
            assertThat(jobs.find(id).phase()).isEqualTo(JobState.PIVOTED);
            assertThat(qemu.state().run()).isEqualTo(RunState.RUNNING);
        }
    }
}
