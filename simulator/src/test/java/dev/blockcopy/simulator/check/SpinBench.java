package dev.blockcopy.simulator.check;

import com.sun.management.OperatingSystemMXBean;
import dev.blockcopy.simulator.world.Guarantees;
import dev.blockcopy.simulator.world.Inquiry;
import dev.blockcopy.simulator.world.Variant;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.nio.file.Files;
import java.util.List;

/**
 * The same question to SPIN and to the checker, side by side in one run, and the floor under both: states put into the
 * table, and nothing else. A program and not a test, for figures depend on the machine; its arguments are the faults,
 * the number of requests, and the number of rounds.
 */
final class SpinBench {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final int BATCH = 128;

    private SpinBench() {}

    public static void main(String[] args) throws Exception {
        Inquiry inquiry =
                new Inquiry(Variant.SHIPPED, Inquiry.faults(List.of(args[0].split(","))), Integer.parseInt(args[1]));
        Question asked = inquiry.question(Guarantees.SAFETY);
        Question counting = new Question(asked.world(), asked.beginnings(), List.of());
        Spin spin = new Spin(Files.createTempDirectory("spin"), counting);
        Progress size = Checker.check(counting, Bounds.standard()).size();
        for (int round = 0; round < Integer.parseInt(args[2]); round++) {
            Spin.Cost cost = spin.count(size.states());
            System.out.printf(
                    "SPIN        %,d states %,6.0f ns CPU/state %5.1f bytes/state%n",
                    cost.states(), cost.nanos(), cost.bytes());
            ours(counting, 1, cost);
            ours(counting, 2, cost);
            floor(size, new Program(counting.world(), counting.beginnings()).words());
        }
    }

    private static void ours(Question question, int threads, Spin.Cost spin) {
        long cpu = SYSTEM.getProcessCpuTime();
        Progress size =
                Checker.check(question, Bounds.standard().withThreads(threads)).size();
        double cpuNanos = (double) (SYSTEM.getProcessCpuTime() - cpu) / size.states();
        double nanos = (double) size.nanos() / size.states();
        double bytes = (double) size.memoryBytes() / size.states();
        System.out.printf(
                "%d thread(s) %,d states %,6.0f ns CPU/state %,6.0f ns/state %5.1f bytes/state,"
                        + " %.1f times SPIN by CPU, %.1f by the clock, %.2f of its bytes%n",
                threads,
                size.states(),
                cpuNanos,
                nanos,
                bytes,
                spin.nanos() / cpuNanos,
                spin.nanos() / nanos,
                bytes / spin.bytes());
    }

    /** As many look-ups as there were transitions, of each of the states, in no order: in turn, by a stride that meets all. */
    private static void floor(Progress size, int words) {
        StateStore store = new StateStore(words);
        long[] states = new long[BATCH * words];
        long[] hashes = new long[BATCH];
        long[] entries = new long[BATCH];
        long stride = 0x9E37_79B9L;
        while (!BigInteger.valueOf(stride)
                .gcd(BigInteger.valueOf(size.states()))
                .equals(BigInteger.ONE)) {
            stride += 2;
        }
        long touched = 0;
        int next = 0;
        long cpu = SYSTEM.getProcessCpuTime();
        for (long step = 0; step < size.transitions(); step += BATCH) {
            for (int i = 0; i < BATCH; i++) {
                states[i * words] = (step + i) % size.states() * stride % size.states();
                hashes[i] = StateStore.hash(states, i * words, words);
                entries[i] = store.firstEntry(hashes[i]);
            }
            for (int i = 0; i < BATCH; i++) {
                touched += store.firstWord(entries[i]);
            }
            for (int i = 0; i < BATCH; i++) {
                if (next % StateStore.CHUNK == 0 && store.numbers() == next) {
                    store.takeChunk();
                }
                next += store.add(states, i * words, hashes[i], -1, next) == next ? 1 : 0;
            }
            store.grewBy(next - (int) store.size());
            if (!store.hasRoomFor(BATCH)) {
                store.grow();
            }
        }
        System.out.printf(
                "floor       %,d states %,6.0f ns CPU/state (%x)%n",
                store.size(), (double) (SYSTEM.getProcessCpuTime() - cpu) / size.states(), touched & 0xF);
    }
}
