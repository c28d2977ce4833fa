package dev.blockcopy.simulator.campaign;

import dev.blockcopy.engine.Authority;
import dev.blockcopy.engine.CopyJobs;
import dev.blockcopy.engine.CopyRefusedException;
import dev.blockcopy.engine.JobReport;
import dev.blockcopy.engine.standard.StandardEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Another engine on the store of a dead one: it takes over, and is asked which image is the disk. */
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
     * What was found.
     *
     * @param job the one job of the store, or empty if the engine died before it wrote one down
     * @param authority which image it says is the disk
     */
    record Found(Optional<JobReport> job, Authority authority) {}

    Found recover(Path store, Path monitor, String disk) throws CopyRefusedException, InterruptedException {
        try (CopyJobs engine = engines.apply(store)) {
            List<JobReport> jobs = engine.list();
            Optional<JobReport> job = Optional.empty();
            if (!jobs.isEmpty()) {
                String id = jobs.get(0).id();
                engine.await(id, report -> report.owner().isEmpty() || report.hasEnded(), LEASE);
                engine.takeOver();
                job = Optional.of(engine.await(id, JobReport::isSettled, SETTLED));
            }
            return new Found(job, engine.authority(monitor, disk));
        }
    }
}
