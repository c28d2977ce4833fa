package dev.blockcopy.qemufake.server;

import dev.blockcopy.qemufake.Dialect;
import dev.blockcopy.qemufake.FaultGuide;
import dev.blockcopy.qemufake.journal.Journal;
import dev.blockcopy.qemufake.journal.JournalFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code qemu-fake}: takes the options of {@code qemu-system-x86_64} that tests of block jobs use. */
@Command(
        name = "qemu-fake",
        mixinStandardHelpOptions = true,
        version = "qemu-fake 0.1.0",
        sortOptions = false,
        subcommands = {ChartCommand.class, RecordCommand.class},
        description = "A QEMU without a guest that does block jobs as QEMU 7.2 does, and fails on cue.",
        footer = {
            "",
            "A fault is a preset (refused-pivot), a rule (on=command,name=stop,do=error) or a file (.json, .yaml).",
            "Exit status: 0 ended as asked, 2 bad option, 137 killed by a fault."
        })
public final class QemuFake implements Callable<Integer> {
    private static final int USAGE = 2;
    private static final int KILLED = 137;

    @Option(names = "-drive", paramLabel = "OPTS", description = "if=none,id=,node-name=,file=,format=,readonly=")
    private List<String> drives = new ArrayList<>();

    @Option(names = "-blockdev", paramLabel = "OPTS", description = "driver=,node-name=,... or JSON")
    private List<String> blockdevs = new ArrayList<>();

    @Option(names = "-device", paramLabel = "OPTS", description = "virtio-blk-pci,drive=,id=")
    private List<String> devices = new ArrayList<>();

    @Option(names = "-object", paramLabel = "OPTS", description = "throttle-group,id=,x-bps-write=,...")
    private List<String> objects = new ArrayList<>();

    @Option(names = "-qmp", paramLabel = "unix:PATH", description = "a monitor; several may be given")
    private List<String> monitors = new ArrayList<>();

    @Option(names = "-S", description = "the guest does not run before cont")
    private boolean isStopped;

    @Option(
            names = {"-M", "-machine"},
            paramLabel = "TYPE",
            description = "taken and ignored")
    private String machine;

    @Option(names = "-accel", paramLabel = "NAME", description = "taken and ignored")
    private String accelerator;

    @Option(names = "-display", paramLabel = "TYPE", description = "taken and ignored")
    private String display;

    @Option(names = "-nodefaults", description = "taken and ignored")
    private boolean isWithoutDefaults;

    @Option(names = "-pidfile", paramLabel = "FILE", description = "gets the process id, goes at the end")
    private Path pidFile;

    @Option(
            names = "--fault",
            paramLabel = "PRESET|RULE|FILE",
            description = "something that is to go wrong; several may be given; help lists what there is")
    private List<String> faults = new ArrayList<>();

    @Option(
            names = "--dialect",
            paramLabel = "NAME",
            description = "which QEMU it is: qemu-7.2 (default), qemu-1.3, proposal-2012, rhel6, atomic")
    private String dialect;

    @Option(names = "--seed", paramLabel = "N", description = "pick any of what may happen next, by this seed")
    private Long seed;

    @Option(
            names = "--guest",
            paramLabel = "RATE",
            description = "a guest writes so many records a second to the first disk")
    private int guestRate;

    @Option(
            names = "--descriptors",
            description = "clients may send open files along (getfd, add-fd); starts more slowly")
    private boolean hasDescriptors;

    @Option(names = "--journal", paramLabel = "FILE", description = "everything that crosses a monitor, as JSON Lines")
    private Path journal;

    @Option(names = "--ready-file", paramLabel = "FILE", description = "made when all monitors listen")
    private Path readyFile;

    private volatile FakeQemu running;
    private volatile boolean isEnding;

    public static void main(String[] args) {
        QemuFake command = new QemuFake();
        int status = command.execute(args);
        if (!command.isEnding) {
            System.exit(status);
        }
    }

