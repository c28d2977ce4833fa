package dev.blockcopy.simulator.campaign;

import dev.blockcopy.engine.CopyRefusedException;
import dev.blockcopy.engine.statemachine.StatemachineExecutor;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** Many copies on fake QEMUs in this process, their engines and QEMUs struck at any instant between two steps. */
public final class CrashCampaign {
    private final CrashTrial.Make make;
    private final long seed;
    private final PrintWriter out;
    private final Tally tally = new Tally();

    CrashCampaign(CrashTrial.Make make, long seed, PrintWriter out) {
        this.make = make;
        this.seed = seed;
        this.out = out;
    }

    /** A campaign against the engine as it ships, but for its store, which is in memory. */
    public CrashCampaign(long seed, PrintWriter out) {
        this(new CrashTrial.Make(StatemachineExecutor::new, UnaryOperator.identity()), seed, out);
    }

    /**
     * Goes through the trials, tells of each that fails and of the sum.
     *
     * @param dir for images and sockets
     * @return true if none failed
     */
    public boolean run(Path dir, int first, int trials) throws IOException, InterruptedException, CopyRefusedException {
        for (int number = first; number < first + trials; number++) {
            Path place = Files.createDirectory(dir.resolve(String.valueOf(number)));
            CrashTrial trial = new CrashTrial(make, seed, number, place);
            Outcome outcome = trial.run();
            tally.add(outcome);
            if (!outcome.isRight()) {
                out.printf("trial %d: %s, %s%n", number, outcome.verdict().text(), outcome.text());
                out.printf("  again: blockcopy-sim crashes --seed %d --first %d --trials 1%n", seed, number);
            }
            trial.clear();
            Files.delete(place);
        }
        out.println(tally.text(seed));
        return tally.allRight();
    }

    Tally tally() {
        return tally;
    }
}
