package dev.blockcopy.simulator.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** An engine in a process of its own, so that it can be killed as engines are. */
public final class EngineProcess {
    /** The command as people use it. */
    public static final String BLOCKCOPY = "dev.blockcopy.engine.command.Blockcopy";

    /** The variable that tells a JVM where classes are. */
    public static final String CLASS_PATH = "CLASSPATH";

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
    public static EngineProcess start(Path log, String mainClass, List<String> words) throws IOException {
        return start(log, mainClass, words, Map.of());
    }

    /** As the other, with variables of its environment. */
    public static EngineProcess start(Path log, String mainClass, List<String> words, Map<String, String> environment)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // It lives for seconds: a quick start is worth more than fast code.
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        if (Runtime.version().feature() >= NATIVE_ACCESS_SINCE) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.add(mainClass);
        command.addAll(words);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put(CLASS_PATH, System.getProperty("java.class.path"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        return new EngineProcess(process, log);
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Has something done as soon as it has ended. */
    public void whenEnded(Runnable then) {
        process.onExit().thenRun(then);
    }

    /** SIGKILL: no last word, no last write. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGSTOP: it is held up, and holds what it has. */
    public void suspend() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** SIGCONT, after a while: it goes on as if no time had passed. */
    public void resumeIn(Duration time) {
        CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> {
                    try {
                        signal("CONT");
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(pid())).start().waitFor();
    }

    /** Waits for its end and tells its exit code. */
    public int exitCode(Deadline deadline) throws NotInTimeException, InterruptedException {
        String what = "the end of process " + pid();
        if (!process.waitFor(deadline.millisLeft(what), TimeUnit.MILLISECONDS)) {
            throw new NotInTimeException(what);
        }
        return process.exitValue();
    }

    /** What it said so far. */
    public String output() throws IOException {
        return Files.readString(log, StandardCharsets.UTF_8);
    }
}
