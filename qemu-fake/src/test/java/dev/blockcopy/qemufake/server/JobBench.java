package dev.blockcopy.qemufake.server;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a job costs in this process, from bytes to bytes: the mirror started, ready, the pivot, the job dismissed; and, told
 * apart, the target opened before it and the old node removed after it. First one fake that does them one after another,
 * then many that each do one. A program and not a test, for figures depend on the machine; its argument is the number of
 * fakes.
 */
final class JobBench {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int SIZE = 1 << 20;
    private static final int JOBS = 2_000;
    /** Compilers are done in the first half of them. */
    private static final int ROUNDS = 60;

    private final InProcessQemu qemu =
            FakeQemu.builder().drive("vda", SIZE).image("copy", SIZE).inProcess();
    private int jobs;

    private JobBench() {
        qemu.connect();
        ask("{\"execute\": \"qmp_capabilities\"}", "return");
    }

    private void ask(String line, String answer) {
        qemu.send(line);
        qemu.run();
        String said = qemu.receive();
        if (!said.contains(answer) || said.contains("error")) {
            throw new IllegalStateException(line + " was answered with " + said);
        }
    }

    /** QEMU takes either kind of quote. */
    private static String command(String name, String arguments) {
        return "{'execute': '" + name + "', 'arguments': {" + arguments + "}}";
    }

    private void open() {
        String file = jobs % 2 == 0 ? "copy" : "vda";
        ask(
                command(
                        "blockdev-add",
                        "'driver': 'raw', 'node-name': 'copy" + jobs + "', 'file': {'driver': 'file', 'filename': '"
                                + file + "'}"),
                "return");
    }

    private void start() {
        ask(
                command(
                        "blockdev-mirror",
                        "'job-id': 'job" + jobs + "', 'device': 'vda', 'target': 'copy" + jobs
                                + "', 'sync': 'full', 'auto-dismiss': false"),
                "BLOCK_JOB_READY");
    }

    private void end() {
        ask(command("job-complete", "'id': 'job" + jobs + "'"), "concluded");
        ask(command("job-dismiss", "'id': 'job" + jobs + "'"), "return");
        jobs++;
    }

    private void remove() {
        if (jobs > 1) {
            ask(command("blockdev-del", "'node-name': 'copy" + (jobs - 2) + "'"), "return");
        }
    }

    public static void main(String[] args) {
        one();
        many(Integer.parseInt(args[0]));
    }

    private static void one() {
        JobBench bench = new JobBench();
        List<Double> micros = new ArrayList<>();
        for (int round = 1; round <= ROUNDS; round++) {
            long start = System.nanoTime();
            long startCpu = THREADS.getCurrentThreadCpuTime();
            long jobNanos = 0;
            for (int i = 0; i < JOBS; i++) {
                bench.open();
                long startJob = System.nanoTime();
                bench.start();
                bench.end();
                jobNanos += System.nanoTime() - startJob;
                bench.remove();
            }
            micros.add(jobNanos / 1e3 / JOBS);
            System.out.printf(
                    Locale.ROOT,
                    "one fake, round %2d of %,d jobs: %5.1f us a job; with its target opened and the old one removed"
                            + " %5.1f us, %5.1f us of CPU%n",
                    round,
                    JOBS,
                    jobNanos / 1e3 / JOBS,
                    (System.nanoTime() - start) / 1e3 / JOBS,
                    (THREADS.getCurrentThreadCpuTime() - startCpu) / 1e3 / JOBS);
        }
        List<Double> warm = micros.subList(ROUNDS / 2, ROUNDS).stream().sorted().toList();
        System.out.printf(
                Locale.ROOT,
                "one fake, warm: %.1f us a job at best, %.1f in the median of %d rounds%n",
                warm.get(0),
                warm.get(warm.size() / 2),
                warm.size());
    }

    private static void many(int count) {
        long before = heapBytes();
        long start = System.nanoTime();
        List<JobBench> benches = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            benches.add(new JobBench());
        }
        benches.forEach(JobBench::open);
        benches.forEach(JobBench::start);
        double readyMillis = (System.nanoTime() - start) / 1e6;
        double kib = (heapBytes() - before) / 1024.0 / count;
        start = System.nanoTime();
        benches.forEach(JobBench::end);
        double endMillis = (System.nanoTime() - start) / 1e6;
        System.out.printf(
                Locale.ROOT,
                "%,d fakes: all ready after %.0f ms, all pivoted after %.0f ms more; %.1f KiB of heap each, journal included%n",
                count,
                readyMillis,
                endMillis,
                kib);
    }

    private static long heapBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
