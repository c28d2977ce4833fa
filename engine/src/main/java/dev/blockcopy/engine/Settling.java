package dev.blockcopy.engine;

import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.JobState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * Has a job go on, for a while, until it stands where only a person or the copying itself moves it on: then its guest is let
 * go, and what is known of it is as new as it can be.
 */
final class Settling {
    private static final Duration MAX = Duration.ofSeconds(15);
    private static final Set<JobState> PLACES = Set.of(JobState.STREAMING, JobState.MIRRORING, JobState.IN_DOUBT);

    private final CopyJobs jobs;
    private final Monitors monitors;

    Settling(CopyJobs jobs, Monitors monitors) {
        this.jobs = jobs;
        this.monitors = monitors;
    }

    /** The job when it is in its place, or as it is when the time is up; taken over where nobody drives it. */
    JobReport settle(CopyJob job) throws CopyRefusedException, InterruptedException {
        Path socket = job.spec().monitor();
        JobReport report = jobs.await(job.id(), now -> isInPlace(now) || !jobs.isOwnedByAnother(socket), MAX);
        if (report.hasEnded() || jobs.isOwnedByAnother(socket)) {
            return report;
        }
        Monitor monitor = monitors.own(socket);
        monitor.awaitWord();
        monitor.outwaitHandshake();
        return jobs.await(job.id(), now -> isInPlace(now) && isHeardOf(now, monitor), MAX);
    }

    static boolean isInPlace(JobReport report) {
        return report.hasEnded() || report.state() == report.phase() && isPlace(report.phase());
    }

    /** Where a job that has not ended stays by itself. */
    static boolean isPlace(JobState phase) {
        return PLACES.contains(phase);
    }

    /** Another QEMU than the job's leaves a doubt offline, and brings no trouble. */
    private static boolean isHeardOf(JobReport report, Monitor monitor) {
        return report.isSettled()
                || report.job().facts().get(Facts.ONLINE)
                || !monitor.trouble().isEmpty();
    }
}