    private int execute(String... args) {
        CommandLine line = commandLine(this);
        return line.execute(args);
    }

    static CommandLine commandLine(QemuFake command) {
        return new CommandLine(command)
                .setPosixClusteredShortOptionsAllowed(false)
                .setParameterExceptionHandler(QemuFake::refuse);
    }

    private static int refuse(ParameterException e, String[] args) {
        PrintWriter err = e.getCommandLine().getErr();
        err.println(
                "qemu-fake: " + e.getMessage().lines().findFirst().orElse("") + nearest(e) + "; see qemu-fake --help");
        return USAGE;
    }

    private static String nearest(ParameterException e) {
        List<String> known = e instanceof UnmatchedArgumentException unknown ? unknown.getSuggestions() : List.of();
        return known.isEmpty() ? "" : "; did you mean " + known.get(0) + "?";
    }

    @Override
    public Integer call() throws IOException {
        if (faults.contains("help")) {
            System.out.print(FaultGuide.text());
            return 0;
        }
        FakeQemuBuilder builder = FakeQemu.builder();
        try (JournalFile file = journal == null ? null : new JournalFile(journal)) {
            builder.journalTo(entry -> write(entry, file));
            running = start(builder);
            Runtime.getRuntime().addShutdownHook(new Thread(this::terminated));
            announce();
            running.join();
            removePidFile();
            if (!isEnding) {
                reportFaults();
            }
        } catch (IllegalArgumentException | java.io.UncheckedIOException e) {
            System.err.println("qemu-fake: " + e.getMessage());
            return USAGE;
        }
        if (running.state().isDead()) {
            die(running.state().deathSignal());
        }
        return running.state().isDead() ? KILLED : 0;
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

    /** Starts what the options say. */
    FakeQemu start(FakeQemuBuilder builder) {
        objects.forEach(text -> DriveOption.addObject(text, builder));
        drives.forEach(text -> new DriveOption(text).addTo(builder));
        blockdevs.forEach(text -> DriveOption.addBlockdev(text, builder));
        devices.forEach(text -> DriveOption.addDevice(text, builder));
        faults.forEach(builder::fault);
        builder.guest(guestRate);
        if (seed != null) {
            builder.seed(seed);
        }
        if (dialect != null) {
            builder.dialect(Dialect.named(dialect));
        }
        if (isStopped) {
            builder.stopped();
        }
        if (hasDescriptors) {
            builder.descriptors();
        }
        return builder.start(monitors.stream().map(QemuFake::socket).toArray(Path[]::new));
    }

    private static Path socket(String text) {
        if (!text.startsWith("unix:")) {
            throw new IllegalArgumentException("-qmp " + text + ": the fake listens on unix:PATH only");
        }
        return Path.of(OptionText.flat(text.substring("unix:".length()), "path").get("path"));
    }

    private void announce() throws IOException {
        if (pidFile != null) {
            Files.writeString(pidFile, ProcessHandle.current().pid() + "\n");
        }
        if (readyFile != null) {
            Files.writeString(readyFile, "ready\n");
        }
    }

    /** A rule that did nothing is a test that tested nothing. */
    private void reportFaults() {
        running.state()
                .neverStruck()
                .forEach(rule -> System.err.println("qemu-fake: fault '" + rule + "' never struck"));
    }

    private void removePidFile() throws IOException {
        if (pidFile != null) {
            Files.deleteIfExists(pidFile);
        }
    }

    /** SIGTERM or SIGINT: an orderly end, and status 0 as QEMU has it. */
    private void terminated() {
        isEnding = true;
        boolean wasServing = running.isServing();
        running.close();
        if (wasServing) {
            reportFaults();
            try {
                removePidFile();
            } catch (IOException e) {
                System.err.println("qemu-fake: " + e.getMessage());
            }
            Runtime.getRuntime().halt(0);
        }
    }
}
