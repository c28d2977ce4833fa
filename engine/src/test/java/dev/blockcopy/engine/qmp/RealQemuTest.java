package dev.blockcopy.engine.qmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blockcopy.model.qmp.BlockInfo;
import dev.blockcopy.model.qmp.BlockJobEvent;
import dev.blockcopy.model.qmp.BlockdevCreateOptions;
import dev.blockcopy.model.qmp.BlockdevMirror;
import dev.blockcopy.model.qmp.BlockdevOptions;
import dev.blockcopy.model.qmp.BlockdevRef;
import dev.blockcopy.model.qmp.CommandInfo;
import dev.blockcopy.model.qmp.JobInfo;
import dev.blockcopy.model.qmp.JobStatus;
import dev.blockcopy.model.qmp.MirrorSyncMode;
import dev.blockcopy.model.qmp.QmpCommand;
import dev.blockcopy.model.qmp.QmpEvent;
import dev.blockcopy.model.qmp.StatusInfo;
import dev.blockcopy.model.qmp.XDbgBlockGraph;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The client, the words and the fixture against the real thing. */
@NeedsRealQemu
@Timeout(120)
class RealQemuTest {

    private static final Duration SECONDS = Duration.ofSeconds(30);

    @TempDir
    Path dir;

    private final BlockingQueue<QmpEvent> events = new LinkedBlockingQueue<>();
    private Path source;
    private Path target;

    @BeforeEach
    void makeDisks() throws Exception {
        source = dir.resolve("source.raw");
        target = dir.resolve("target.qcow2");
        RealQemu.image("create", "-f", "raw", source.toString(), "8M");
    }

    private RealQemu start() throws Exception {
        return RealQemu.start(dir, "-drive", "if=none,id=drive0,format=raw,file=" + source);
    }

    private QmpClient open(RealQemu qemu) throws QmpException {
        return QmpClient.open(new UnixSocketTransport(qemu.monitor()), QmpLimits.DEFAULT, events::add);
    }

    private BlockJobEvent await(Predicate<BlockJobEvent> wanted) throws InterruptedException {
        while (true) {
            QmpEvent event = events.poll(30, TimeUnit.SECONDS);
            assertThat(event).as("an event").isNotNull();
            BlockJobEvent read = BlockJobEvent.of(event).orElse(null);
            if (read != null && wanted.test(read)) {
                return read;
            }
        }
    }

    private static Predicate<BlockJobEvent> status(String job, JobStatus status) {
        return new BlockJobEvent.JobStatusChange(status, job)::equals;
    }

    @Test
    void copiesAndPivotsADiskInTypedWords() throws Exception {
        try (RealQemu qemu = start();
                QmpClient client = open(qemu)) {
            qemu.io("drive0", "write -P 0x77 1M 64k");
            createTarget(client);
            client.ask(
                    BlockdevMirror.of("drive0", "target", MirrorSyncMode.FULL)
                            .jobId("copy")
                            .autoDismiss(false)
                            .build(),
                    SECONDS);
            await(BlockJobEvent.BlockJobReady.class::isInstance);
            assertThat(XDbgBlockGraph.from(client.ask(new QmpCommand.XDebugQueryBlockGraph(), SECONDS))
                            .edges())
                    .anyMatch(edge -> edge.name().equals("target"));

            client.ask(new QmpCommand.JobComplete("copy"), SECONDS);
            await(status("copy", JobStatus.CONCLUDED));

            JobInfo job = JobInfo.listFrom(client.ask(new QmpCommand.QueryJobs(), SECONDS))
                    .get(0);
            assertThat(job.error()).isNull();
            assertThat(nodeOfDisk(client)).isEqualTo("target");
            client.ask(new QmpCommand.JobDismiss("copy"), SECONDS);
            qemu.kill();
            assertThat(RealQemu.image("compare", source.toString(), target.toString()))
                    .contains("identical");
        }
    }

    private void createTarget(QmpClient client) throws Exception {
        create(client, "file", BlockdevCreateOptions.file(target.toString(), 0));
        client.ask(
                new QmpCommand.BlockdevAdd(BlockdevOptions.file(target.toString())
                        .nodeName("target-file")
                        .build()),
                SECONDS);
        create(client, "format", BlockdevCreateOptions.qcow2(BlockdevRef.node("target-file"), 8 << 20));
        client.ask(
                new QmpCommand.BlockdevAdd(BlockdevOptions.qcow2(BlockdevRef.node("target-file"))
                        .nodeName("target")
                        .backing(BlockdevRef.NONE)
                        .build()),
                SECONDS);
    }

    private void create(QmpClient client, String job, BlockdevCreateOptions options) throws Exception {
        client.ask(new QmpCommand.BlockdevCreate(job, options), SECONDS);
        await(status(job, JobStatus.CONCLUDED));
        client.ask(new QmpCommand.JobDismiss(job), SECONDS);
    }

    private static String nodeOfDisk(QmpClient client) throws QmpException {
        List<BlockInfo> disks = BlockInfo.listFrom(client.ask(new QmpCommand.QueryBlock(), SECONDS));
        return disks.get(0).inserted().nodeName();
    }

    @Test
    void readsWhatItIsAndKeepsWhatItRefuses() throws Exception {
        try (RealQemu qemu = start();
                QmpClient client = open(qemu)) {
            assertThat(CommandInfo.listFrom(client.ask(new QmpCommand.QueryCommands(), SECONDS)))
                    .contains(new CommandInfo("blockdev-mirror"));
            assertThat(StatusInfo.from(client.ask(new QmpCommand.QueryStatus(), SECONDS))
                            .running())
                    .isFalse();
            assertThatThrownBy(() -> client.ask(new QmpCommand.JobComplete("nobody"), SECONDS))
                    .isInstanceOf(QmpCommandException.class)
                    .hasMessage(qemu.monitor() + ": job-complete: Job not found (GenericError)");
        }
    }

    @Test
    void waitsInVainForAMonitorThatAnotherHolds() throws Exception {
        try (RealQemu qemu = start();
                QmpClient holder = open(qemu)) {
            QmpLimits hasty = QmpLimits.DEFAULT.withOpenMillis(200);

            assertThatThrownBy(() -> QmpClient.open(new UnixSocketTransport(qemu.monitor()), hasty, events::add))
                    .isInstanceOf(QmpException.Silent.class)
                    .hasMessageContaining("another client holds the monitor");
            assertThat(holder.greeting()).isNotNull();
        }
    }

    @Test
    void tellsWhenQemuIsKilled() throws Exception {
        try (RealQemu qemu = start();
                QmpClient client = open(qemu)) {
            qemu.kill();

            assertThatThrownBy(() -> client.ask(new QmpCommand.QueryStatus(), SECONDS))
                    .isInstanceOf(QmpException.Lost.class);
            assertThatThrownBy(() -> open(qemu))
                    .isInstanceOf(QmpException.Refused.class)
                    .hasMessageContaining("nobody listens");
        }
    }
}
