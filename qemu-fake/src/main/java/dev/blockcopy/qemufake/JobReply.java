package dev.blockcopy.qemufake;

/** How QEMU answers a {@link JobRequest}, in its words. */
public enum JobReply {
    DONE("", false),
    NOT_PAUSED("Can't resume a job that was not paused", false),
    /** The text takes the job, its status and the verb. */
    WRONG_STATUS("Job '%s' in state '%s' cannot accept command verb '%s'", true),
    /** The text takes the job. */
    PAUSED("The block job for device '%s' is currently paused", true),
    ALREADY_PAUSED("Job is already paused", false),
    /** The text takes the job. */
    CANCEL_ASKED("The active block job '%s' cannot be completed", true);

    private final String text;
    private final boolean hasParts;

    JobReply(String text, boolean hasParts) {
        this.text = text;
        this.hasParts = hasParts;
    }

    /** The refusal in QEMU's words; all of them are of class GenericError. */
    Refused refusal(String job, String status, String verb) {
        return hasParts ? Refused.generic(text, job, status, verb) : Refused.generic("%s", text);
    }
}
