package dev.blockcopy.qemufake;

/** What a client asks of a job: QEMU's verbs, with the two kinds of cancel apart. */
public enum JobRequest {
    /** {@code block-job-cancel}: graceful where the job is ready. */
    CANCEL(JobVerb.CANCEL),
    /** {@code job-cancel}, and {@code block-job-cancel} with {@code force}. */
    FORCE(JobVerb.CANCEL),
    PAUSE(JobVerb.PAUSE),
    RESUME(JobVerb.RESUME),
    SET_SPEED(JobVerb.SET_SPEED),
    COMPLETE(JobVerb.COMPLETE),
    FINALIZE(JobVerb.FINALIZE),
    DISMISS(JobVerb.DISMISS);

    private final JobVerb verb;

    JobRequest(JobVerb verb) {
        this.verb = verb;
    }

    JobVerb verb() {
        return verb;
    }
}
