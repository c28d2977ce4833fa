package dev.blockcopy.engine.qmp;

import dev.blockcopy.model.qmp.QmpCommand;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A real QEMU without firmware, display or accelerator, with two monitors: one for what is tested, one for the test.
 *
 * <p>Unless the arguments name a machine it is {@code -M none}: disks, jobs and monitors, and no guest. The guest is
 * started by {@link #running} alone. Stop it with {@link #close}, which kills it.
 *
 * <pre>{@code
 * Path disk = dir.resolve("disk.raw");
 * RealQemu.image("create", "-f", "raw", disk.toString(), "8M");
 * try (RealQemu qemu = RealQemu.start(dir, "-drive", "if=none,id=drive0,format=raw,file=" + disk)) { ... }
 * }</pre>
 */
public final class RealQemu implements AutoCloseable {

    static final String MISSING = "qemu-system-x86_64 or qemu-img is not on the PATH";

    private static final long START_NANOS_MAX = TimeUnit.SECONDS.toNanos(30);
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private static final Duration ANSWER = Duration.ofSeconds(30);

    /** A QEMU on a busy host greets long before it answers. */
    private static final QmpLimits PATIENT = QmpLimits.DEFAULT.withOpenMillis(30_000);

    private final Path dir;
    private final Process process;
    private QmpClient control;

    private RealQemu(Path dir, Process process) {
        this.dir = dir;
        this.process = process;
    }

    /** Whether tests against a real QEMU can run here. */
    public static boolean isInstalled() {
        return isOnPath("qemu-system-x86_64") && isOnPath("qemu-img");
    }

    /**
     * Starts QEMU, but not the guest ({@code prelaunch}), and waits until both monitors are open.
     *
     * @param dir for the two sockets and the log; a second QEMU needs another one
     * @param arguments such as {@code -drive}, {@code -blockdev}, {@code -device}
     */
    public static RealQemu start(Path dir, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("-S");
        return running(dir, all.toArray(String[]::new));
    }

    /** As {@link #start}, but the guest runs, so that {@code stop} really pauses it. */
    public static RealQemu running(Path dir, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("qemu-system-x86_64", "-nodefaults", "-display", "none"));
        if (Arrays.stream(arguments).noneMatch(List.of("-M", "-machine")::contains)) {
            command.addAll(List.of("-M", "none"));
        }
        for (String monitor : List.of("qmp.sock", "qmp2.sock")) {
            Files.deleteIfExists(dir.resolve(monitor));
            command.addAll(List.of("-qmp", "unix:" + dir.resolve(monitor) + ",server=on,wait=off"));
        }
        command.addAll(List.of(arguments));
        File log = dir.resolve("qemu.log").toFile();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        RealQemu qemu = new RealQemu(dir, process);
        qemu.control = qemu.awaitControl();
        return qemu;
    }

    /** The monitor that nobody uses yet. */
    public Path monitor() {
        return dir.resolve("qmp.sock");
    }

    /** The monitor that {@link #control} uses. */
    public Path secondMonitor() {
        return dir.resolve("qmp2.sock");
    }

    /** The test's own client, on the second monitor. */
    public QmpClient control() {
        return control;
    }

    /** Asks on the second monitor, and returns the plain value. */
    public Object ask(QmpCommand command) throws QmpException {
        return control.ask(command, ANSWER);
    }

    /**
     * Runs a {@code qemu-io} command on a drive or node, as {@code write -P 0x77 1M 64k} or {@code read -P 0x77 1M 64k};
     * it works on a stopped guest. A write that fails, or a pattern that is not there, is told in the log alone.
     */
    public void io(String device, String command) throws QmpException, IOException {
        int printedBefore = log().length();
        Object complaint = ask(new QmpCommand.HumanMonitorCommand("qemu-io " + device + " \"" + command + "\""));
        String printed = complaint + log().substring(printedBefore);
        if (!"".equals(complaint) || printed.contains("failed")) {
            throw new IllegalStateException(command + ": " + printed);
        }
    }

    /** Runs {@code qemu-img}, and returns what it prints. */
    public static String image(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("qemu-img"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes());
        if (exitOf(process) != 0) {
            throw new IOException(String.join(" ", command) + ": " + printed);
        }
        return printed;
    }

    /** Whether two images show the same disk; they may be open in a QEMU meanwhile. */
    public static boolean compare(String format, Path image, String otherFormat, Path other) throws IOException {
        Process process = new ProcessBuilder(
                        "qemu-img",
                        "compare",
                        "-U",
                        "-f",
                        format,
                        "-F",
                        otherFormat,
                        image.toString(),
                        other.toString())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes());
        int exit = exitOf(process);
        if (exit > 1) {
            throw new IOException("qemu-img compare: " + printed);
        }
        return exit == 0;
    }

    /** QEMU's process. */
    public ProcessHandle process() {
        return process.toHandle();
    }

    /** What QEMU and its {@code qemu-io} have printed so far. */
    public String log() throws IOException {
        return Files.readString(dir.resolve("qemu.log"));
    }

    /** Kills QEMU with SIGKILL, and waits for its end. */
    public void kill() {
        process.destroyForcibly();
        exitOf(process);
    }

    @Override
    public void close() {
        kill();
        control.close();
    }

    private QmpClient awaitControl() throws IOException {
        long start = System.nanoTime();
        while (process.isAlive() && System.nanoTime() - start < START_NANOS_MAX) {
            try {
                return QmpClient.open(new UnixSocketTransport(secondMonitor()), PATIENT, event -> {});
            } catch (QmpException.NoSuchSocket | QmpException.Refused notYet) {
                LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            } catch (QmpException e) {
                kill();
                throw new IOException(e);
            }
        }
        kill();
        throw new IOException("QEMU did not start: " + log());
    }

    private static int exitOf(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a process ended", e);
        }
    }

    private static boolean isOnPath(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
