package dev.blockcopy.engine.store;

import dev.blockcopy.engine.CopyJob;
import dev.blockcopy.engine.JobStore;
import dev.blockcopy.engine.Lease;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A process of its own that works on a store until it is killed, and tells on stdout what it was told is durable. */
final class SavingProcess {
    private SavingProcess() {}

    public static void main(String[] arguments) {
        try (JobStore store = SqliteJobStore.open(Path.of(arguments[0]))) {
            switch (arguments[1]) {
                case "save" -> saveForEver(store, arguments[2]);
                case "acquire" -> acquire(store, arguments[2]);
                default -> throw new IllegalArgumentException(arguments[1]);
            }
        }
    }

    private static void saveForEver(JobStore store, String id) {
        CopyJob job = Samples.job(id);
        store.insert(job, Samples.LINE);
        for (int step = 0; ; step++) {
            store.save(Samples.step(job, step), List.of(Samples.line(step)));
            System.out.println(step);
        }
    }

    /** Asks for the lease on one monitor for each line of its input, and tells who got it. */
    private static void acquire(JobStore store, String owner) {
        BufferedReader signals = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        signals.lines().map(Path::of).forEach(monitor -> {
            Lease wanted = new Lease(monitor, owner, "a test", Samples.NOON.plusSeconds(1));
            System.out.println(store.acquire(wanted, Samples.NOON).owner());
        });
    }

    /** Starts such a process. */
    static Process start(Path file, String... arguments) throws IOException {
        return start(Path.of(System.getProperty("java.io.tmpdir")), file, arguments);
    }

    /** The same, with a folder of its own for temporary files. */
    static Process start(Path temporary, Path file, String... arguments) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder builder = new ProcessBuilder(
                java.toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                SavingProcess.class.getName(),
                file.toString());
        builder.command().addAll(List.of(arguments));
        return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    static BufferedReader outputOf(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }
}
