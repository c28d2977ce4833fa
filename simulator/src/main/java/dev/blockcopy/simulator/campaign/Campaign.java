package dev.blockcopy.simulator.campaign;

import dev.blockcopy.engine.CopyRefusedException;
import dev.blockcopy.simulator.live.Deadline;
import dev.blockcopy.simulator.live.NotInTimeException;
import dev.blockcopy.simulator.live.Onlooker;
import dev.blockcopy.simulator.live.SeededDisk;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Many trials, several guests at a time, and their sum. */
public final class Campaign {
    private static final Duration BOOT = Duration.ofMinutes(10);
    private static final long DISK_BYTES = 4 << 20;

    private final CampaignPlan plan;
    private final CampaignPlan.Cast cast;
    private final GuestKit kit;
    private final PrintWriter out;
    private final Tally tally = new Tally();
    private final AtomicInteger next;

    Campaign(CampaignPlan plan, CampaignPlan.Cast cast, GuestKit kit, PrintWriter out) {
        this.plan = plan;
        this.cast = cast;
        this.kit = kit;
        this.out = out;
        this.next = new AtomicInteger(plan.first());
    }

    /** A campaign against the engine as it ships. */
    public Campaign(CampaignPlan plan, GuestKit kit, PrintWriter out) {
        this(plan, plan.standardCast(), kit, out);
    }

    /** Goes through all trials, tells of each that fails and of the sum; true if none failed. */
    public boolean run() throws IOException, InterruptedException, NotInTimeException, CopyRefusedException {
        SeededDisk disk = new SeededDisk(plan.seed(), DISK_BYTES);
        Path saved = plan.dir().resolve("saved-guest");
        QuickStart start = saveGuest(disk, saved);
        ExecutorService workers = Executors.newFixedThreadPool(plan.guests());
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < plan.guests(); i++) {
                Path dir = Files.createDirectories(plan.dir().resolve("guest-" + i));
                all.add(workers.submit(() -> {
                    work(new Stand(kit, saved, dir, disk), start);
                    return null;
                }));
            }
            for (Future<?> worker : all) {
                await(worker);
            }
        } finally {
            workers.shutdownNow();
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

    /** Boots a guest once and saves it, so that all others begin in the middle of their writing. */
    private QuickStart saveGuest(SeededDisk disk, Path saved)
            throws IOException, InterruptedException, NotInTimeException {
        Path dir = Files.createDirectories(plan.dir().resolve("boot"));
        Path image = dir.resolve("disk.raw");
        Files.deleteIfExists(image);
        disk.writeTo(image);
        Deadline deadline = Deadline.in(BOOT);
        try (WritingQemu qemu = WritingQemu.booting(kit, dir, image)) {
            qemu.awaitWrites(2, deadline);
            try (Onlooker onlooker = qemu.onlooker(deadline)) {
                WritingQemu.save(onlooker, saved, deadline);
            }
            return QuickStart.rehearsed(dir, qemu.monitor(), WritingQemu.DRIVE, deadline);
        }
    }

    private void work(Stand stand, QuickStart start)
            throws IOException, InterruptedException, NotInTimeException, CopyRefusedException {
        try (stand) {
            int trial = next.getAndIncrement();
            while (trial < plan.first() + plan.trials()) {
                Outcome outcome = new Trial(plan, cast, trial, stand, start).run();
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
