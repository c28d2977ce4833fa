package dev.blockcopy.simulator.crash;

import dev.blockcopy.engine.JobExecutor;
import dev.blockcopy.engine.TableExecutor;
import dev.blockcopy.engine.statemachine.StatemachineExecutor;
import dev.blockcopy.qemufake.Dialect;
import dev.blockcopy.simulator.campaign.Outcome;
import dev.blockcopy.simulator.campaign.ResultsPage;
import dev.blockcopy.simulator.campaign.Tally;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;

/** Goes through trials, one after the other, and tells of each that fails and of the sum. */
public final class Simulation {
    private static final long STRIDE = 0x9E3779B97F4A7C15L;
    private static final int TRIALS_A_LINE = 10_000;
    private static final int BY_SPRING_ONE_IN = 200;

    private final Function<Integer, Make> makes;
    private final List<Dialect> dialects;
    private final long seed;
    private final PrintWriter out;
    private final Tally tally = new Tally();

    Simulation(Function<Integer, Make> makes, List<Dialect> dialects, long seed, PrintWriter out) {
        this.makes = makes;
        this.dialects = List.copyOf(dialects);
        this.seed = seed;
        this.out = out;
    }

    /** Of the engine as it ships; in one of so many trials Spring Statemachine executes the table. */
    public static Simulation shipped(List<Dialect> dialects, long seed, PrintWriter out) {
        JobExecutor table = new TableExecutor();
        JobExecutor spring = new StatemachineExecutor();
        return new Simulation(number -> Make.of(number % BY_SPRING_ONE_IN == 0 ? spring : table), dialects, seed, out);
    }

    /**
     * Runs trials and prints what is to be said of them.
     *
     * @param isTold whether each trial is told line by line
     * @param progress gets a line now and then
     * @return true if none failed
     */
    public boolean run(int first, int trials, boolean isTold, Consumer<String> progress) {
        for (int number = first; number < first + trials; number++) {
            Outcome outcome = trial(number, isTold ? new Story(out::println) : Story.UNTOLD)
                    .run();
            tally.add(outcome);
            if (!outcome.isRight()) {
                tell(outcome);
            }
            if ((number - first + 1) % TRIALS_A_LINE == 0) {
                progress.accept(tally.summary());
            }
        }
        out.println(tally.text(seed));
        return tally.allRight();
    }

    private Trial trial(int number, Story story) {
        SplittableRandom random = new SplittableRandom(seed * STRIDE + number);
        return new Trial(number, Scene.of(dialects, random), makes.apply(number), random, story);
    }

    private void tell(Outcome outcome) {
        out.printf("trial %d: %s, %s%n", outcome.trial(), outcome.verdict().text(), outcome.text());
        out.printf(
                "  again: blockcopy-sim crashes%s --seed %d --first %d --trials 1 --tell%n",
                only(), seed, outcome.trial());
        out.flush();
    }

    /** Puts the sum on a page. */
    public void record(ResultsPage page) throws IOException {
        page.put("crashes" + only() + " --seed " + seed, tally);
    }

    private String only() {
        return dialects.size() == 1 ? " --dialect " + dialects.get(0).wire() : "";
    }

    Tally tally() {
        return tally;
    }
}
