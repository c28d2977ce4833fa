package dev.blockcopy.simulator.campaign;

import dev.blockcopy.engine.Authority;
import dev.blockcopy.engine.CopyJobs;
import dev.blockcopy.engine.CopyRefusedException;
import dev.blockcopy.engine.CopyRequest;
import dev.blockcopy.engine.JobExecutor;
import dev.blockcopy.engine.JobReport;
import dev.blockcopy.engine.JobStore;
import dev.blockcopy.engine.image.ImageFormat;
import dev.blockcopy.model.lifecycle.Facts.Wish;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.qmp.RunState;
import dev.blockcopy.qemufake.server.FakeQemu;
import dev.blockcopy.qemufake.server.GuestRecord;
import dev.blockcopy.simulator.live.SeededDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** One copy on a fake QEMU, struck up to three times at instants that its seed tells, and what the last engine makes of it. */
final class CrashTrial {
    private static final String DRIVE = "drive0";
    private static final int DISK_BYTES = 256 << 10;
    private static final int WRITES_PER_SECOND = 500;
    private static final int INSTANTS = 50;
    private static final int CRASHES_MAX = 3;
    private static final int WRITES_AFTER = 3;
    private static final Duration SOON = Duration.ofSeconds(60);

    /**
     * What the engines are made of; those of a test may have a bug.
     *
     * @param table decides
     * @param bug what becomes of the store of an engine that is struck
     */
    record Make(Supplier<JobExecutor> table, UnaryOperator<JobStore> bug) {}

    private final Make make;
    private final int number;
    private final Path dir;
    private final SplittableRandom random;
    private final MemoryStore store = new MemoryStore();
    private final List<String> struck = new ArrayList<>();
    private boolean lives = true;

    /**
     * Nothing is started yet.
     *
     * @param dir a folder of its own, there and empty
     */
    CrashTrial(Make make, long seed, int number, Path dir) {
        this.make = make;
        this.number = number;
        this.dir = dir;
        this.random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number);
    }

    private Path source() {
        return dir.resolve("source.raw");
    }

    private Path destination() {
        return dir.resolve("destination.raw");
    }

    private Path monitor() {
        return dir.resolve("qmp");
    }

    Outcome run() throws IOException, InterruptedException, CopyRefusedException {
        new SeededDisk(number, DISK_BYTES).writeTo(source());
        FakeQemu qemu = FakeQemu.builder()
                .drive(DRIVE, source())
                .guest(WRITES_PER_SECOND)
                .seed(number)
                .start(monitor());
        try {
            int crashes = random.nextInt(1, CRASHES_MAX + 1);
            for (int i = 0; i < crashes && lives; i++) {
                strike(qemu);
            }
            return judge(qemu);
        } finally {
            qemu.kill();
        }
    }

    /** An engine begins the copy, or takes it over, and is struck. */
    private void strike(FakeQemu qemu) throws CopyRefusedException, InterruptedException {
        MortalEngine.Deed[] deeds = MortalEngine.Deed.values();
        MortalEngine.Deed deed = deeds[random.nextInt(deeds.length)];
        MortalEngine mortal = new MortalEngine(random.nextInt(1, INSTANTS), deed, qemu::kill);
        try (CopyJobs engine = mortal.over(store, make.table().get(), make.bug())) {
            if (engine.list().isEmpty()) {
                begin(engine);
            } else {
                engine.takeOver();
            }
            engine.await(engine.list().get(0).id(), JobReport::isSettled, SOON);
        } catch (MortalEngine.Dead dead) {
            // As it was to be.
        } catch (CopyRefusedException e) {
            struck.add("refused: " + e.getMessage());
        }
        if (!mortal.struck().isEmpty()) {
            struck.add(mortal.struck());
            lives = deed == MortalEngine.Deed.DIE;
        }
    }

    private void begin(CopyJobs engine) throws CopyRefusedException, InterruptedException {
        engine.start(CopyRequest.of(monitor(), DRIVE, destination(), ImageFormat.RAW)
                .wish(random.nextInt(4) == 0 ? Wish.FINISH : Wish.PIVOT)
                .build());
    }

    private Outcome judge(FakeQemu qemu) throws CopyRefusedException, InterruptedException, IOException {
        if (store.list().isEmpty()) {
            return outcome(Verdict.RIGHT, 0, "no job was begun");
        }
        JobReport job;
        Authority authority;
        try (CopyJobs engine = new CopyJobs(store, List.of(), make.table())) {
            String id = engine.list().get(0).id();
            engine.takeOver();
            job = engine.await(id, JobReport::isSettled, SOON);
            authority = engine.authority(monitor(), DRIVE);
        }
        String text = "job " + job.phase() + ", named " + authority.verdict();
        if (!job.hasEnded() || authority.verdict() == Authority.Verdict.UNKNOWN) {
            return outcome(Verdict.BLIND, 0, text + ", " + authority.evidence());
        }
        return compare(qemu, job, Path.of(authority.image()), text);
    }

    private Outcome compare(FakeQemu qemu, JobReport job, Path named, String text)
            throws IOException, InterruptedException {
        Path truth = Path.of(qemu.state().fileInUse(DRIVE).orElse(""));
        boolean isPaused = qemu.state().run() != RunState.RUNNING;
        if (lives && !isPaused) {
            int enough = qemu.guest().acknowledged().size() + WRITES_AFTER;
            qemu.guest().awaitAcknowledged(enough, SOON);
        }
        qemu.kill();
        List<GuestRecord> lost = qemu.guest().lackingIn(named);
        if (!lost.isEmpty()) {
            return outcome(Verdict.LOST, lost.size(), text + ", " + lost.size() + " acknowledged writes lost");
        }
        if (lives && (!truth.equals(named) || truth.equals(destination()) != (job.phase() == JobState.PIVOTED))) {
            return outcome(Verdict.WRONG, 0, text + ", and QEMU is on " + truth.getFileName());
        }
        return lives && isPaused
                ? outcome(Verdict.UNTIDY, 0, text + ", and the guest is paused")
                : outcome(Verdict.RIGHT, 0, text);
    }

    private Outcome outcome(Verdict verdict, int lost, String text) {
        String where = struck.isEmpty() ? "" : struck.get(struck.size() - 1);
        return new Outcome(number, where, verdict, lost, "struck " + struck + ": " + text);
    }

    /** Removes its files. */
    void clear() throws IOException {
        for (Path file : List.of(source(), destination(), monitor())) {
            Files.deleteIfExists(file);
        }
    }
}
