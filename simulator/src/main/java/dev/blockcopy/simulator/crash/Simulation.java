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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/** Goes through trials, and tells of each that fails and of the sum. */
public final class Simulation {
    private static final long STRIDE = 0x9E3779B97F4A7C15L;
    private static final int TRIALS_AT_ONCE = 100;
    private static final int AHEAD = 4;
    private static final int TRIALS_A_LINE = 10_000;
    private static final int BY_SPRING_ONE_IN = 200;
    private static final int IN_FILE_ONE_IN = 1000;

    private final Function<Integer, Make> makes;
    private final List<Dialect> dialects;
    private final long seed;
    private final PrintWriter out;
    private final Tally tally = new Tally();
    private final Map<Dialect, Tally> byDialect = new EnumMap<>(Dialect.class);

    Simulation(Function<Integer, Make> makes, List<Dialect> dialects, long seed, PrintWriter out) {
        this.makes = makes;
        this.dialects = List.copyOf(dialects);
        this.seed = seed;
        this.out = out;
    }

    /**
     * Of the engine as it ships; in one of so many trials Spring Statemachine executes the table, and in one of more the
     * store is in a file.
     */
    public static Simulation shipped(List<Dialect> dialects, long seed, PrintWriter out) {
        JobExecutor table = new TableExecutor();
        ThreadLocal<JobExecutor> spring = ThreadLocal.withInitial(StatemachineExecutor::new);
        return new Simulation(
                number -> number % IN_FILE_ONE_IN == 0
                        ? Make.inFile(spring.get())
                        : Make.of(number % BY_SPRING_ONE_IN == 0 ? spring.get() : table),
                dialects,
                seed,
                out);
    }

    /**
     * Runs trials, several at a time, and prints what is to be said of them, in the order of their numbers.
     *
     * @param threads how many run at a time; a trial has one thread to itself and knows of no other
     * @param progress gets a line now and then
     * @return true if none failed
     */
    public boolean run(int first, int trials, int threads, Consumer<String> progress) throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            Deque<Future<List<Done>>> ahead = new ArrayDeque<>();
            int last = first + trials;
            for (int next = first; next < last || !ahead.isEmpty(); ) {
                if (next < last && ahead.size() < AHEAD * threads) {
                    int from = next;
                    next = Math.min(last, from + TRIALS_AT_ONCE);
                    int to = next;
                    ahead.add(pool.submit(() -> outcomes(from, to)));
                } else {
                    ahead.remove().get().forEach(done -> add(done, progress));
                }
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            pool.shutdownNow();
        }
        return sum();
    }

    private List<Done> outcomes(int from, int to) {
        List<Done> outcomes = new ArrayList<>();
        for (int number = from; number < to; number++) {
            outcomes.add(done(number, Story.UNTOLD));
        }
        return outcomes;
    }

    private boolean sum() {
        byDialect.forEach((dialect, its) -> out.println(dialect.wire() + ": " + its.summary()));
        out.println(tally.text(seed));
        return tally.allRight();
    }

    /** Runs trials, one after the other, and tells each line by line. */
    public boolean tell(int first, int trials) {
        for (int number = first; number < first + trials; number++) {
            add(done(number, new Story(out::println)), line -> {});
        }
        return sum();
    }

    private void add(Done done, Consumer<String> progress) {
        Outcome outcome = done.outcome();
        tally.add(outcome);
        byDialect.computeIfAbsent(done.dialect(), dialect -> new Tally()).add(outcome);
        if (!outcome.isRight()) {
            out.printf("trial %d: %s, %s%n", outcome.trial(), outcome.verdict().text(), outcome.text());
            out.printf("  again: blockcopy-sim %s --first %d --trials 1 --tell%n", words(), outcome.trial());
            out.flush();
        }
        if (tally.trials() % TRIALS_A_LINE == 0) {
            progress.accept(tally.summary());
        }
    }

    private Done done(int number, Story story) {
        SplittableRandom random = new SplittableRandom(seed * STRIDE + number);
        SplittableRandom others = new SplittableRandom(~(seed * STRIDE + number));
        Scene scene = Scene.of(dialects, random, others);
        return new Done(scene.dialect(), new Trial(number, scene, makes.apply(number), random, others, story).run());
    }

    /** What came of a trial, and what QEMU spoke in it. */
    private record Done(Dialect dialect, Outcome outcome) {}

    /** Puts the sum on a page. */
    public void record(ResultsPage page) throws IOException {
        page.put(words(), tally);
    }

    private String words() {
        String only = dialects.size() == 1 ? " --dialect " + dialects.get(0).wire() : "";
        return "crashes" + only + " --seed " + seed;
    }

    Tally tally() {
        return tally;
    }
}
