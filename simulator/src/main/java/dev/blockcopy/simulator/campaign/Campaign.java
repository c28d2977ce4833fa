package dev.blockcopy.simulator.campaign;

import dev.blockcopy.engine.CopyRefusedException;
import dev.blockcopy.simulator.live.NotInTimeException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Many trials, several guests at a time, and their sum. */
public final class Campaign {
    private static final int LEAVE_SECONDS_MAX = 30;
    private final CampaignPlan plan;
    private final CampaignPlan.Cast cast;
    private final SavedGuest guest;
    private final PrintWriter out;
    private final Tally tally = new Tally();
    private final AtomicInteger next;

    Campaign(CampaignPlan plan, CampaignPlan.Cast cast, SavedGuest guest, PrintWriter out) {
        this.plan = plan;
        this.cast = cast;
        this.guest = guest;
        this.out = out;
        this.next = new AtomicInteger(plan.first());
    }

    /** A campaign against the engine as it ships. */
    public Campaign(CampaignPlan plan, SavedGuest guest, PrintWriter out) {
        this(plan, plan.standardCast(), guest, out);
    }

    /** Goes through all trials, tells of each that fails and of the sum; true if none failed. */
    public boolean run() throws IOException, InterruptedException, NotInTimeException, CopyRefusedException {
        ExecutorService workers = Executors.newFixedThreadPool(plan.guests());
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < plan.guests(); i++) {
                Path dir = Files.createDirectories(plan.dir().resolve("guest-" + i));
                all.add(workers.submit(() -> {
                    work(new Stand(guest, dir));
                    return null;
                }));
            }
            for (Future<?> worker : all) {
                await(worker);
            }
        } finally {
            workers.shutdownNow();
            workers.awaitTermination(LEAVE_SECONDS_MAX, TimeUnit.SECONDS); // each takes its guest along
        }
        out.println(tally.text(plan.seed()));
        return tally.allRight();
    }

    /** Puts the sum on a page. */
    public void record(ResultsPage page) throws IOException {
        page.put(plan.words(), tally);
    }

    Tally tally() {
        return tally;
    }

    private static void await(Future<?> worker)
            throws IOException, InterruptedException, NotInTimeException, CopyRefusedException {
        try {
            worker.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failed) {
                throw failed;
            }
            if (e.getCause() instanceof NotInTimeException late) {
                throw late;
            }
            if (e.getCause() instanceof CopyRefusedException refused) {
                throw refused;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private void work(Stand stand) throws IOException, InterruptedException, NotInTimeException, CopyRefusedException {
        try (stand) {
            int trial = next.getAndIncrement();
            while (trial < plan.first() + plan.trials()) {
                Outcome outcome = new Trial(plan, cast, trial, stand, guest.start()).run();
                note(outcome, stand);
                trial = next.getAndIncrement();
            }
        }
    }

    private synchronized void note(Outcome outcome, Stand stand) throws IOException {
        tally.add(outcome);
        if (!outcome.isRight()) {
            Path kept = stand.keep("trial-" + outcome.trial());
            out.printf(
                    "trial %d: %s, struck in %s%n",
                    outcome.trial(), outcome.verdict().text(), outcome.struck());
            out.printf("  %s%n  kept in %s; again: %s%n", outcome.text(), kept, plan.commandOf(outcome.trial()));
            out.flush();
        }
    }
}
