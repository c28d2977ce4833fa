package dev.blockcopy.engine.acceptance;

import dev.blockcopy.engine.CopyJob;
import dev.blockcopy.engine.CopyJobs;
import dev.blockcopy.engine.CopyRequest;
import dev.blockcopy.engine.CopySpec;
import dev.blockcopy.engine.Findings;
import dev.blockcopy.engine.JobReport;
import dev.blockcopy.engine.JobStore;
import dev.blockcopy.engine.JournalLine;
import dev.blockcopy.engine.image.ImageFormat;
import dev.blockcopy.engine.statemachine.StatemachineExecutor;
import dev.blockcopy.engine.store.SqliteJobStore;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.qemufake.server.FakeQemu;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What many jobs cost one engine: {@code jobs N} copies a disk on each of N fakes, which are another process, and counts
 * threads and heap while all of them mirror; {@code recover N} settles N jobs of a store whose QEMUs are gone, in a virtual
 * machine that has done nothing before. A program and not a test, for figures depend on the machine.
 */
final class ManyJobsBench {
    private static final int DISK_BYTES = 1 << 20;
    private static final int MONITORS = 10;
    private static final Duration LONG = Duration.ofMinutes(10);

    private ManyJobsBench() {}

    public static void main(String[] args) throws Exception {
        int count = Integer.parseInt(args[1]);
        switch (args[0]) {
            case "jobs" -> jobs(count);
            case "recover" -> recover(count);
            case "fakes" -> fakes(count, Path.of(args[2]));
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static void fakes(int count, Path dir) throws Exception {
        List<FakeQemu> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Path image = dir.resolve(i + ".raw");
            Files.write(image, new byte[DISK_BYTES]);
            all.add(FakeQemu.builder()
                    .drive("drive0", image)
                    .withoutDescriptors()
                    .start(dir.resolve(i + ".qmp")));
        }
        System.out.println("ready");
        all.get(0).join();
    }

    private static void jobs(int count) throws Exception {
        Path dir = Files.createTempDirectory("blockcopy-many-");
        Process fakes = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ManyJobsBench.class.getName(),
                        "fakes",
                        String.valueOf(count),
                        dir.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            if (fakes.getInputStream().read() != 'r') {
                throw new IllegalStateException("the fakes did not start");
            }
            copy(count, dir);
        } finally {
            fakes.destroyForcibly();
        }
    }

    private static void copy(int count, Path dir) throws Exception {
        Path store = dir.resolve("jobs.db");
        try (CopyJobs jobs = new CopyJobs(SqliteJobStore.open(store), List.of(store), StatemachineExecutor::new)) {
            long heapBefore = heapBytes();
            int threadsBefore = threads();
            long start = System.nanoTime();
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Path to = dir.resolve("copy-" + i + ".raw");
                ids.add(jobs.start(CopyRequest.of(dir.resolve(i + ".qmp"), "drive0", to, ImageFormat.RAW)
                        .build()));
            }
            for (String id : ids) {
                jobs.await(id, report -> report.phase() == JobState.MIRRORING, LONG);
            }
            double mirroring = (System.nanoTime() - start) / 1e9;
            int threadsMore = threads() - threadsBefore;
            double kib = (heapBytes() - heapBefore) / 1024.0 / count;
            start = System.nanoTime();
            for (String id : ids) {
                jobs.ask(id, Trigger.PIVOT);
            }
            long pivoted = 0;
            for (String id : ids) {
                JobReport report = jobs.await(id, JobReport::isSettled, LONG);
                pivoted += report.phase() == JobState.PIVOTED ? 1 : 0;
            }
            System.out.printf(
                    Locale.ROOT,
                    "%d jobs of as many QEMUs: all mirroring after %.1f s, by %d threads more, with %.1f KiB of heap each;"
                            + " %d pivoted, after %.1f s more%n",
                    count,
                    mirroring,
                    threadsMore,
                    kib,
                    pivoted,
                    (System.nanoTime() - start) / 1e9);
        }
    }

    private static void recover(int count) throws Exception {
        Path dir = Files.createTempDirectory("blockcopy-recover-");
        Path store = dir.resolve("jobs.db");
        fill(store, count);
        long start = System.nanoTime();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.blockcopy.engine.command.Blockcopy",
                        "recover",
                        "--store",
                        store.toString())
                .redirectOutput(dir.resolve("recover.log").toFile())
                .redirectErrorStream(true)
                .start();
        int exit = process.waitFor();
        double seconds = (System.nanoTime() - start) / 1e9;
        try (JobStore filled = SqliteJobStore.open(store)) {
            long ended = filled.list().stream().filter(CopyJob::hasEnded).count();
            System.out.printf(
                    Locale.ROOT,
                    "%d stored jobs of %d QEMUs that are gone: %d have ended %.1f s after a process was started, which"
                            + " ended with %d%n",
                    count,
                    MONITORS,
                    ended,
                    seconds,
                    exit);
        }
    }

    /** Jobs that were killed in the middle of a sealed pivot. */
    private static void fill(Path file, int count) throws IOException {
        try (JobStore store = SqliteJobStore.open(file)) {
            for (int i = 0; i < count; i++) {
                CopyJob job = job(file.getParent(), i);
                Files.createFile(job.spec().destination().path());
                Files.createFile(Path.of(job.spec().source().file()));
                JournalLine line =
                        new JournalLine(Instant.now(), "GAUGING", "GUEST_RUNS", "PAUSING", "STOP", "a pivot");
                store.insert(job, line);
            }
        }
    }

    private static CopyJob job(Path dir, int number) {
        String source = dir.resolve("source-" + number + ".raw").toString();
        CopySpec spec = new CopySpec(
                "copy-" + number,
                String.format("%012x", number),
                dir.resolve(number % MONITORS + ".qmp"),
                "drive" + number,
                new CopySpec.Backend("drive" + number, ""),
                new CopySpec.Source("#block" + number, source, "raw", DISK_BYTES, List.of(Path.of(source)), ""),
                new CopySpec.Destination(dir.resolve("copy-" + number + ".raw"), ImageFormat.RAW, false, "", ""),
                new CopySpec.Options(false, false, -1, -1, -1, 1_000));
        return new CopyJob(
                spec,
                Facts.LAYOUT
                        .initial()
                        .with(Facts.JOURNAL, JobState.PIVOTING)
                        .with(Facts.READY_SEEN, true)
                        .with(Facts.SWITCH_TOLD, true)
                        .with(Facts.SEAL, Facts.Seal.WHOLE)
                        .with(Facts.RESUME_DUE, true),
                Findings.NONE);
    }

    private static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    private static long heapBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
