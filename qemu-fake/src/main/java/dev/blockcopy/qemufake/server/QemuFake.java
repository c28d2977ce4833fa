package dev.blockcopy.qemufake.server;

import dev.blockcopy.qemufake.FaultGuide;
import dev.blockcopy.qemufake.journal.Journal;
import dev.blockcopy.qemufake.journal.JournalFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The command {@code qemu-fake}: takes the options of {@code qemu-system-x86_64} that tests of block jobs use. */
public final class QemuFake {
    static final int USAGE = 2;
    private static final int FAILED = 1;
    private static final int KILLED = 137;
    /** A farewell takes a second at most, and a piece of a copy on a busy disk some more. */
    private static final long ENDING_MILLIS = 10_000;

    private final StartOptions options;
    private volatile FakeQemu running;
    private volatile boolean isEnding;

    private QemuFake(StartOptions options) {
        this.options = options;
    }

    public static void main(String[] args) {
        int status = execute(args);
        if (status != LEFT_TO_THE_HOOK) {
            System.exit(status);
        }
    }

    /** The hook that SIGTERM has started ends the process. */
    private static final int LEFT_TO_THE_HOOK = -1;

    /** Runs the command to its end; returns its exit status. */
    static int execute(String... args) {
        String first = args.length == 0 ? "" : args[0];
        if (first.equals("chart") || first.equals("record")) {
            return Subcommands.execute(args);
        }
        try {
            if (first.equals("rehearse")) {
                Rehearsal.play();
                return 0;
            }
            StartOptions options = StartOptions.of(Arrays.asList(args));
            if (options.has(StartOption.HELP)) {
                System.out.print(StartHelp.text());
            } else if (options.has(StartOption.VERSION)) {
                System.out.println("qemu-fake 0.1.0");
            } else if (options.all(StartOption.FAULT).contains("help")) {
                System.out.print(FaultGuide.text());
            } else if (options.has(StartOption.DAEMONIZE)) {
                return Daemon.start(args);
            } else {
                return new QemuFake(options).run();
            }
            return 0;
        } catch (IllegalArgumentException | java.io.UncheckedIOException | IOException e) {
            System.err.println("qemu-fake: " + e.getMessage() + "; see qemu-fake --help");
            return USAGE;
        } catch (IllegalStateException e) {
            System.err.println("qemu-fake: " + e.getMessage());
            return FAILED;
        }
    }

    private int run() throws IOException {
        String file = options.last(StartOption.JOURNAL);
        try (JournalFile journal = file == null ? null : new JournalFile(Path.of(file))) {
            running = StartedQemu.of(options, FakeQemu.builder().journalTo(entry -> write(entry, journal)));
            Runtime.getRuntime().addShutdownHook(new Thread(this::terminated));
            announce();
            running.join();
            removePidFile();
            if (isEnding) {
                return LEFT_TO_THE_HOOK;
            }
            reportFaults();
        }
        if (running.state().isDead()) {
            die(running.state().deathSignal());
            return KILLED;
        }
        return 0;
    }

    /** Ends this process by the signal that QEMU died of, so that its parent sees it. */
    private static void die(int signal) throws IOException {
        String pid = String.valueOf(ProcessHandle.current().pid());
        try {
            new ProcessBuilder("kill", "-" + signal, pid).start().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void write(Journal.Entry entry, JournalFile file) {
        if (entry.kind() == Journal.Kind.COMPLAINT) {
            System.err.println(entry.text());
        }
        if (file != null) {
            file.accept(entry);
        }
    }

    private void announce() throws IOException {
        if (options.has(StartOption.PIDFILE)) {
            Files.writeString(pidFile(), ProcessHandle.current().pid() + "\n");
        }
        for (String file : options.all(StartOption.READY_FILE)) {
            Files.writeString(Path.of(file), "ready\n");
        }
        Daemon.detach();
    }

    private Path pidFile() {
        return Path.of(options.last(StartOption.PIDFILE));
    }

    /** A rule that did nothing is a test that tested nothing. */
    private void reportFaults() {
        running.state()
                .neverStruck()
                .forEach(rule -> System.err.println("qemu-fake: fault '" + rule + "' never struck"));
    }

    private void removePidFile() throws IOException {
        if (options.has(StartOption.PIDFILE)) {
            Files.deleteIfExists(pidFile());
        }
    }

    /** SIGTERM or SIGINT: an orderly end, and status 0 as QEMU has it. */
    private void terminated() {
        isEnding = true;
        if (running.isServing()) {
            Runtime.getRuntime().halt(end());
        }
    }

    private int end() {
        try {
            running.end(ENDING_MILLIS);
            if (running.isServing()) {
                throw new IllegalStateException("no end after " + ENDING_MILLIS + " ms, so it is cut short");
            }
            running.join();
            reportFaults();
            removePidFile();
            return 0;
        } catch (IOException | IllegalStateException e) {
            System.err.println("qemu-fake: " + e.getMessage());
            return FAILED;
        }
    }
}
