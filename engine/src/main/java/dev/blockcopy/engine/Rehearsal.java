package dev.blockcopy.engine;

import dev.blockcopy.engine.image.ImageFormat;
import dev.blockcopy.engine.qmp.QmpInput;
import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.Facts.Wish;
import dev.blockcopy.model.lifecycle.Trigger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A whole copy, pivot included, with nobody's guest: the lane, its session and its journal are those of any copy, but no
 * bytes go out and no file is touched.
 */
final class Rehearsal extends StillPorts implements FileWork {
    static final Path MONITOR = Path.of("/r.sock");
    private static final String NONCE = "000000000000";

    private final JobExecutor executor;
    private final Journal journal;
    private final CopySpec spec;
    private final Lane lane = new Lane(this, this);
    private boolean over;

    /**
     * One that is to be gone through.
     *
     * @param number unlike that of any other on the same journal
     */
    Rehearsal(JobExecutor executor, Journal journal, int number) {
        this.executor = executor;
        this.journal = journal;
        this.spec = new CopySpec(
                "rehearsal-" + number,
                NONCE,
                MONITOR,
                "d",
                new CopySpec.Backend("d", ""),
                new CopySpec.Source("s", "/s", "raw", 512, List.of(), ""),
                new CopySpec.Destination(Path.of("/r"), ImageFormat.RAW, false, "", ""),
                new CopySpec.Options(false, false, -1, -1, -1, 1));
    }

    void perform() {
        lane.take(new LaneInput.Dial());
        drain();
        CopyJob job = new CopyJob(spec, Facts.LAYOUT.initial().with(Facts.WISH, Wish.PIVOT), Findings.NONE);
        lane.take(new LaneInput.Begin(job));
        drain();
        if (!over) {
            throw new IllegalStateException("the rehearsal of a pivot does not come to its end");
        }
    }

    private void drain() {
        while (!queue.isEmpty()) {
            lane.take(queue.remove());
        }
    }

    @Override
    public MonitorDialer dialer() {
        return this::open;
    }

    private MonitorLink open(Consumer<QmpInput> sink) {
        NobodysMonitor monitor = new NobodysMonitor(spec, sink);
        monitor.open();
        return monitor;
    }

    @Override
    public Journal journal() {
        return journal;
    }

    @Override
    public JobExecutor executor() {
        return executor;
    }

    @Override
    public FileWork files() {
        return this;
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void post(LaneInput input, Duration delay) {
        // Nothing is waited for: no pause lasts, and no look is repeated.
    }

    @Override
    public void moved(CopyJob job, Progress progress) {
        over = job.hasEnded();
    }

    @Override
    public Sighting perform(CopyEffect effect, CopyJob job) {
        return Sighting.of(Trigger.DONE);
    }

    @Override
    public Optional<String> mayBeInUse(CopyJob job) {
        return Optional.empty();
    }
}
