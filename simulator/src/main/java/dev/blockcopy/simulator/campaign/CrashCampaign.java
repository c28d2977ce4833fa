package dev.blockcopy.simulator.campaign;

import dev.blockcopy.engine.CopyRefusedException;
import dev.blockcopy.engine.statemachine.StatemachineExecutor;
import dev.blockcopy.qemufake.Dialect;
import dev.blockcopy.qemufake.server.FakeQemu;
import dev.blockcopy.simulator.live.Deadline;
import dev.blockcopy.simulator.live.NotInTimeException;
import dev.blockcopy.simulator.live.SeededDisk;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Many copies on fake QEMUs in this process, their engines and QEMUs struck at any instant between two steps. */
public final class CrashCampaign {
    private static final int REHEARSED_BYTES = 256 << 10;
    private static final Duration REHEARSAL_MAX = Duration.ofMinutes(1);

    private final Function<Path, Striker> strikers;
    private final String words;
    private final List<Dialect> dialects;
    private final long seed;
    private final PrintWriter out;
    private final Tally tally = new Tally();

    private CrashCampaign(
            Function<Path, Striker> strikers, String words, List<Dialect> dialects, long seed, PrintWriter out) {
        this.strikers = strikers;
        this.words = words;
        this.dialects = List.copyOf(dialects);
        this.seed = seed;
        this.out = out;
    }

    /** Against engines of this process; those of a test may have a bug. */
    static CrashCampaign local(LocalStriker.Make make, List<Dialect> dialects, long seed, PrintWriter out) {
        return new CrashCampaign(dir -> new LocalStriker(make), "crashes", dialects, seed, out);
    }

    /** Against the engine as it ships, but for its store, which is in memory. */
    public static CrashCampaign local(List<Dialect> dialects, long seed, PrintWriter out) {
        return local(new LocalStriker.Make(StatemachineExecutor::new, UnaryOperator.identity()), dialects, seed, out);
    }

    /**
     * Against processes of {@code blockcopy}.
     *
     * @param dir for what all of them share, there
     */
    public static CrashCampaign ofProcesses(Path dir, List<Dialect> dialects, long seed, PrintWriter out)
            throws IOException, InterruptedException, NotInTimeException {
        QuickStart start = quickStart(dir);
        return new CrashCampaign(place -> new ProcessStriker(start, place), "crashes --processes", dialects, seed, out);
    }

    private static QuickStart quickStart(Path dir) throws IOException, InterruptedException, NotInTimeException {
        Path image = dir.resolve("rehearsed-disk.raw");
        new SeededDisk(0, REHEARSED_BYTES).writeTo(image);
        try (FakeQemu qemu = FakeQemu.builder().drive("drive0", image).start(dir.resolve("rehearsed.qmp"))) {
            return QuickStart.rehearsed(dir, qemu.socket(), "drive0", Deadline.in(REHEARSAL_MAX));
        }
    }

    /**
     * Goes through the trials, tells of each that fails and of the sum.
     *
     * @param dir for images and sockets
     * @return true if none failed
     */
    public boolean run(Path dir, int first, int trials)
            throws IOException, InterruptedException, CopyRefusedException, NotInTimeException {
        for (int number = first; number < first + trials; number++) {
            Path place = Files.createDirectory(dir.resolve(String.valueOf(number)));
            CrashTrial trial = new CrashTrial(strikers.apply(place), dialects, seed, number, place);
            Outcome outcome = trial.run();
            tally.add(outcome);
            if (!outcome.isRight()) {
                out.printf("trial %d: %s, %s%n", number, outcome.verdict().text(), outcome.text());
                out.printf(
                        "  again: blockcopy-sim %s%s --seed %d --first %d --trials 1%n", words, only(), seed, number);
                out.flush();
            }
            trial.clear();
            Files.delete(place);
        }
        out.println(tally.text(seed));
        return tally.allRight();
    }

    /** Puts the sum on a page. */
    public void record(ResultsPage page) throws IOException {
        page.put(words + only() + " --seed " + seed, tally);
    }

    private String only() {
        return dialects.size() == 1 ? " --dialect " + dialects.get(0).wire() : "";
    }

    Tally tally() {
        return tally;
    }
}
