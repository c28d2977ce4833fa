package dev.blockcopy.qemufake.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that takes QEMU's options: a real QEMU, or something in its place. */
public final class ProcessTarget implements Target {
    /** How a JVM shows the end by a signal. */
    private static final int SIGNAL_BASE = 128;

    private static final int SIGNAL_MAX = 64;

    private final List<String> command;
    private Process process;
    private Path errors;

    public ProcessTarget(List<String> command) {
        this.command = List.copyOf(command);
    }

    @Override
    public void start(List<String> arguments, Path folder) throws IOException {
        List<String> line = new ArrayList<>(command);
        line.addAll(arguments);
        errors = folder.resolve("server.stderr");
        process = new ProcessBuilder(line)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(folder.resolve("server.stdout").toFile())
                .redirectError(errors.toFile())
                .start();
    }

    @Override
    public void signal(int number) throws IOException {
        new ProcessBuilder("kill", "-" + number, Long.toString(process.pid())).start();
    }

    @Override
    public String awaitEnd(Duration within) {
        try {
            if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
                return null;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
        int status = process.exitValue();
        boolean isSignal = status > SIGNAL_BASE && status <= SIGNAL_BASE + SIGNAL_MAX;
        return isSignal ? "signal " + (status - SIGNAL_BASE) : "status " + status;
    }

    @Override
    public List<String> complaints() throws IOException {
        return new String(Files.readAllBytes(errors), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }
}
