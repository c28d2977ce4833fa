package dev.blockcopy.simulator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An engine in a process of its own, so that it can be killed as engines are. */
final class EngineProcess {
    /** The command as people use it. */
    static final String BLOCKCOPY = "dev.blockcopy.engine.command.Blockcopy";

    private static final int NATIVE_ACCESS_SINCE = 22;

    private final Process process;
    private final Path log;

    private EngineProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts a main class of our own class path.
     *
     * @param log where all that it says goes
     * @param mainClass the class
     * @param words its arguments
     */
    static EngineProcess start(Path log, String mainClass, List<String> words) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // It lives for seconds: a quick start is worth more than fast code.
        command.add("-XX:TieredStopAtLevel=1");
        if (Runtime.version().feature() >= NATIVE_ACCESS_SINCE) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(words);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new EngineProcess(process, log);
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Has something done as soon as it has ended. */
    void whenEnded(Runnable then) {
        process.onExit().thenRun(then);
    }

    /** SIGKILL: no last word, no last write. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Waits for its end and tells its exit code. */
    int exitCode(Deadline deadline) throws NotInTimeException, InterruptedException {
        String what = "the end of process " + pid();
        if (!process.waitFor(deadline.millisLeft(what), TimeUnit.MILLISECONDS)) {
            throw new NotInTimeException(what);
        }
        return process.exitValue();
    }

    /** What it said so far. */
    String output() throws IOException {
        return Files.readString(log, StandardCharsets.UTF_8);
    }
}
