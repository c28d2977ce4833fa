package dev.blockcopy.simulator.campaign;

import dev.blockcopy.engine.Authority;
import dev.blockcopy.engine.CopyJob;
import dev.blockcopy.engine.CopyJobs;
import dev.blockcopy.engine.CopyRefusedException;
import dev.blockcopy.engine.JobReport;
import dev.blockcopy.engine.JobStore;
import dev.blockcopy.engine.store.SqliteJobStore;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.qmp.BlockDeviceInfo;
import dev.blockcopy.model.qmp.JobInfo;
import dev.blockcopy.model.qmp.QmpCommand;
import dev.blockcopy.model.qmp.RunState;
import dev.blockcopy.simulator.live.Deadline;
import dev.blockcopy.simulator.live.DiskCheck;
import dev.blockcopy.simulator.live.EngineProcess;
import dev.blockcopy.simulator.live.NotInTimeException;
import dev.blockcopy.simulator.live.Onlooker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One copy that is struck, or one of each disk at once, what another engine makes of it, and whether that is true. */
final class Trial {
    private static final Duration LIMIT = Duration.ofMinutes(15);
    private static final int WRITES_BEFORE = 50;
    private static final int WRITES_AFTER = 20;
    /** The exit code of a process that SIGKILL ended. */
    private static final int KILLED = 137;
    /** A suspended engine goes on up to two seconds after its lease has run out. */
    private static final int STOPPED_PER_DELAY = 6;

    private final CampaignPlan plan;
    private final CampaignPlan.Cast cast;
    private final int number;
    private final Stand stand;
    private final QuickStart start;
    private final Blow blow;
    private final Deadline deadline = Deadline.in(LIMIT);
    /** The image of each disk before. */
    private final List<Path> before = new ArrayList<>();

    private EngineProcess engine;
    private String phase = "";
    private int kills;

    Trial(CampaignPlan plan, CampaignPlan.Cast cast, int number, Stand stand, QuickStart start) {
        this.plan = plan;
        this.cast = cast;
        this.number = number;
        this.stand = stand;
        this.start = start;
        this.blow = cast.blows().of(number, new SplittableRandom(plan.seed() * 0x9E3779B97F4A7C15L + number));
    }

    /** Carries it out; the stand's QEMU is as the trial leaves it. */
    Outcome run() throws IOException, InterruptedException, NotInTimeException, CopyRefusedException {
        WritingQemu qemu = stand.writing(deadline);
        try (Onlooker onlooker = qemu.onlooker(deadline)) {
            qemu.awaitWrites(WRITES_BEFORE, deadline);
            for (int disk = 0; disk < plan.disks(); disk++) {
                before.add(WritingQemu.imageInUse(onlooker, disk));
            }
            boolean struck = copyAndStrike(qemu, onlooker);
            phase = struck ? phase() : "";
            List<String> drives = IntStream.range(0, plan.disks())
                    .mapToObj(WritingQemu::drive)
                    .toList();
            List<Recovery.Found> found = cast.recovery().recover(store(), qemu.monitor(), drives);
            if (plan.victim() == Victim.STOPPED) {
                engine.exitCode(deadline);
            }
            return judge(found, onlooker);
        } finally {
            if (engine != null && engine.isAlive()) {
                engine.kill();
            }
        }
    }

    private Path store() {
        return stand.file("jobs-" + number + ".db");
    }

    private Path destination(int disk) {
        return stand.file("copy-" + number + "-" + disk + ".raw");
    }

