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

/** One copy that is struck, what another engine makes of it, and whether that is true. */
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
    private EngineProcess engine;
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
            Path before = WritingQemu.imageInUse(onlooker);
            boolean struck = copyAndStrike(qemu, onlooker);
            String phase = struck ? phase() : "";
            Recovery.Found found = cast.recovery().recover(store(), qemu.monitor(), WritingQemu.DRIVE);
            if (plan.victim() == Victim.STOPPED) {
                engine.exitCode(deadline);
            }
            return plan.victim().includesQemu()
                    ? judgeTheDead(found, phase, before)
                    : judgeTheLiving(found, phase, onlooker, before);
        } finally {
            if (engine != null && engine.isAlive()) {
                engine.kill();
            }
        }
    }

    private Path store() {
        return stand.file("jobs-" + number + ".db");
    }

    private Path destination() {
        return stand.file("disk-" + number + ".raw");
    }

    /** True if the copy was still under way when it was struck. */
    private boolean copyAndStrike(WritingQemu qemu, Onlooker onlooker)
            throws IOException, InterruptedException, NotInTimeException {
        List<String> words =
                new ArrayList<>(cast.struck().subList(1, cast.struck().size()));
        words.addAll(List.of("copy", plan.end().option(), "--format", "raw"));
        words.addAll(List.of("--qmp", qemu.monitor().toString(), "--disk", WritingQemu.DRIVE));
        words.addAll(List.of("--dest", destination().toString(), "--store", store().toString()));
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

    /** Where the job stands as far as it is remembered. */
    private String phase() {
        try (JobStore opened = SqliteJobStore.open(store())) {
            return opened.list().stream()
                    .map(CopyJob::phase)
                    .map(JobState::name)
                    .findFirst()
                    .orElse("no job");
        }
    }

    private Outcome judgeTheDead(Recovery.Found found, String phase, Path before) throws IOException {
        if (found.job().isEmpty()) {
            stand.abandonQemu();
            return outcome(phase, Verdict.RIGHT, 0, "no job was begun");
        }
        Authority authority = found.authority();
        if (authority.verdict() == Authority.Verdict.UNKNOWN) {
            return unknown(found, phase, before);
        }
        DiskCheck check = stand.check(Path.of(authority.image()));
        String text = "QEMU dead, " + authority.verdict() + " named, " + described(check);
        if (!check.isWhole()) {
            return outcome(phase, Verdict.LOST, check.lost().size(), text);
        }
        stand.abandonQemu();
        return outcome(phase, Verdict.RIGHT, 0, text);
    }

    /** Without the pause a doubt is the price that was told. */
    private Outcome unknown(Recovery.Found found, String phase, Path before) throws IOException {
        String text = "QEMU dead, and unknown: " + found.authority().evidence();
        boolean oneIsWhole =
                stand.check(before).isWhole() || stand.check(destination()).isWhole();
        if (plan.around().isSealed() || plan.end() != End.PIVOT || !oneIsWhole) {
            return outcome(phase, Verdict.BLIND, 0, text);
        }
        stand.abandonQemu();
        return outcome(phase, Verdict.DOUBT, 0, text);
    }

    private Outcome judgeTheLiving(Recovery.Found found, String phase, Onlooker onlooker, Path before)
            throws IOException, NotInTimeException {
        Authority authority = found.authority();
        Path truth = WritingQemu.imageInUse(onlooker);
        String text = "QEMU on " + truth.getFileName() + ", named " + authority.verdict() + ", job "
                + found.job().map(job -> job.phase().name()).orElse("none");
        boolean ended = found.job().isEmpty() || found.job().get().hasEnded();
        if (authority.verdict() == Authority.Verdict.UNKNOWN || !ended) {
            return outcome(phase, Verdict.BLIND, 0, text + ", " + authority.evidence());
        }
        List<String> untidy = untidy(found, onlooker);
        if (untidy.isEmpty()) {
            stand.writing(deadline).awaitWrites(WRITES_AFTER, deadline);
        }
        onlooker.ask(new QmpCommand.Stop());
        DiskCheck check = stand.check(Path.of(authority.image()));
        onlooker.ask(new QmpCommand.Cont());
        text += ", " + described(check) + (untidy.isEmpty() ? "" : ", " + untidy);
        if (!check.isWhole()) {
            return outcome(phase, Verdict.LOST, check.lost().size(), text);
        }
        boolean endsOnDestination =
                found.job().filter(job -> job.phase() == JobState.PIVOTED).isPresent();
        if (!truth.equals(Path.of(authority.image())) || endsOnDestination != truth.equals(destination())) {
            return outcome(phase, Verdict.WRONG, 0, text);
        }
        if (untidy.isEmpty()) {
            forget(truth, before);
        }
        return outcome(phase, untidy.isEmpty() ? Verdict.RIGHT : Verdict.UNTIDY, 0, text);
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
    private void forget(Path truth, Path before) throws IOException {
        for (Path image : List.of(before, destination())) {
            if (!image.equals(truth)) {
                Files.deleteIfExists(image);
            }
        }
        for (String suffix : List.of("", "-wal", "-shm", "-journal")) {
            Files.deleteIfExists(Path.of(store() + suffix));
        }
        Files.deleteIfExists(stand.file("copy-" + number + ".log"));
    }

    private Outcome outcome(String phase, Verdict verdict, int lost, String text) {
        return new Outcome(number, phase, kills, verdict, lost, blow + ", " + text);
    }
}
