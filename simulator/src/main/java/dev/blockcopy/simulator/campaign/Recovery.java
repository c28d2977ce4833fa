package dev.blockcopy.simulator.campaign;

import dev.blockcopy.engine.Authority;
import dev.blockcopy.engine.CopyJobs;
import dev.blockcopy.engine.CopyRefusedException;
import dev.blockcopy.engine.JobReport;
import dev.blockcopy.engine.standard.StandardEngine;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.lifecycle.Trigger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Another engine on the store of a dead one: it takes over, and is asked which image is each disk. */
final class Recovery {
    private static final Duration LEASE = CopyJobs.OWNER_SILENCE_MAX.multipliedBy(3);
    private static final Duration SETTLED = Duration.ofMinutes(5);

    private final Function<Path, CopyJobs> engines;

    /** Recoveries by engines of a kind, given the store. */
    Recovery(Function<Path, CopyJobs> engines) {
        this.engines = engines;
    }

    /** As it ships. */
    static Recovery standard() {
        return new Recovery(StandardEngine::open);
    }

    /**
     * What was found of a disk.
     *
     * @param job its job, or empty if the engine died before it wrote one down
     * @param authority which image it says is the disk
     */
    record Found(Optional<JobReport> job, Authority authority) {}

    /** What is found of these disks, in their order. */
    List<Found> recover(Path store, Path monitor, List<String> disks)
            throws CopyRefusedException, InterruptedException {
        try (CopyJobs engine = engines.apply(store)) {
            List<JobReport> jobs = engine.list();
            for (JobReport job : jobs) {
                engine.await(job.id(), report -> report.owner().isEmpty() || report.hasEnded(), LEASE);
            }
            engine.takeOver();
            Map<String, JobReport> settled = new HashMap<>();
            for (JobReport job : jobs) {
                settled.put(job.job().spec().disk(), settled(engine, job.id()));
            }
            List<Found> found = new ArrayList<>();
            for (String disk : disks) {
                found.add(new Found(Optional.ofNullable(settled.get(disk)), engine.authority(monitor, disk)));
            }
            return found;
        }
    }

    /** What still mirrors, for nobody had asked for its end when the other engine died, is asked to pivot. */
    private static JobReport settled(CopyJobs engine, String id) throws CopyRefusedException, InterruptedException {
        JobReport report = engine.await(id, now -> now.isSettled() || isLeftMirroring(now), SETTLED);
        if (!isLeftMirroring(report)) {
            return report;
        }
        engine.ask(id, Trigger.PIVOT);
        return engine.await(id, JobReport::hasEnded, SETTLED);
    }

    private static boolean isLeftMirroring(JobReport report) {
        return report.state() == JobState.MIRRORING && report.job().facts().get(Facts.WISH) == Facts.Wish.STAY;
    }
}
