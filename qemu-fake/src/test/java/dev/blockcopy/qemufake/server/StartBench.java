package dev.blockcopy.qemufake.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * From the start of a process to the greeting: a real QEMU and the fake by turns, as plain as {@code java -jar} and with an
 * archive of its classes. A program and not a test, for figures depend on the machine; its arguments are the jar and the
 * number of rounds.
 */
final class StartBench {
    private static final String QEMU = "qemu-system-x86_64 -M none -nodefaults -display none";
    private static final String FLAGS = "java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    private final Path folder;
    private final String name;
    private final List<String> command;
    private final double[] millis;

    private StartBench(Path folder, String name, String command, int rounds) {
        this.folder = folder;
        this.name = name;
        this.command = List.of(command.split(" "));
        this.millis = new double[rounds];
    }

    public static void main(String[] args) throws Exception {
        Path jar = Path.of(args[0]);
        int rounds = Integer.parseInt(args[1]);
        Path folder = Files.createTempDirectory("start");
        Path archive = folder.resolve("qemu-fake.jsa");
        String making = FLAGS + " -Xlog:disable -XX:ArchiveClassesAtExit=" + archive + " -jar " + jar + " rehearse";
        if (new ProcessBuilder(making.split(" ")).inheritIO().start().waitFor() != 0) {
            throw new IllegalStateException("no archive came of " + making);
        }
        String shared = FLAGS + " -XX:SharedArchiveFile=" + archive + " -jar " + jar;
        List<StartBench> benches = List.of(
                new StartBench(folder, "QEMU -M none", QEMU, rounds),
                new StartBench(folder, "java -jar", "java -jar " + jar, rounds),
                new StartBench(folder, "archive", shared, rounds),
                new StartBench(folder, "archive, --no-descriptors", shared + " --no-descriptors", rounds));
        for (int round = 0; round < rounds; round++) {
            for (StartBench bench : benches) {
                bench.millis[round] = bench.start();
            }
        }
        benches.forEach(bench -> bench.print(benches.get(0).median()));
        Files.delete(archive);
        Files.delete(folder);
    }

    private double start() throws IOException, InterruptedException {
        Path socket = folder.resolve("qmp");
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of("-qmp", "unix:" + socket + ",server=on,wait=off"));
        try (WatchService created = folder.getFileSystem().newWatchService()) {
            folder.register(created, StandardWatchEventKinds.ENTRY_CREATE);
            long start = System.nanoTime();
            Process process = new ProcessBuilder(all).inheritIO().start();
            created.take();
            greet(socket);
            double passed = (System.nanoTime() - start) / 1e6;
            process.destroyForcibly().waitFor();
            Files.delete(socket);
            return passed;
        }
    }

    /** The socket is there a moment before anybody listens on it. */
    private static void greet(Path socket) throws IOException {
        while (true) {
            try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                channel.connect(UnixDomainSocketAddress.of(socket));
                new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8)).readLine();
                return;
            } catch (java.net.SocketException e) {
                Thread.onSpinWait();
            }
        }
    }

    private double median() {
        double[] sorted = millis.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private void print(double qemuMillis) {
        double[] sorted = millis.clone();
        Arrays.sort(sorted);
        System.out.printf(
                Locale.ROOT,
                "%-28s median %6.1f ms, %5.1f times QEMU's (%.1f to %.1f)%n",
                name,
                median(),
                median() / qemuMillis,
                sorted[0],
                sorted[sorted.length - 1]);
    }
}
