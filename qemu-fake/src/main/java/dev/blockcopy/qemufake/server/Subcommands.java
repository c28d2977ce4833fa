package dev.blockcopy.qemufake.server;

import java.io.PrintWriter;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The commands beside the fake itself: {@code chart} and {@code record}; loaded only for them. */
final class Subcommands {
    private Subcommands() {}

    /** Runs the command that the first word names. */
    static int execute(String... args) {
        return commandLine(args[0]).execute(Arrays.copyOfRange(args, 1, args.length));
    }

    static CommandLine commandLine(String name) {
        return new CommandLine(name.equals("chart") ? new ChartCommand() : new RecordCommand())
                .setParameterExceptionHandler(Subcommands::refuse);
    }

    private static int refuse(ParameterException e, String[] args) {
        CommandLine line = e.getCommandLine();
        PrintWriter err = line.getErr();
        err.println("qemu-fake: " + e.getMessage().lines().findFirst().orElse("") + "; see " + line.getCommandName()
                + " --help");
        return QemuFake.USAGE;
    }
}
