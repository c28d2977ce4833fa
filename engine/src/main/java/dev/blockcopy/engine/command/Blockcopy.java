package dev.blockcopy.engine.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;

/** The command itself: it only gathers its subcommands. */
@Command(
        name = "blockcopy",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Live copies of QEMU disks.",
            "",
            "A copy @|italic streams|@ the disk of a running guest to another image, then @|italic mirrors|@ each"
                    + " write to both. It ends by a @|italic pivot|@ (the guest goes on on the copy) or by an"
                    + " @|italic abort|@ (the guest stays where it is). Whatever crashes in between,"
                    + " @|bold blockcopy recover|@ goes on, and @|bold blockcopy authority|@ tells which image is the"
                    + " disk."
        },
        footer = {
            "",
            "Sizes and rates are bytes; a bare number too (virsh takes MiB/s). K, M, G and KiB, MiB, GiB are powers of"
                    + " 1024, kB, MB, GB powers of 1000. Durations have a unit: 500ms, 10s, 5m, 1h.",
            "",
            "Example: copy a disk and move the guest to the copy",
            "  blockcopy copy --qmp /run/vm1.qmp --disk vda --dest /new/vm1.qcow2 --format qcow2 --pivot"
        })
public final class Blockcopy {
    private static final int USAGE_WIDTH = 100;

    Blockcopy() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] args) {
        Interruption interruption = Interruption.install();
        int code =
                commandLine(Surroundings.ofThisProcess(interruption::isAsked)).execute(args);
        interruption.exit(code);
    }

    static CommandLine commandLine(Surroundings surroundings) {
        Failures failures = new Failures(surroundings);
        CommandLine line = new CommandLine(new Blockcopy())
                .addSubcommand(new CopyCommand(surroundings))
                .addSubcommand(new PivotCommand(surroundings))
                .addSubcommand(new AbortCommand(surroundings))
                .addSubcommand(new JobsCommand(surroundings))
                .addSubcommand(new StatusCommand(surroundings))
                .addSubcommand(new WatchCommand(surroundings))
                .addSubcommand(new RecoverCommand(surroundings))
                .addSubcommand(new ProbeCommand(surroundings))
                .addSubcommand(new AuthorityCommand(surroundings))
                .addSubcommand(new ResolveCommand(surroundings));
        line.getSubcommands().values().forEach(Blockcopy::explain);
        explain(line);
        return line.setOut(surroundings.out())
                .setErr(surroundings.err())
                .setColorScheme(Help.defaultColorScheme(surroundings.ansi()))
                .setUsageHelpWidth(USAGE_WIDTH)
                .setParameterExceptionHandler(failures::ofUsage)
                .setExecutionExceptionHandler(failures::ofExecution);
    }

    /** What the help of every command says. */
    private static void explain(CommandLine line) {
        line.getCommandSpec()
                .usageMessage()
                .sortOptions(false)
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(ExitCode.list());
    }
}
