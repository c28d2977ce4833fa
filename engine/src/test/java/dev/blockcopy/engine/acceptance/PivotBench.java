package dev.blockcopy.engine.acceptance;

import dev.blockcopy.engine.CopyJobs;
import dev.blockcopy.engine.CopyRequest;
import dev.blockcopy.engine.Findings;
import dev.blockcopy.engine.InterposedStore;
import dev.blockcopy.engine.JobReport;
import dev.blockcopy.engine.JobStore;
import dev.blockcopy.engine.Rehearsals;
import dev.blockcopy.engine.image.ImageFormat;
import dev.blockcopy.engine.qmp.QmpClient;
import dev.blockcopy.engine.qmp.QmpLimits;
import dev.blockcopy.engine.qmp.RealQemu;
import dev.blockcopy.engine.qmp.UnixSocketTransport;
import dev.blockcopy.engine.statemachine.StatemachineExecutor;
import dev.blockcopy.engine.store.SqliteJobStore;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.qmp.BlockInfo;
import dev.blockcopy.model.qmp.JobInfo;
import dev.blockcopy.model.qmp.JobStatus;
import dev.blockcopy.model.qmp.QmpCommand;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * For how long a guest is paused by a sealed pivot, beside a bare script of {@code stop} once the job is ready, {@code
 * job-complete}, {@code query-jobs} until it has concluded and {@code cont}, beside the same script that asks which image is the disk and makes one
 * small record durable before {@code cont}, which no sealed pivot can do without, and beside a pivot without pause; and what the journal costs a job. One
 * real QEMU for each way, the ways in turn. A program and not a test, for figures depend on the machine; its
 * argument is the number of rounds.
 */
final class PivotBench implements AutoCloseable {
    private static final long DISK_BYTES = 16 << 20;
    private static final int WARM_UP = 20;
    /** As the engine ships, but before the first copy: these copies take no time for them. */
    private static final Rehearsals REHEARSALS = new Rehearsals(SqliteJobStore::inMemory, 310, 0);
    /** A page of the store. */
    private static final int RECORD_BYTES = 4 << 10;

    private static final Duration LONG = Duration.ofMinutes(1);

    /** What a script does before it lets the guest go. */
    private interface Evidence {
        void secure(QmpClient client) throws Exception;
    }

    private final Path dir;
    private final RealQemu qemu;
    private int images;
    /** The last destination, on which the disk is now; the first source is QEMU's own to close. */
    private Optional<String> inUse = Optional.empty();

    private PivotBench(Path dir) throws IOException {
        this.dir = Files.createDirectories(dir);
        Path first = image();
        qemu = RealQemu.running(dir, "-drive", "if=none,id=drive0,format=raw,file=" + first);
    }

