package dev.blockcopy.qemufake.server;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The fake in the background. A JVM can't fork: it starts itself again, in a session of its own, and ends when the other
 * one says that all monitors listen.
 */
final class Daemon {
    private static final String MARK = "qemufake.daemon";
    private static final File NOTHING = new File("/dev/null");

    private Daemon() {}

    /** Starts the same command line again without {@code -daemonize}; returns how that went as an exit status. */
    static int start(String... args) throws IOException {
        Process process = begin(command(args));
        try (BufferedReader said = process.inputReader()) {
            if ("ready".equals(said.readLine())) {
                return 0;
            }
            int status = process.waitFor();
            return status == 0 ? 1 : status;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private static Process begin(List<String> command) throws IOException {
        try {
            return new ProcessBuilder(command)
                    .redirectInput(NOTHING)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new IOException("-daemonize needs the command setsid: " + e.getMessage(), e);
        }
    }

    private static List<String> command(String... args) {
        List<String> command = new ArrayList<>();
        command.add("setsid");
        command.add(ProcessHandle.current()
                .info()
                .command()
                .orElse(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add("-D" + MARK + "=true");
        String path = System.getProperty("java.class.path");
        boolean isJar = path.endsWith(".jar") && !path.contains(File.pathSeparator);
        command.addAll(isJar ? List.of("-jar", path) : List.of("-cp", path, QemuFake.class.getName()));
        for (String arg : args) {
            if (!StartOption.DAEMONIZE.names().contains(arg.startsWith("--") ? arg.substring(1) : arg)) {
                command.add(arg);
            }
        }
        command.addAll(List.of(StartOption.READY_FILE.names().get(0), "/dev/stdout"));
        return command;
    }

    /** In the background: lets go of the terminal, or of whoever reads what was said there. */
    static void detach() {
        if (!Boolean.getBoolean(MARK)) {
            return;
        }
        System.out.close();
        System.err.close();
        try {
            System.in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
