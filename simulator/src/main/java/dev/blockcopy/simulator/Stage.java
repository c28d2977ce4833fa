package dev.blockcopy.simulator;

import dev.blockcopy.engine.CopyJob;
import dev.blockcopy.engine.JobStore;
import dev.blockcopy.engine.JournalLine;
import dev.blockcopy.engine.store.SqliteJobStore;
import dev.blockcopy.qemufake.journal.Journal;
import dev.blockcopy.qemufake.server.FakeQemu;
import dev.blockcopy.qemufake.server.FakeQemuBuilder;
import dev.blockcopy.simulator.live.Deadline;
import dev.blockcopy.simulator.live.Onlooker;
import dev.blockcopy.simulator.live.SeededDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a story plays on: a fake QEMU with a writing guest on two monitors, two images, and the store of the engines. */
final class Stage implements AutoCloseable {
    static final String DRIVE = "drive0";

    private final StoryPlan plan;
    private final SeededDisk disk;
    private final Onlooker onlooker;
    private volatile FakeQemu qemu;
    private volatile int acknowledgedAtCont;

    private Stage(StoryPlan plan, Deadline deadline, List<String> faults) throws IOException {
        this.plan = plan;
        this.disk = new SeededDisk(plan.seed(), plan.sizeBytes());
        disk.writeTo(source());
        FakeQemuBuilder builder = FakeQemu.builder()
                .drive(DRIVE, source())
                .guest(plan.writesPerSecond())
                .journalTo(this::note);
        faults.forEach(builder::fault);
        this.qemu = builder.start(monitor(), plan.dir().resolve("onlooker.qmp"));
        this.onlooker = Onlooker.at(plan.dir().resolve("onlooker.qmp"), deadline);
    }

    /**
     * Makes the disk, starts the QEMU, and listens to it.
     *
     * @param faults what is to go wrong, as the fake takes it
     */
    static Stage set(StoryPlan plan, Deadline deadline, List<String> faults) throws IOException {
        return new Stage(plan, deadline, faults);
    }

    /** On the fake's thread, so between two writes of the guest. */
    private void note(Journal.Entry entry) {
        if (Pauses.commandOf(entry).equals("cont")) {
            acknowledgedAtCont = qemu.guest().acknowledged().size();
        }
    }

    /** How many writes the guest had had acknowledged when it was last told to go on. */
    int acknowledgedAtCont() {
        return acknowledgedAtCont;
    }

    FakeQemu qemu() {
        return qemu;
    }

    Onlooker onlooker() {
        return onlooker;
    }

    /** What was on the disk in the beginning. */
    SeededDisk disk() {
        return disk;
    }

    Path source() {
        return plan.dir().resolve("source.raw");
    }

    Path destination() {
        return plan.dir().resolve("destination.raw");
    }

    Path store() {
        return plan.dir().resolve("jobs.db");
    }

    /** The monitor that the engines use. */
    Path monitor() {
        return plan.dir().resolve("qemu.qmp");
    }

    /** The image that the guest writes to: the truth behind the monitor. */
    Path imageInUse() {
        return Path.of(qemu.state().fileInUse(DRIVE).orElse(""));
    }

    /** The one job, as a crash at this instant would leave it. */
    CopyJob job() {
        try (JobStore opened = SqliteJobStore.open(store())) {
            List<CopyJob> jobs = opened.list();
            if (jobs.size() != 1) {
                throw new IllegalStateException("one job was expected in " + store() + ", there are " + jobs.size());
            }
            return jobs.get(0);
        }
    }

    /** The way of the job through the states. */
    List<JournalLine> way(String jobId) {
        try (JobStore opened = SqliteJobStore.open(store())) {
            return opened.journalOf(jobId);
        }
    }

    /** The names of all files that are there now. */
    List<String> files() throws IOException {
        try (Stream<Path> paths = Files.list(plan.dir())) {
            return paths.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    /** Ends, and leaves the lines of all monitors beside the images. */
    @Override
    public void close() throws IOException {
        onlooker.close();
        qemu.close();
        Files.write(
                plan.dir().resolve("wire.log"),
                qemu.journal().entries().stream().map(Journal.Entry::toString).toList());
    }
}