    private Path image() throws IOException {
        Path image = dir.resolve("image-" + images++ + ".raw");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(DISK_BYTES);
        }
        return image;
    }

    @Override
    public void close() {
        qemu.close();
    }

    public static void main(String[] args) throws Exception {
        int rounds = Integer.parseInt(args[0]);
        Path dir = Files.createTempDirectory("blockcopy-pivot-bench-");
        List<Long> journal = Collections.synchronizedList(new ArrayList<>());
        try (PivotBench bare = new PivotBench(dir.resolve("bare"));
                PivotBench floor = new PivotBench(dir.resolve("floor"));
                FileChannel record = FileChannel.open(
                        dir.resolve("record"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                PivotBench sealed = new PivotBench(dir.resolve("sealed"));
                PivotBench unsealed = new PivotBench(dir.resolve("unsealed"));
                CopyJobs jobs = engine(dir.resolve("jobs.db"), journal)) {
            List<Long> script = new ArrayList<>();
            List<Long> durable = new ArrayList<>();
            List<Long> pause = new ArrayList<>();
            List<Long> pivot = new ArrayList<>();
            List<Long> without = new ArrayList<>();
            List<Long> commits = new ArrayList<>();
            for (int round = -WARM_UP; round < rounds; round++) {
                long scripted = bare.byScript(client -> {});
                long recorded = floor.byScript(client -> {
                    BlockInfo.listFrom(client.ask(new QmpCommand.QueryBlock(), LONG));
                    append(record);
                });
                journal.clear();
                Findings ours = sealed.byEngine(jobs, true);
                long written = journal.stream().mapToLong(Long::longValue).sum();
                Findings running = unsealed.byEngine(jobs, false);
                if (round >= 0) {
                    script.add(scripted);
                    durable.add(recorded);
                    pause.add(ours.pauseNanos());
                    pivot.add(ours.pivotNanos());
                    without.add(running.pivotNanos());
                    commits.add(written);
                }
            }
            tell("paused by the bare script", script);
            tell("paused by the script with a look at the graph and one record made durable before cont", durable);
            tell("paused by a sealed pivot", pause);
            tell("a sealed pivot, from the request to the guest on the destination", pivot);
            tell("a pivot without pause, from the request to the disk on the destination", without);
            tell("the journal of a job with a sealed pivot, all its commits", commits);
            compare(pause, "the script", script);
            compare(pause, "the script with look and record", durable);
        }
    }

    private static CopyJobs engine(Path file, List<Long> journal) {
        JobStore store = InterposedStore.over(SqliteJobStore.open(file), (inner, job, lines) -> {
            long start = System.nanoTime();
            inner.save(job, lines);
            journal.add(System.nanoTime() - start);
        });
        return new CopyJobs(store, List.of(file), StatemachineExecutor::new, REHEARSALS);
    }

    private Findings byEngine(CopyJobs jobs, boolean isSealed) throws Exception {
        var request = CopyRequest.of(qemu.monitor(), "drive0", image(), ImageFormat.RAW)
                .wish(Facts.Wish.PIVOT)
                .reuseExternal();
        String id =
                jobs.start(isSealed ? request.build() : request.withoutPause().build());
        JobReport report = jobs.await(id, JobReport::isSettled, LONG);
        moveTo(report.job().spec().nodeName());
        return report.job().findings();
    }

    private long byScript(Evidence beforeCont) throws Exception {
        String node = "node" + images;
        // As long as those of the engine: QEMU reads a command a byte at a time.
        String job = String.format(Locale.ROOT, "copy-drive0-%012x", images);
        Path target = image();
        CountDownLatch ready = new CountDownLatch(1);
        try (QmpClient client = QmpClient.open(new UnixSocketTransport(qemu.monitor()), QmpLimits.DEFAULT, event -> {
            if (event.name().equals("BLOCK_JOB_READY")) {
                ready.countDown();
            }
        })) {
            client.raw(
                    "blockdev-add",
                    Map.of(
                            "driver",
                            "raw",
                            "node-name",
                            node,
                            "file",
                            Map.of("driver", "file", "filename", target.toString())),
                    LONG);
            client.raw(
                    "blockdev-mirror",
                    Map.of("job-id", job, "device", "drive0", "target", node, "sync", "full", "auto-dismiss", false),
                    LONG);
            ready.await();
            long start = System.nanoTime();
            client.ask(new QmpCommand.Stop(), LONG);
            client.ask(new QmpCommand.JobComplete(job), LONG);
            awaitConcluded(client);
            beforeCont.secure(client);
            client.ask(new QmpCommand.Cont(), LONG);
            long paused = System.nanoTime() - start;
            client.ask(new QmpCommand.JobDismiss(job), LONG);
            moveTo(node);
            return paused;
        }
    }

    /** Closes what nobody needs any more, or each round would find a larger graph than the one before. */
    private void moveTo(String node) throws Exception {
        if (inUse.isPresent()) {
            qemu.control().raw("blockdev-del", Map.of("node-name", inUse.get()), LONG);
        }
        inUse = Optional.of(node);
    }

    private static void awaitConcluded(QmpClient client) throws Exception {
        while (JobInfo.listFrom(client.ask(new QmpCommand.QueryJobs(), LONG))
                        .get(0)
                        .status()
                != JobStatus.CONCLUDED) {
            Thread.onSpinWait();
        }
    }

    private static void append(FileChannel record) throws IOException {
        record.write(ByteBuffer.allocate(RECORD_BYTES));
        record.force(false);
    }

    private static void compare(List<Long> pause, String what, List<Long> other) {
        System.out.printf(
                Locale.ROOT,
                "paused for %.2f times as long as by %s (medians), %.2f times (99th percentiles)%n",
                (double) at(pause, 50) / at(other, 50),
                what,
                (double) at(pause, 99) / at(other, 99));
    }

    private static void tell(String what, List<Long> nanos) {
        System.out.printf(
                Locale.ROOT,
                "%s: median %.2f ms, 99th percentile %.2f ms, longest %.2f ms of %d%n",
                what,
                at(nanos, 50) / 1e6,
                at(nanos, 99) / 1e6,
                at(nanos, 100) / 1e6,
                nanos.size());
    }

    private static long at(List<Long> nanos, int percent) {
        List<Long> sorted = nanos.stream().sorted().toList();
        return sorted.get(Math.max(0, (int) Math.ceil(sorted.size() * percent / 100.0) - 1));
    }
}
