package dev.blockcopy.simulator;

import dev.blockcopy.engine.CopyJob;
import dev.blockcopy.engine.CopySpec;
import dev.blockcopy.engine.JournalLine;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.qmp.BlockDeviceInfo;
import dev.blockcopy.model.qmp.JobInfo;
import dev.blockcopy.model.qmp.QmpCommand;
import dev.blockcopy.model.qmp.RunState;
import dev.blockcopy.simulator.live.Deadline;
import dev.blockcopy.simulator.live.DiskCheck;
import dev.blockcopy.simulator.live.EngineProcess;
import dev.blockcopy.simulator.live.NotInTimeException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The main job, told and verified: a disk with a writing guest is copied, QEMU refuses the first pivot, the engine is
 * killed in the middle of the second, another engine recovers, and every block of the guest's disk is compared.
 *
 * <p>The instant of the kill is not left to chance: the fake switches the disk and holds back every line that would tell
 * the engine so. The onlooker on the other monitor hears of it, and then the engine is killed: after the guest was paused
 * and its disk switched, before any of that could be written down.
 */
final class Story {
    private static final List<String> FAULTS = List.of(
            "on=command,name=job-complete,do=error,desc=Injected: not this time",
            "on=command,name=job-complete,nth=2,do=delay,millis=600000");
    private static final int FURTHER_WRITES = 100;
    private static final int REFUSED_EXIT = 4;
    private static final int WIDTH = 110;

    private final StoryPlan plan;
    private final PrintWriter out;
    private final Claims claims = new Claims();
    private final List<String> left = new ArrayList<>();
    private final Deadline deadline;
    private long begunNanos;
    private Instant killedAt = Instant.MAX;

    Story(StoryPlan plan, PrintWriter out) {
        this.plan = plan;
        this.out = out;
        this.deadline = Deadline.in(plan.limit());
    }

    /** Tells it; true if everything that is claimed on the way was verified. */
    boolean tell() throws IOException, InterruptedException, NotInTimeException {
        try (Stage stage = Stage.set(plan, deadline, FAULTS)) {
            begunNanos = System.nanoTime();
            say(
                    "A guest writes to source.raw (%d MiB, seed %d): %d records a second, numbered and acknowledged.",
                    plan.sizeBytes() >> 20, plan.seed(), plan.writesPerSecond());
            refuseFirstPivot(stage);
            killInSecondPivot(stage);
            recover(stage);
            letGuestWriteOn(stage);
            lookForLeftovers(stage);
            stage.qemu().close();
            compare(stage);
        }
        return conclude();
    }

    private void refuseFirstPivot(Stage stage) throws IOException, InterruptedException, NotInTimeException {
        List<String> words = new ArrayList<>(List.of("copy", "--pivot", "--format", "raw"));
        words.addAll(List.of("--qmp", stage.monitor().toString(), "--disk", Stage.DRIVE));
        words.addAll(List.of("--dest", stage.destination().toString()));
        words.addAll(plan.copyOptions());
        EngineProcess engine = start(stage, "copy", EngineProcess.BLOCKCOPY, words);
        say(
                "Process %d, \"blockcopy copy --pivot\", copies it to destination.raw while the guest writes on.",
                engine.pid());
        stage.onlooker().await(engine, "JOB_STATUS_CHANGE", "status", "ready");
        say("QEMU calls the job ready. The guest is paused, the pivot told, and QEMU refuses it: injected failure.");
        int code = engine.exitCode(deadline);
        claims.that(
                code == REFUSED_EXIT,
                "a refused pivot ends the command with 4, it was " + code + ": " + engine.output());
        CopyJob job = stage.job();
        claims.that(job.phase() == JobState.MIRRORING, "a refused job goes on mirroring, it is " + job.phase());
        claims.that(stage.qemu().state().run() == RunState.RUNNING, "a guest whose pivot was refused runs on");
        say("The guest runs on, on the source, and the job goes on %s.", job.phase());
    }