    /** True if the copy was still under way when it was struck. */
    private boolean copyAndStrike(WritingQemu qemu, Onlooker onlooker)
            throws IOException, InterruptedException, NotInTimeException {
        List<String> words =
                new ArrayList<>(cast.struck().subList(1, cast.struck().size()));
        words.addAll(List.of("copy", plan.end().option(), "--format", "raw"));
        words.addAll(List.of("--qmp", qemu.monitor().toString(), "--store", store().toString()));
        for (int disk = 0; disk < plan.disks(); disk++) {
            words.addAll(List.of("--disk", WritingQemu.drive(disk)));
            words.addAll(List.of("--dest", destination(disk).toString()));
        }
        if (plan.around() != Around.PAUSED) {
            words.add(plan.around().option());
        }
        Map<String, String> environment = new HashMap<>(start.environment());
        if (blow.isByFailPoint()) {
            environment.put("BLOCKCOPY_FAILPOINT", blow.failPoint());
        }
        engine = EngineProcess.start(
                stand.file("copy-" + number + ".log"), cast.struck().get(0), words, environment);
        boolean struck = blow.isByFailPoint() ? engine.exitCode(deadline) == KILLED : isStruck(onlooker);
        kills = (struck && plan.victim().includesEngine() ? 1 : 0)
                + (plan.victim().includesQemu() ? 1 : 0);
        if (plan.victim() == Victim.STOPPED) {
            engine.suspend();
            engine.resumeIn(CopyJobs.OWNER_SILENCE_MAX.plusMillis(blow.delayMicros() / STOPPED_PER_DELAY));
            return struck;
        }
        if (plan.victim().includesEngine()) {
            engine.kill();
        }
        if (plan.victim().includesQemu()) {
            qemu.kill();
        }
        if (!plan.victim().includesEngine()) {
            engine.exitCode(deadline);
        }
        return struck;
    }

