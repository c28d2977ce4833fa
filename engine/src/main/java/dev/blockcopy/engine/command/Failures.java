package dev.blockcopy.engine.command;

import dev.blockcopy.engine.CopyRefusedException;
import dev.blockcopy.engine.StoreException;
import dev.blockcopy.engine.standard.BadEnvironmentException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What went wrong, as one line for people, an exit code, and with JSON the document. */
final class Failures {
    private static final String REPORT =
            "; this is a fault of blockcopy: run again with --debug and report what it prints";

    private final Surroundings surroundings;

    Failures(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** A command line that can't be understood. */
    int ofUsage(ParameterException e, String[] args) {
        CommandLine line = e.getCommandLine();
        String help = line.getCommandSpec().qualifiedName() + " --help";
        String message = message(e);
        boolean json = Arrays.asList(args).contains("--json");
        return tell(line, json, ExitCode.USAGE, message + (message.contains(": ") ? "" : ": see " + help));
    }

    private static String message(ParameterException e) {
        if (e instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            return missing(missing.getMissing());
        }
        if (e instanceof UnmatchedArgumentException unmatched) {
            return "'" + unmatched.getUnmatched().get(0) + "' means nothing to "
                    + e.getCommandLine().getCommandSpec().qualifiedName();
        }
        return oneLine(e.getMessage()).replaceFirst("^Error: ", "");
    }

    private static String missing(List<ArgSpec> missing) {
        String names = missing.stream().map(Failures::nameOf).collect(Collectors.joining(", "));
        String text = names + (missing.size() == 1 ? " is missing" : " are missing");
        return names.contains("--format")
                ? text + ": say --format raw or --format qcow2, since the content of an image is never probed"
                : text;
    }

    private static String nameOf(ArgSpec arg) {
        return arg instanceof OptionSpec option ? option.longestName() : arg.paramLabel();
    }

    /** A command that was understood and did not succeed. */
    int ofExecution(Exception e, CommandLine line, ParseResult parsed) {
        CommonOptions common = (CommonOptions) line.getMixins().get(CommonOptions.NAME);
        if (e instanceof LeftAloneException) {
            return tell(line, common.json(), ExitCode.INTERRUPTED, e.getMessage());
        }
        if (e instanceof InterruptedException) {
            return tell(line, common.json(), ExitCode.INTERRUPTED, "interrupted; see " + common.command("jobs"));
        }
        if (e instanceof CopyRefusedException refused) {
            return tell(line, common.json(), ExitCode.of(refused.kind()), oneLine(e.getMessage()));
        }
        if (e instanceof BadEnvironmentException) {
            return tell(line, common.json(), ExitCode.USAGE, oneLine(e.getMessage()));
        }
        if (e instanceof StoreException) {
            return tell(line, common.json(), ExitCode.ENVIRONMENT, oneLine(e.getMessage()));
        }
        if (common.debug()) {
            e.printStackTrace(surroundings.err());
        }
        return tell(line, common.json(), ExitCode.OUR_FAULT, oneLine(e.toString()) + REPORT);
    }

    private int tell(CommandLine line, boolean json, ExitCode code, String message) {
        surroundings.err().println("blockcopy: " + message);
        if (json) {
            Map<String, Object> own = new LinkedHashMap<>();
            own.put("error", oneLine(message));
            surroundings.out().println(Documents.document(line.getCommandName(), code, own));
        }
        return code.number();
    }

    private static String oneLine(String message) {
        return String.valueOf(message).strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
