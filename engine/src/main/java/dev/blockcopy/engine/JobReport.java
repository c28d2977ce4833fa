package dev.blockcopy.engine;

import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.Facts.Copy;
import dev.blockcopy.model.lifecycle.JobState;

/**
 * What people and programs are told of a job.
 *
 * @param job the job as it is remembered
 * @param state where it stands in detail; equal to its phase unless this process drives it
 * @param progress how far it is
 * @param owner who drives it, or empty if nobody does
 */
public record JobReport(CopyJob job, JobState state, Progress progress, String owner) {
    /** The owner's name if that is the process that asks. */
    public static final String THIS_PROCESS = "this process";

    public String id() {
        return job.id();
    }

    public JobState phase() {
        return job.phase();
    }

    public boolean hasEnded() {
        return job.hasEnded();
    }

    /** Whether the process that asks is the one that drives it. */
    public boolean isDrivenHere() {
        return owner.equals(THIS_PROCESS);
    }

    /** What the destination is worth; NONE as long as the job has not ended. */
    public Copy copy() {
        return job.facts().get(Facts.COPY);
    }

    /** Done with for now: at an end, or in a doubt that only new evidence can end. */
    public boolean isSettled() {
        return hasEnded() || phase() == JobState.IN_DOUBT;
    }
}
