package dev.blockcopy.simulator;

import dev.blockcopy.simulator.check.ReplayDivergedException;
import dev.blockcopy.simulator.world.AnswerFiles;
import dev.blockcopy.simulator.world.TraceFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Takes a run again that was found before, without a search. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        versionProvider = BlockcopySim.Version.class,
        description = "Takes a run again, step by step, in the world of today's table, and says what it breaks.")
final class ReplayCommand implements Callable<Integer> {
    @Parameters(paramLabel = "TRACE", description = "A file that check --out wrote.")
    private Path file;

    private final PrintWriter out;
    private final PrintWriter err;

    ReplayCommand(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() {
        try {
            TraceFile trace = TraceFile.parse(Files.readString(file));
            AnswerFiles.Replayed replayed = AnswerFiles.replay(trace);
            out.print(replayed.text());
            out.flush();
            return (replayed.isBroken() ? ExitCode.COUNTEREXAMPLE : ExitCode.HOLDS).number();
        } catch (ReplayDivergedException | TraceFile.UnknownMoveException e) {
            return refused(ExitCode.DIVERGED, "the trace can't be taken again: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            return refused(ExitCode.DIVERGED, file + ": " + e.getMessage());
        } catch (IOException e) {
            return refused(ExitCode.ENVIRONMENT, "can't read " + e.getMessage());
        }
    }

    private int refused(ExitCode code, String why) {
        err.println("blockcopy-sim: " + why);
        return code.number();
    }
}
