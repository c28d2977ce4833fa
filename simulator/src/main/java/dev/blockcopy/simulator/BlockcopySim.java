package dev.blockcopy.simulator;

import dev.blockcopy.simulator.campaign.End;
import dev.blockcopy.simulator.campaign.Victim;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** The command {@code blockcopy-sim}: it only gathers its subcommands. */
@Command(
        name = "blockcopy-sim",
        versionProvider = BlockcopySim.Version.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Copies of disks that go wrong on purpose, against a fake QEMU, with a verdict.")
public final class BlockcopySim {
    private static final int USAGE_WIDTH = 100;

    private BlockcopySim() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(commandLine(new PrintWriter(System.out, true), new PrintWriter(System.err, true))
                .execute(args));
    }

    static CommandLine commandLine(PrintWriter out, PrintWriter err) {
        CommandLine line = new CommandLine(new BlockcopySim())
                .addSubcommand(new StoryCommand(out, err))
                .addSubcommand(new CheckCommand(out, err))
                .addSubcommand(new CampaignCommand(out, err))
                .addSubcommand(new CrashesCommand(out, err))
                .addSubcommand(new ReplayCommand(out, err))
                .addSubcommand(new MutateCommand(out, err));
        line.registerConverter(Victim.class, text -> chosen(Victim.values(), text));
        line.registerConverter(End.class, text -> chosen(End.values(), text));
        line.getSubcommands().values().forEach(BlockcopySim::explain);
        explain(line);
        return line.setOut(out)
                .setErr(err)
                .setUsageHelpWidth(USAGE_WIDTH)
                .setParameterExceptionHandler((e, args) -> refuse(e, err));
    }

    private static int refuse(ParameterException e, PrintWriter err) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        err.println("blockcopy-sim: " + e.getMessage().lines().findFirst().orElse("") + "; see " + command + " --help");
        return ExitCode.USAGE.number();
    }

    /** A choice by the word that the help has for it. */
    private static <E> E chosen(E[] all, String text) {
        return Arrays.stream(all)
                .filter(one -> one.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("there is no '" + text + "': choose "
                        + Arrays.stream(all).map(Object::toString).collect(Collectors.joining(", "))));
    }

    private static void explain(CommandLine line) {
        line.getCommandSpec()
                .usageMessage()
                .sortOptions(false)
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(ExitCode.list());
    }

    /** What was built. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = BlockcopySim.class.getPackage().getImplementationVersion();
            return new String[] {"blockcopy-sim " + (version == null ? "(not packaged)" : version)};
        }
    }
}
