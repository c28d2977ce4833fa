package dev.blockcopy.engine.command;

import dev.blockcopy.engine.Answer;
import dev.blockcopy.engine.Authority;
import dev.blockcopy.engine.CopyJobs;
import dev.blockcopy.engine.CopyRefusedException;
import dev.blockcopy.engine.CopyRequest;
import dev.blockcopy.engine.JobReport;
import dev.blockcopy.engine.JournalLine;
import dev.blockcopy.engine.Probe;
import dev.blockcopy.engine.StoreException;
import dev.blockcopy.engine.standard.StandardEngine;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.Trigger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The real engine. */
record EngineCopies(CopyJobs jobs) implements Copies {
    /** For a QEMU that has not answered by then, the guest is left to the next command. */
    private static final Duration SERVED_MAX = Duration.ofSeconds(2);

    static Copies open(Path store, boolean mayMake) {
        if (!mayMake && !Files.exists(store)) {
            throw new StoreException("store " + store
                    + ": there is none: name the one of the jobs (--store); 'blockcopy copy' makes a new one");
        }
        if (!mayMake && isEmpty(store)) {
            throw new StoreException(
                    "store " + store + ": it is empty, so somebody has emptied it: restore a backup, or"
                            + " name the one of the jobs (--store); 'blockcopy copy' makes a new one of it");
        }
        return new EngineCopies(StandardEngine.open(store));
    }

    private static boolean isEmpty(Path store) {
        try {
            return Files.isRegularFile(store) && Files.size(store) == 0;
        } catch (IOException e) {
            return false; // whoever opens it says why it can't be used
        }
    }

    @Override
    public String start(CopyRequest request) throws CopyRefusedException, InterruptedException {
        return jobs.start(request);
    }

    @Override
    public Answer ask(String jobId, Trigger request) throws CopyRefusedException, InterruptedException {
        return jobs.ask(jobId, request);
    }

    @Override
    public Answer resolve(String jobId, Trigger keep, String said) throws CopyRefusedException, InterruptedException {
        return jobs.resolve(jobId, keep, said);
    }

    @Override
    public JobReport find(String jobId) throws CopyRefusedException {
        return jobs.find(jobId);
    }

    @Override
    public String driverOf(String jobId) throws CopyRefusedException {
        return jobs.driverOf(jobId);
    }

    @Override
    public List<JobReport> list() {
        return jobs.list();
    }

    @Override
    public List<JournalLine> journalOf(String jobId) throws CopyRefusedException {
        return jobs.journalOf(jobId);
    }

    @Override
    public JobReport await(String jobId, Predicate<JobReport> wished, Duration timeout)
            throws CopyRefusedException, InterruptedException {
        return jobs.await(jobId, wished, timeout);
    }

    @Override
    public List<String> takeOver() {
        return jobs.takeOver();
    }

    @Override
    public String troubleWith(String jobId) {
        return jobs.troubleWith(jobId);
    }

    @Override
    public void moveMonitor(String jobId, Path monitor) throws CopyRefusedException {
        jobs.moveMonitor(jobId, monitor);
    }

    @Override
    public Probe probe(Path monitor) throws CopyRefusedException, InterruptedException {
        return jobs.probe(monitor);
    }

    @Override
    public Authority authority(Path monitor, String disk, UnaryOperator<String> command)
            throws CopyRefusedException, InterruptedException {
        return jobs.authority(monitor, disk, command);
    }

    /** A guest that the jobs of this process hold paused, whoever asked for that, is let go first. */
    @Override
    public void close() {
        try {
            letGuestsGo();
        } catch (CopyRefusedException | StoreException e) {
            // What troubles the store was told to whoever asked; the jobs can be taken over as they are.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            jobs.close();
        }
    }

    /** Where QEMU does not answer, nothing comes of waiting. */
    private void letGuestsGo() throws CopyRefusedException, InterruptedException {
        for (JobReport report : jobs.list()) {
            if (report.isDrivenHere() && Follower.isPausing(report)) {
                JobReport now = jobs.await(report.id(), EngineCopies::isServedOrOver, SERVED_MAX);
                if (isOnline(now)) {
                    jobs.await(report.id(), later -> !Follower.isPausing(later), Follower.LEAVE_MAX);
                }
            }
        }
    }

    private static boolean isServedOrOver(JobReport report) {
        return isOnline(report) || !Follower.isPausing(report);
    }

    private static boolean isOnline(JobReport report) {
        return report.job().facts().get(Facts.ONLINE);
    }
}
