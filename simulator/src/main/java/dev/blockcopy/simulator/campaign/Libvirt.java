package dev.blockcopy.simulator.campaign;

import dev.blockcopy.simulator.live.Deadline;
import dev.blockcopy.simulator.live.NotInTimeException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The libvirt that is installed here, with one domain, its folders in a mount namespace of its own, so that nothing of the
 * host's is touched. What it starts outlives its death, as with any libvirt. Not for several threads.
 */
final class Libvirt implements AutoCloseable {
    static final String DOMAIN = "guest";
    static final String DISK = "vda";

    private static final String SCRIPT = "libvirtd.sh";
    private static final long LOOK_AGAIN_NANOS = 20_000_000;

    private final Path dir;
    private Process daemon;

    /**
     * Nothing is started yet.
     *
     * @param dir a folder of its own, there and empty
     */
    Libvirt(Path dir) {
        this.dir = dir;
    }

    /**
     * Looks whether there is one, and whether it can have folders of its own.
     *
     * @throws IOException with one line that says what is missing
     */
    static void isInstalled() throws IOException, InterruptedException {
        for (String command : List.of("libvirtd", "virsh", "unshare", "qemu-system-x86_64")) {
            if (runs("sh", "-c", "command -v " + command)) {
                continue;
            }
            throw new IOException(
                    "there is no libvirt to be compared with: " + command
                            + " is not installed; on Debian: apt-get install libvirt-daemon-driver-qemu libvirt-clients libvirt-daemon");
        }
        if (!runs("unshare", "-m", "true")) {
            throw new IOException("libvirt can't have folders of its own here: that takes root, and mount namespaces");
        }
    }

    private static boolean runs(String... words) throws IOException, InterruptedException {
        return new ProcessBuilder(words)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    /** The daemon, until it answers. */
    void start(Deadline deadline) throws IOException, NotInTimeException, InterruptedException {
        Path script = dir.resolve(SCRIPT);
        try (InputStream source = Libvirt.class.getResourceAsStream(SCRIPT)) {
            Files.write(script, source.readAllBytes());
        }
        daemon = new ProcessBuilder("sh", script.toString(), dir.toString())
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("libvirtd.log").toFile())
                .start();
        while (asked("list").isEmpty()) {
            if (!daemon.isAlive()) {
                throw new IOException("libvirtd has ended: " + Files.readString(dir.resolve("libvirtd.log")));
            }
            deadline.millisLeft("libvirtd");
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }

    /** SIGKILL. */
    void kill() {
        daemon.destroyForcibly();
        daemon.onExit().join();
    }

    /** A command to it, which must succeed. */
    String tell(String... words) throws IOException, InterruptedException {
        return asked(words).orElseThrow(() -> new IOException("virsh refuses: " + String.join(" ", words)));
    }

    /** What a command says; empty if it fails. */
    Optional<String> asked(String... words) throws IOException, InterruptedException {
        Process process = begin(words);
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return process.waitFor() == 0 ? Optional.of(said) : Optional.empty();
    }

    /** A command that is not waited for. */
    Process begin(String... words) throws IOException {
        List<String> all = new ArrayList<>(
                List.of("virsh", "-q", "-c", "qemu+unix:///system?socket=" + dir.resolve("sock/libvirt-sock")));
        all.addAll(List.of(words));
        return new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
    }

    /** Whether it knows the domain as one that runs. */
    boolean seesItRun() throws IOException, InterruptedException {
        return asked("domstate", DOMAIN).filter("running"::equals).isPresent();
    }

    /** The image that it takes for the disk; of a domain that does not run, the one that it would start with. */
    Optional<Path> named() throws IOException, InterruptedException {
        Optional<String> list = seesItRun() ? asked("domblklist", DOMAIN) : asked("domblklist", DOMAIN, "--inactive");
        return list.flatMap(text -> text.lines()
                .map(String::strip)
                .filter(line -> line.startsWith(DISK + " "))
                .map(line -> Path.of(line.substring(DISK.length()).strip()))
                .findFirst());
    }

    /** The QEMU that it has started last, whether or not it still knows of it; killed if it lives. */
    void killQemu() throws IOException, InterruptedException {
        Path pidFile = dir.resolve("run/qemu/" + DOMAIN + ".pid");
        if (Files.exists(pidFile)) {
            Optional<ProcessHandle> qemu =
                    ProcessHandle.of(Long.parseLong(Files.readString(pidFile).strip()));
            boolean isQemu = qemu.flatMap(handle -> handle.info().command())
                    .filter(command -> command.contains("qemu"))
                    .isPresent();
            if (isQemu) {
                qemu.get().destroyForcibly();
                qemu.get().onExit().join();
            }
        }
    }

    @Override
    public void close() throws IOException {
        try {
            killQemu();
            if (daemon != null) {
                daemon.destroy();
                if (!daemon.waitFor(10, TimeUnit.SECONDS)) {
                    kill();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
