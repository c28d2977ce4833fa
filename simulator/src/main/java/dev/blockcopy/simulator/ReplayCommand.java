package dev.blockcopy.simulator;

import dev.blockcopy.simulator.check.ReplayDivergedException;
import dev.blockcopy.simulator.played.DivergedException;
import dev.blockcopy.simulator.played.Played;
import dev.blockcopy.simulator.played.Player;
import dev.blockcopy.simulator.world.AnswerFiles;
import dev.blockcopy.simulator.world.Script;
import dev.blockcopy.simulator.world.TraceFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
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

    @Option(
            names = "--live",
            description =
                    "Play it with the real engine and the fake QEMU, over the bytes of QMP: the same crashes, cuts, faults"
                            + " and writes at the same steps; then look which image holds what the guest wrote.")
    private boolean isLive;

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
            return (isLive ? play(trace) : replay(trace)).number();
        } catch (ReplayDivergedException | TraceFile.UnknownMoveException e) {
            return refused(ExitCode.DIVERGED, "the trace can't be taken again: " + e.getMessage());
        } catch (DivergedException e) {
            return refused(ExitCode.DIVERGED, "played, it goes another way: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            return refused(ExitCode.DIVERGED, file + ": " + e.getMessage());
        } catch (CharacterCodingException e) {
            return refused(ExitCode.DIVERGED, file + ": the trace is damaged: give one that check --out wrote");
        } catch (IOException e) {
            return refused(ExitCode.ENVIRONMENT, Reasons.of(file, e));
        }
    }

    private ExitCode replay(TraceFile trace) {
        AnswerFiles.Replayed replayed = AnswerFiles.replay(trace);
        out.print(replayed.text());
        out.flush();
        return replayed.isBroken() ? ExitCode.COUNTEREXAMPLE : ExitCode.HOLDS;
    }

    private ExitCode play(TraceFile trace) throws IOException, DivergedException {
        Script script = Script.of(trace);
        Optional<String> obstacle = Player.unplayable(script);
        if (obstacle.isPresent()) {
            err.println("blockcopy-sim: this run can't be played: " + obstacle.get()
                    + "; without --live it is taken again in its world");
            return ExitCode.USAGE;
        }
        try (Workplace place = Workplace.of(null, "blockcopy-replay-", "")) {
            Played played = new Player(script, place.dir()).play();
            out.print(played.text());
            out.flush();
            return played.isSame()
                    ? played.wrongs().isEmpty() ? ExitCode.HOLDS : ExitCode.COUNTEREXAMPLE
                    : ExitCode.DIVERGED;
        }
    }

    private int refused(ExitCode code, String why) {
        err.println("blockcopy-sim: " + why);
        return code.number();
    }
}
