package dev.blockcopy.simulator.campaign;

import dev.blockcopy.engine.Authority;
import dev.blockcopy.engine.CopyJobs;
import dev.blockcopy.engine.CopyRefusedException;
import dev.blockcopy.engine.CopyRequest;
import dev.blockcopy.engine.CopyRequestBuilder;
import dev.blockcopy.engine.JobReport;
import dev.blockcopy.engine.image.ImageFormat;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.Facts.Wish;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.qmp.RunState;
import dev.blockcopy.qemufake.Dialect;
import dev.blockcopy.qemufake.server.FakeQemu;
import dev.blockcopy.qemufake.server.GuestRecord;
import dev.blockcopy.simulator.live.NotInTimeException;
import dev.blockcopy.simulator.live.SeededDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** One copy on a fake QEMU, struck up to three times at instants that its seed tells, and what the last engine makes of it. */
final class CrashTrial {
    private static final String DRIVE = "drive0";
    private static final int DISK_BYTES = 256 << 10;
    private static final int WRITES_PER_SECOND = 100;
    private static final int CRASHES_MAX = 3;
    private static final int WRITES_AFTER = 3;
    private static final Duration SOON = Duration.ofMinutes(5);

    private final ProcessStriker striker;
    private final boolean isSealed;
    private final int number;
    private final Path dir;
    private final SplittableRandom random;
    private final Scenery scenery;
    private final List<String> struck = new ArrayList<>();
    private int kills;

    /**
     * Nothing is started yet.
     *
     * @param isSealed whether the guest is paused around a pivot
     * @param dir a folder of its own, there and empty
     */
    CrashTrial(ProcessStriker striker, List<Dialect> dialects, boolean isSealed, long seed, int number, Path dir) {
        this.striker = striker;
        this.isSealed = isSealed;
        this.number = number;
        this.dir = dir;
        this.random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number);
        this.scenery = Scenery.of(dialects, random);
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

    Outcome run() throws IOException, InterruptedException, CopyRefusedException, NotInTimeException {
        new SeededDisk(number, DISK_BYTES).writeTo(source());
        FakeQemu qemu = scenery.in(FakeQemu.builder())
                .drive(DRIVE, source())
                .guest(WRITES_PER_SECOND)
                .seed(number)
                .start(monitor());
        try {
            int crashes = random.nextInt(1, CRASHES_MAX + 1);
            CopyRequest request = request();
            for (int i = 0; i < crashes && qemu.isServing(); i++) {
                note(striker.strike(request, scenery, random, qemu::kill));
            }
            kills += qemu.isServing() ? 0 : 1;
            return judge(qemu);
        } finally {
            qemu.kill();
        }
    }

    private void note(ProcessStriker.Strike strike) {
        kills += strike.engineDied() ? 1 : 0;
        if (!strike.where().isEmpty()) {
            struck.add(strike.where());
        }
    }

    private CopyRequest request() {
        CopyRequestBuilder request = CopyRequest.of(monitor(), DRIVE, destination(), ImageFormat.RAW)
                .wish(random.nextInt(4) == 0 ? Wish.FINISH : Wish.PIVOT);
        return isSealed ? request.build() : request.withoutPause().build();
    }

    /** It moves no more by itself: it has ended, only a person can help, or its pivot was refused and it mirrors on. */
    static boolean isAtRest(JobReport report) {
        return report.isSettled()
                || report.state() == JobState.MIRRORING && report.job().facts().get(Facts.WISH) == Wish.STAY;
    }

    private Outcome judge(FakeQemu qemu) throws CopyRefusedException, InterruptedException, IOException {
        JobReport job;
        Authority authority;
        try (CopyJobs engine = striker.survivor()) {
            if (engine.list().isEmpty()) {
                return outcome(Verdict.RIGHT, 0, "no job was begun");
            }
            String id = engine.list().get(0).id();
            engine.takeOver();
            job = engine.await(id, CrashTrial::isAtRest, SOON);
            authority = engine.authority(monitor(), DRIVE);
        }
        String text = "job " + job.phase() + ", named " + authority.verdict();
        if (isDoubtAllowed(job, qemu)) {
            return outcome(Verdict.DOUBT, 0, text);
        }
        boolean isDone = job.hasEnded() || isAtRest(job) && qemu.isServing();
        if (!isDone || authority.verdict() == Authority.Verdict.UNKNOWN) {
            return outcome(Verdict.BLIND, 0, text + ", " + authority.evidence());
        }
        return compare(qemu, job, Path.of(authority.image()), text);
    }

    /** Without a pause and without a witness, nobody knows which image a dead QEMU wrote to last. */
    private boolean isDoubtAllowed(JobReport job, FakeQemu qemu) {
        return !isSealed
                && !scenery.isReopening()
                && !qemu.isServing()
                && job.phase() == JobState.IN_DOUBT
                && Files.exists(source())
                && Files.exists(destination());
    }

    private Outcome compare(FakeQemu qemu, JobReport job, Path named, String text)
            throws IOException, InterruptedException {
        boolean lives = qemu.isServing();
        boolean isHosed = job.phase() == JobState.HOSED;
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
        if (lives && !isSo(job.phase(), truth, named)) {
            return outcome(Verdict.WRONG, 0, text + ", and QEMU is on '" + truth.getFileName() + "'");
        }
        if (job.hasEnded() && !isHosed && !witnesses().isEmpty()) {
            return outcome(Verdict.UNTIDY, 0, text + ", and left are " + witnesses());
        }
        return lives && isPaused != (isHosed && isSealed)
                ? outcome(Verdict.UNTIDY, 0, text + (isPaused ? ", and the guest is paused" : ", and the guest runs"))
                : outcome(Verdict.RIGHT, 0, text);
    }

    /** Whether QEMU is where job and answer say; a hosed guest has no disk, and the source holds all that was on it. */
    private boolean isSo(JobState phase, Path truth, Path named) {
        return phase == JobState.HOSED
                ? truth.toString().isEmpty() && named.equals(source())
                : truth.equals(named) && truth.equals(destination()) == (phase == JobState.PIVOTED);
    }

    private Outcome outcome(Verdict verdict, int lost, String text) {
        String where = struck.isEmpty() ? "" : struck.get(struck.size() - 1);
        return new Outcome(number, where, kills, verdict, lost, scenery + ", struck " + struck + ": " + text);
    }

    private List<Path> witnesses() throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return files.filter(file -> file.getFileName().toString().contains("-witness-"))
                    .toList();
        }
    }

    /** Removes its files. */
    void clear() throws IOException {
        for (Path file : List.of(source(), destination(), monitor())) {
            Files.deleteIfExists(file);
        }
        for (Path witness : witnesses()) {
            Files.delete(witness);
        }
        striker.clear();
    }
}