    private void killInSecondPivot(Stage stage) throws IOException, InterruptedException, NotInTimeException {
        EngineProcess engine = start(
                stage,
                "pivot",
                EngineProcess.BLOCKCOPY,
                List.of("pivot", stage.job().id()));
        say(
                "Process %d, \"blockcopy pivot\", tries again. The guest is paused, and this time QEMU switches ...",
                engine.pid());
        stage.onlooker().await(engine, "JOB_STATUS_CHANGE", "status", "concluded");
        killedAt = Instant.now();
        engine.kill();
        CopyJob job = stage.job();
        claims.that(job.phase() == JobState.PIVOTING, "killed in mid-pivot, the journal says PIVOTING: " + job.phase());
        claims.that(
                stage.qemu().state().run() == RunState.PAUSED,
                "a sealed pivot has the guest paused: " + stage.qemu().state().run());
        say(
                "... and before the engine hears of it, it is killed: SIGKILL. Nobody knows now that the disk is %s.",
                nameOf(stage.imageInUse()));
        say(
                "The store says %s, the guest is %s, QEMU waits.",
                job.phase(), stage.qemu().state().run().wire());
    }

    private void recover(Stage stage) throws IOException, InterruptedException, NotInTimeException {
        int before = stage.qemu().guest().acknowledged().size();
        EngineProcess engine = start(stage, "recover", plan.recoverer(), List.of("recover"));
        say(
                "Process %d, \"blockcopy recover\", sees that the owner of the job is gone, takes over, and looks:",
                engine.pid());
        int code = engine.exitCode(deadline);
        claims.that(code == 0, "recovery ends with 0, it was " + code + ": " + engine.output());
        CopyJob job = stage.job();
        claims.that(job.phase() == JobState.PIVOTED, "the recovered job is PIVOTED, it is " + job.phase());
        claims.that(
                stage.acknowledgedAtCont() == before,
                "nothing is acknowledged between the switch and its durable outcome, but "
                        + (stage.acknowledgedAtCont() - before) + " writes were");
        say(
                "first the jobs, then the graph: %s. Written down first, then the guest is let go.",
                job.phase().meaning());
    }

    private void letGuestWriteOn(Stage stage) throws InterruptedException, NotInTimeException {
        int wanted = stage.qemu().guest().acknowledged().size() + FURTHER_WRITES;
        String what = FURTHER_WRITES + " further writes of the guest";
        if (!stage.qemu().guest().awaitAcknowledged(wanted, deadline.left(what))) {
            throw new NotInTimeException(what);
        }
        say("The guest writes on: %d records more. Then QEMU is stopped, and everything is compared.", FURTHER_WRITES);
    }

    private void lookForLeftovers(Stage stage) throws IOException, NotInTimeException {
        CopySpec spec = stage.job().spec();
        JobInfo.listFrom(stage.onlooker().ask(new QmpCommand.QueryJobs())).forEach(job -> left.add("job " + job.id()));
        BlockDeviceInfo.listFrom(stage.onlooker().ask(new QmpCommand.QueryNamedBlockNodes(true))).stream()
                .map(BlockDeviceInfo::nodeName)
                .filter(node -> !node.equals(spec.nodeName()) && !node.equals(spec.fileNodeName()))
                .forEach(node -> left.add("node " + node));
        stage.files().stream().filter(name -> name.contains(spec.nonce())).forEach(name -> left.add("file " + name));
        left.addAll(stage.job().findings().leftOver());
        claims.that(left.isEmpty(), "nothing of ours is left in QEMU, and no file: " + left);
        List<String> struck = stage.qemu().journal().faults();
        claims.that(struck.equals(FAULTS), "all that was to go wrong went wrong: " + struck);
    }