    private boolean isStruck(Onlooker onlooker) throws IOException, InterruptedException, NotInTimeException {
        boolean seen = onlooker.awaitUnlessEnded(engine, blow.after());
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(blow.delayMicros()));
        return seen && engine.isAlive();
    }

    /** Where the jobs stand as far as is remembered. */
    private String phase() {
        try (JobStore opened = SqliteJobStore.open(store())) {
            List<CopyJob> jobs = opened.list();
            return jobs.isEmpty()
                    ? "no job"
                    : jobs.stream().map(job -> job.phase().name()).collect(Collectors.joining("+"));
        }
    }

    /** What is true of each disk; the worst is what came of it all. */
    private Outcome judge(List<Recovery.Found> found, Onlooker onlooker) throws IOException, NotInTimeException {
        List<Outcome> outcomes = new ArrayList<>();
        for (int disk = 0; disk < found.size(); disk++) {
            outcomes.add(
                    plan.victim().includesQemu()
                            ? judgeTheDead(found.get(disk), disk)
                            : judgeTheLiving(found.get(disk), disk, onlooker));
        }
        Outcome all = outcomes.stream().reduce(Outcome::and).orElseThrow();
        if (all.isRight() && plan.victim().includesQemu()) {
            stand.abandonQemu();
        } else if (all.isRight()) {
            forget(onlooker);
        }
        return all;
    }

    private Outcome judgeTheDead(Recovery.Found found, int disk) throws IOException {
        if (found.job().isEmpty()) {
            return outcome(Verdict.RIGHT, 0, "no job was begun");
        }
        Authority authority = found.authority();
        if (authority.verdict() == Authority.Verdict.UNKNOWN) {
            return unknown(found, disk);
        }
        DiskCheck check = stand.check(Path.of(authority.image()), disk);
        String text = "QEMU dead, " + authority.verdict() + " named, " + described(check);
        return outcome(
                check.isWhole() ? Verdict.RIGHT : Verdict.LOST, check.lost().size(), text);
    }

    /** Without the pause a doubt is the price that was told. */
    private Outcome unknown(Recovery.Found found, int disk) throws IOException {
        String text = "QEMU dead, and unknown: " + found.authority().evidence();
        boolean oneIsWhole = stand.check(before.get(disk), disk).isWhole()
                || stand.check(destination(disk), disk).isWhole();
        boolean isBlind = plan.around().isSealed() || plan.end() != End.PIVOT || !oneIsWhole;
        return outcome(isBlind ? Verdict.BLIND : Verdict.DOUBT, 0, text);
    }

    private Outcome judgeTheLiving(Recovery.Found found, int disk, Onlooker onlooker)
            throws IOException, NotInTimeException {
        Authority authority = found.authority();
        Path truth = WritingQemu.imageInUse(onlooker, disk);
        String text = "QEMU on " + truth.getFileName() + ", named " + authority.verdict() + ", job "
                + found.job().map(job -> job.phase().name()).orElse("none");
        boolean ended = found.job().isEmpty() || found.job().get().hasEnded();
        if (found.job().isPresent() && authority.verdict() == Authority.Verdict.UNKNOWN || !ended) {
            return outcome(Verdict.BLIND, 0, text + ", " + authority.evidence());
        }
        // Of no copy nothing is named, and the disk is where QEMU has it.
        Path named = found.job().isPresent() ? Path.of(authority.image()) : truth;
        List<String> untidy = untidy(found, onlooker);
        if (untidy.isEmpty()) {
            stand.writing(deadline).awaitWrites(WRITES_AFTER, deadline);
        }
        onlooker.ask(new QmpCommand.Stop());
        DiskCheck check = stand.check(named, disk);
        onlooker.ask(new QmpCommand.Cont());
        text += ", " + described(check) + (untidy.isEmpty() ? "" : ", " + untidy);
        if (!check.isWhole()) {
            return outcome(Verdict.LOST, check.lost().size(), text);
        }
        boolean endsOnDestination =
                found.job().filter(job -> job.phase() == JobState.PIVOTED).isPresent();
        if (!truth.equals(named) || endsOnDestination != truth.equals(destination(disk))) {
            return outcome(Verdict.WRONG, 0, text);
        }
        return outcome(untidy.isEmpty() ? Verdict.RIGHT : Verdict.UNTIDY, 0, text);
    }

    private static String described(DiskCheck check) {
        return check.records() + " blocks hold the last record, " + check.lost().size() + " lack it, "
                + check.damaged().size() + " damaged";
    }

    /** A guest that is not let go, and things of ours in QEMU. */
    private static List<String> untidy(Recovery.Found found, Onlooker onlooker) throws IOException, NotInTimeException {
        List<String> untidy = new ArrayList<>();
        RunState run = WritingQemu.runState(onlooker);
        if (run != RunState.RUNNING) {
            untidy.add("the guest is " + run);
        }
        JobInfo.listFrom(onlooker.ask(new QmpCommand.QueryJobs())).forEach(job -> untidy.add("job " + job.id()));
        String kept = found.job()
                .filter(job -> job.phase() == JobState.PIVOTED)
                .map(job -> job.job().spec().nodeName())
                .orElse("");
        String nonce =
                found.job().map(JobReport::job).map(job -> job.spec().nonce()).orElse("no nonce");
        BlockDeviceInfo.listFrom(onlooker.ask(new QmpCommand.QueryNamedBlockNodes(true))).stream()
                .map(BlockDeviceInfo::nodeName)
                .filter(node -> node.contains(nonce) && (kept.isEmpty() || !node.startsWith(kept)))
                .forEach(node -> untidy.add("node " + node));
        return untidy;
    }

    /** Removes what a trial that went well has left behind. */
    private void forget(Onlooker onlooker) throws IOException, NotInTimeException {
        for (int disk = 0; disk < plan.disks(); disk++) {
            Path truth = WritingQemu.imageInUse(onlooker, disk);
            for (Path image : List.of(before.get(disk), destination(disk))) {
                if (!image.equals(truth)) {
                    Files.deleteIfExists(image);
                }
            }
        }
        for (String suffix : List.of("", "-wal", "-shm", "-journal")) {
            Files.deleteIfExists(Path.of(store() + suffix));
        }
        Files.deleteIfExists(stand.file("copy-" + number + ".log"));
    }

    private Outcome outcome(Verdict verdict, int lost, String text) {
        return new Outcome(number, phase, kills, verdict, lost, blow + ", " + text);
    }
}
