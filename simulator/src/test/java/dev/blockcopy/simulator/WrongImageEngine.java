package dev.blockcopy.simulator;

import dev.blockcopy.engine.CopyJobs;
import dev.blockcopy.engine.JobExecutor;
import dev.blockcopy.engine.JobReport;
import dev.blockcopy.engine.TableExecutor;
import dev.blockcopy.engine.store.SqliteJobStore;
import dev.blockcopy.model.lifecycle.Trigger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A recovery with a planted bug: it takes a graph that leads to the destination for one that leads to the source. */
public final class WrongImageEngine {
    private WrongImageEngine() {}

    /** Takes {@code recover --store FILE}. */
    public static void main(String[] words) throws Exception {
        try (CopyJobs jobs = new CopyJobs(SqliteJobStore.open(Path.of(words[2])), List.of(), WrongImageEngine::wrong)) {
            String id = jobs.list().get(0).id();
            while (jobs.takeOver().isEmpty()) {
                jobs.await(id, JobReport::isSettled, Duration.ofMillis(100));
            }
            jobs.await(id, JobReport::isSettled, Duration.ofSeconds(30));
        }
    }

    private static JobExecutor wrong() {
        TableExecutor table = new TableExecutor();
        return (job, trigger) -> table.decide(job, trigger == Trigger.ON_DESTINATION ? Trigger.ON_SOURCE : trigger);
    }
}
