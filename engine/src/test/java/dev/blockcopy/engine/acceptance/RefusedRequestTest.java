package dev.blockcopy.engine.acceptance;

import static dev.blockcopy.engine.CopyRefusedException.Kind.DEMAND;
import static dev.blockcopy.engine.CopyRefusedException.Kind.ENVIRONMENT;
import static dev.blockcopy.engine.CopyRefusedException.Kind.INPUT;
import static dev.blockcopy.engine.acceptance.Images.MIB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blockcopy.engine.CopyRequest;
import dev.blockcopy.engine.CopyRequestBuilder;
import dev.blockcopy.engine.image.ImageFormat;
import dev.blockcopy.engine.qmp.NeedsRealQemu;
import dev.blockcopy.engine.qmp.QmpClient;
import dev.blockcopy.engine.qmp.QmpLimits;
import dev.blockcopy.engine.qmp.UnixSocketTransport;
import dev.blockcopy.model.lifecycle.Facts.Wish;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.model.qmp.BlockdevMirror;
import dev.blockcopy.model.qmp.BlockdevOptions;
import dev.blockcopy.model.qmp.BlockdevRef;
import dev.blockcopy.model.qmp.JobInfo;
import dev.blockcopy.model.qmp.JobStatus;
import dev.blockcopy.model.qmp.MirrorSyncMode;
import dev.blockcopy.model.qmp.QmpCommand;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request that can't be met is refused in one line, and nothing is changed: no file, no node, no job. */
@NeedsRealQemu
@Timeout(120)
class RefusedRequestTest {

    private static final long SECONDS_MAX = 60;

    @TempDir
    Path dir;

    private Scene scene;
    private Path destination;

    @BeforeEach
    void makeDisk() throws Exception {
        scene = new Scene(dir);
        destination = scene.image("copy.raw");
        scene.runningWith(Images.raw(scene.image("disk.raw"), 4 * MIB, MIB));
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private CopyRequestBuilder through(Path socket) {
        return CopyRequest.of(socket, "drive0", destination, ImageFormat.RAW);
    }

    @Test
    void needsASocketThatIsThere() throws Exception {
        scene.refuses(ENVIRONMENT, "no.sock: no such socket", through(dir.resolve("no.sock")));
    }

    @Test
    void pausesAGuestOrDoesNot() throws Exception {
        scene.refuses(
                INPUT, "leave one out", scene.copy(destination).pendingFirst().withoutPause());
    }

    @Test
    void needsASocket() throws Exception {
        Path file = Files.createFile(dir.resolve("file.sock"));

        scene.refuses(ENVIRONMENT, "file.sock: ", through(file));
    }

    @Test
    void needsSomebodyWhoListens() throws Exception {
        Path socket = dir.resolve("dead.sock");
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(socket))
                .close();

        scene.refuses(ENVIRONMENT, "nobody listens", through(socket));
    }

    /** Both are waited for at once, for each is given its time. */
    @Test
    void needsAMonitorThatGreetsAndThatNobodyElseHolds() throws Exception {
        Path socket = dir.resolve("silent.sock");
        try (ServerSocketChannel silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                QmpClient holder = QmpClient.open(
                        new UnixSocketTransport(scene.qemu().monitor()), QmpLimits.DEFAULT, event -> {})) {
            silent.bind(UnixDomainSocketAddress.of(socket));
            assertThat(holder.greeting()).isNotNull();

            CompletableFuture<Void> noGreeting =
                    CompletableFuture.runAsync(() -> refuses("silent.sock: no greeting", through(socket)));
            refuses("another client holds the monitor", scene.copy(destination));
            noGreeting.get(SECONDS_MAX, TimeUnit.SECONDS);
        }
    }

