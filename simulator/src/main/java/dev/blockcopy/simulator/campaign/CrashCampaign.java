package dev.blockcopy.simulator.campaign;

import dev.blockcopy.engine.CopyJobs;
import dev.blockcopy.engine.CopyRefusedException;
import dev.blockcopy.engine.standard.StandardEngine;
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

/** Many copies by processes of {@code blockcopy} on fake QEMUs, which kill themselves at boundaries between two effects. */
public final class CrashCampaign {
    private static final int REHEARSED_BYTES = 256 << 10;
    private static final Duration REHEARSAL_MAX = Duration.ofMinutes(1);

    private final QuickStart start;
    private final Function<Path, CopyJobs> survivor;
    private final List<Dialect> dialects;
    private final boolean isSealed;
    private final long seed;
    private final PrintWriter out;
    private final Tally tally = new Tally();

    private CrashCampaign(
            QuickStart start,
            Function<Path, CopyJobs> survivor,
            List<Dialect> dialects,
            boolean isSealed,
            long seed,
            PrintWriter out) {
        this.start = start;
        this.survivor = survivor;
        this.isSealed = isSealed;
        this.dialects = List.copyOf(dialects);
        this.seed = seed;
        this.out = out;
    }

    /**
     * Nobody is struck yet.
     *
     * @param dir for what all processes share, there
     * @param isSealed whether the guest is paused around a pivot
     */
    public static CrashCampaign of(Path dir, List<Dialect> dialects, boolean isSealed, long seed, PrintWriter out)
            throws IOException, InterruptedException, NotInTimeException {
        return new CrashCampaign(quickStart(dir), StandardEngine::open, dialects, isSealed, seed, out);
    }

    /** The same, but that another engine takes over at last; in a test it has a bug. */
    CrashCampaign survivedBy(Function<Path, CopyJobs> other) {
        return new CrashCampaign(start, other, dialects, isSealed, seed, out);
    }

    Tally tally() {
        return tally;
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
            CrashTrial trial = new CrashTrial(
                    new ProcessStriker(start, survivor, isSealed, place), dialects, isSealed, seed, number, place);
            Outcome outcome = trial.run();
            tally.add(outcome);
            if (!outcome.isRight()) {
                out.printf("trial %d: %s, %s%n", number, outcome.verdict().text(), outcome.text());
                out.printf("  again: blockcopy-sim %s --seed %d --first %d --trials 1%n", words(), seed, number);
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
        page.put(words() + " --seed " + seed, tally);
    }

    private String words() {
        return "crashes --processes" + (isSealed ? "" : " --no-pause")
                + (dialects.size() == 1 ? " --dialect " + dialects.get(0).wire() : "");
    }
}