    private void compare(Stage stage) throws IOException {
        CopyJob job = stage.job();
        Path truth = stage.imageInUse();
        Optional<Path> named = imageNamedBy(job, stage);
        List<Double> pauses = Pauses.millis(stage.qemu().journal().entries());
        double told = job.findings().pauseNanos() / 1e6;
        claims.that(
                !pauses.isEmpty() && told >= pauses.get(pauses.size() - 1),
                "the result tells of the whole pause, " + text(pauses) + ": " + text(List.of(told)));
        claims.that(
                named.equals(Optional.of(truth)),
                "the engine names the guest's disk, " + nameOf(truth) + ": "
                        + named.map(Story::nameOf).orElse("none"));
        DiskCheck disk = DiskCheck.of(
                named.orElse(stage.source()), stage.disk(), stage.qemu().guest().acknowledged());
        claims.that(disk.lost().isEmpty(), disk.lost().size() + " acknowledged records are lost");
        claims.that(disk.damaged().isEmpty(), "blocks are damaged that nobody wrote to: " + disk.damaged());
        Path other = truth.equals(stage.source()) ? stage.destination() : stage.source();
        DiskCheck stale = DiskCheck.of(other, stage.disk(), stage.qemu().guest().acknowledged());
        tellNumbers(stage, job, disk, nameOf(other) + " lacks " + stale.lost().size() + " of them");
    }

    private static Optional<Path> imageNamedBy(CopyJob job, Stage stage) {
        return switch (job.phase()) {
            case PIVOTED -> Optional.of(stage.destination());
            case CANCELLED, FAILED, HOSED -> Optional.of(stage.source());
            default -> Optional.empty();
        };
    }

    private void tellNumbers(Stage stage, CopyJob job, DiskCheck disk, String stale) {
        out.println();
        block("States", path(stage.way(job.id())));
        block(
                "Guest",
                "%d records acknowledged, %d lost; paused %s",
                stage.qemu().guest().acknowledged().size(),
                disk.lost().size(),
                text(Pauses.millis(stage.qemu().journal().entries())));
        block(
                "Disk",
                "%s, %d blocks: %d hold the guest's last record, %d what was there before",
                nameOf(stage.imageInUse()),
                disk.blocks(),
                disk.records(),
                disk.untouched());
        block("Other", "%s: had it been taken for the disk, they would be lost", stale);
        block("Left", left.isEmpty() ? "no job, no node but the disk's, no file but the two images" : left.toString());
    }

    /** The way of the job, and where the engine was killed on it. */
    private String path(List<JournalLine> way) {
        StringBuilder text = new StringBuilder();
        String last = "";
        boolean isKillTold = false;
        for (JournalLine line : way) {
            if (!isKillTold && line.at().isAfter(killedAt)) {
                text.append(" > (killed)");
                isKillTold = true;
            }
            if (!line.to().equals(last)) {
                text.append(last.isEmpty() ? "" : " > ").append(line.to());
                last = line.to();
            }
        }
        return text.toString();
    }

    private static String text(List<Double> pauses) {
        return String.join(
                " and ",
                pauses.stream()
                        .map(millis -> String.format(Locale.ROOT, "%.1f ms", millis))
                        .toList());
    }

    private boolean conclude() {
        out.println();
        if (claims.hold()) {
            line("All %d claims hold.", claims.made());
        } else {
            line("%d of %d claims do not hold:", claims.broken().size(), claims.made());
            claims.broken().forEach(broken -> line("  %s", broken));
        }
        return claims.hold();
    }

    private EngineProcess start(Stage stage, String name, String mainClass, List<String> words) throws IOException {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of("--store", stage.store().toString()));
        return EngineProcess.start(plan.dir().resolve(name + ".log"), mainClass, all);
    }

    private static String nameOf(Path path) {
        return String.valueOf(path.getFileName());
    }

    private void say(String format, Object... args) {
        double seconds = (System.nanoTime() - begunNanos) / 1e9;
        out.printf(Locale.ROOT, "%5.1f s  %s%n", seconds, String.format(Locale.ROOT, format, args));
        out.flush();
    }

    /** A paragraph under a name, broken at blanks. */
    private void block(String name, String format, Object... args) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-7s", name));
        for (String word : String.format(Locale.ROOT, format, args).split(" ")) {
            if (line.length() + word.length() >= WIDTH) {
                out.println(line);
                line = new StringBuilder(" ".repeat(7));
            }
            line.append(' ').append(word);
        }
        out.println(line);
    }

    private void line(String format, Object... args) {
        out.printf(Locale.ROOT, format + "%n", args);
        out.flush();
    }
}