    private void refuses(String words, CopyRequestBuilder request) {
        try {
            scene.refuses(ENVIRONMENT, words, request);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void needsTheJobApi() throws Exception {
        Path socket = dir.resolve("old.sock");
        try (OldQemu old = new OldQemu(socket)) {
            scene.refuses(DEMAND, "this QEMU is too old: it lacks blockdev-add", through(socket));

            assertThat(old.heard())
                    .allMatch(command -> command.startsWith("query-") || command.equals("qmp_capabilities"));
        }
    }

    @Test
    void needsADiskThatIsThere() throws Exception {
        scene.refuses(INPUT, "no disk 'drive7' in this QEMU; it has drive0", scene.copy("drive7", destination));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7days", "a job", "überall", "-x"})
    void needsAJobIdThatQemuTakes(String id) throws Exception {
        scene.refuses(
                INPUT, "job id '" + id + "' is not one", scene.copy(destination).jobId(id));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 256, 1000, 128 * MIB})
    void needsAGranularityThatQemuTakes(long bytes) throws Exception {
        scene.refuses(
                INPUT,
                "granularity " + bytes + " is out of range",
                scene.copy(destination).granularity(bytes));
    }

    @Test
    void refusesWhatNoQemuTakesBeforeOneIsAsked() {
        CopyRequestBuilder request = scene.copy(destination).granularity(1000);
        scene.qemu().close();

        assertThatThrownBy(() -> scene.engine().start(request.build())).hasMessageContaining("granularity 1000");
    }

    @Test
    void needsNumbersThatAreNone() throws Exception {
        scene.refuses(INPUT, "can't be below 0", scene.copy(destination).speed(-1));
        scene.refuses(INPUT, "can't be below 0", scene.copy(destination).bufSize(-1));
    }

    @Test
    void needsAJobIdThatTheStoreDoesNotKnow() throws Exception {
        scene.finished(scene.copy(destination).jobId("nightly").wish(Wish.FINISH));

        scene.refuses(
                INPUT,
                "job id 'nightly' is taken in this store",
                scene.copy(scene.image("two.raw")).jobId("nightly"));
    }

    @Test
    void needsAJobIdAndADiskThatNoForeignJobHas() throws Exception {
        Path other = Images.blank(scene.image("foreign.raw"), 4 * MIB);
        scene.qemu()
                .ask(new QmpCommand.BlockdevAdd(BlockdevOptions.raw(BlockdevRef.of(
                                BlockdevOptions.file(other.toString()).build()))
                        .nodeName("foreign0")
                        .build()));
        scene.qemu()
                .ask(BlockdevMirror.of("drive0", "foreign0", MirrorSyncMode.FULL)
                        .jobId("foreign")
                        .build());
        awaitReady();

        scene.refuses(
                INPUT,
                "job id 'foreign' is taken in this QEMU",
                scene.copy(destination).jobId("foreign"));
        scene.refuses(INPUT, "disk 'drive0' is busy with another job", scene.copy(destination));
    }

    /** From then on it writes no more. */
    private void awaitReady() throws Exception {
        long start = System.nanoTime();
        while (JobInfo.listFrom(scene.qemu().ask(new QmpCommand.QueryJobs())).stream()
                .noneMatch(job -> job.status() == JobStatus.READY)) {
            assertThat(System.nanoTime() - start).isLessThan(Scene.SOON.toNanos());
        }
    }

    @Test
    void needsADiskThatNoJobOfOursHas() throws Exception {
        String job = scene.mirroring(scene.copy(destination));

        scene.refuses(INPUT, "disk 'drive0' is busy with another job", scene.copy(scene.image("two.raw")));

        scene.engine().ask(job, Trigger.CANCEL);
        scene.ended(job);
    }

    @Test
    void needsADiskWithAMedium() throws Exception {
        Path elsewhere = Files.createDirectory(dir.resolve("other"));
        try (Scene other = new Scene(elsewhere)) {
            other.running("-drive", "if=none,id=drive0");

            other.refuses(INPUT, "disk 'drive0' has no medium", other.copy(destination));
        }
    }
}
