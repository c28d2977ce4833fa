package dev.blockcopy.engine;

import dev.blockcopy.model.lifecycle.Facts;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The jobs that this process drives as they stand, for whoever waits for them or watches. Safe for several threads. */
final class JobNews {
    private static final Logger LOG = LoggerFactory.getLogger(JobNews.class);

    private final Map<String, JobReport> driven = new LinkedHashMap<>();
    private final List<Consumer<JobReport>> watchers = new CopyOnWriteArrayList<>();

    synchronized void adopted(CopyJob job) {
        driven.put(job.id(), new JobReport(job, job.state(), Progress.NONE, JobReport.THIS_PROCESS));
    }

    /**
     * A job of ours goes on.
     *
     * @param isOurs whether its monitor still is: a lane may tell what it did after the monitor was lost, and nobody would
     *     ever take that back
     */
    void moved(CopyJob job, Progress progress, BooleanSupplier isOurs) {
        JobReport report = new JobReport(job, job.state(), progress, job.hasEnded() ? "" : JobReport.THIS_PROCESS);
        synchronized (this) {
            if (!isOurs.getAsBoolean()) {
                return;
            }
            if (job.hasEnded()) {
                driven.remove(job.id());
            } else {
                driven.put(job.id(), report);
            }
            notifyAll();
        }
        watchers.forEach(watcher -> tell(watcher, report));
    }

    /** The job goes on whatever its watchers do. */
    private static void tell(Consumer<JobReport> watcher, JobReport report) {
        try {
            watcher.accept(report);
        } catch (RuntimeException e) {
            LOG.error("a watcher of jobs failed", e);
        }
    }

    /** Another process drives the jobs of a monitor now: what comes of them is in the store. */
    synchronized void forget(Path monitor) {
        driven.values().removeIf(report -> report.job().spec().monitor().equals(monitor));
        notifyAll();
    }

    synchronized boolean areDriven(Path monitor) {
        return driven.values().stream()
                .anyMatch(report -> report.job().spec().monitor().equals(monitor));
    }

    /** A job that keeps the guest of this monitor paused, if there is one. */
    synchronized Optional<JobReport> pausedOn(Path monitor) {
        return driven.values().stream()
                .filter(report -> report.job().spec().monitor().equals(monitor))
                .filter(report -> report.job().facts().satisfies(Facts.NEEDS_PAUSE))
                .findFirst();
    }

    synchronized Optional<JobReport> of(String jobId) {
        return Optional.ofNullable(driven.get(jobId));
    }

    /** Waits until something happens, but not for long. */
    synchronized void await(long millis) throws InterruptedException {
        wait(millis);
    }

    synchronized void somethingHappened() {
        notifyAll();
    }

    AutoCloseable watch(Consumer<JobReport> watcher) {
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }
}
