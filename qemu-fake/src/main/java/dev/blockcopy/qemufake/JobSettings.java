package dev.blockcopy.qemufake;

/**
 * What a job was started with and keeps.
 *
 * @param id its name, unique among all jobs
 * @param type {@code mirror}, {@code commit}, {@code backup} or {@code create}
 * @param autoFinalize ends by itself, without waiting in pending
 * @param autoDismiss leaves the list by itself
 * @param group the jobs with the same number end together; 0 for a job on its own
 */
record JobSettings(String id, String type, boolean autoFinalize, boolean autoDismiss, int group) {
    static final String MIRROR = "mirror";
    static final String COMMIT = "commit";
    static final String BACKUP = "backup";
    static final String CREATE = "create";

    JobSettings(String id, String type, boolean autoFinalize, boolean autoDismiss) {
        this(id, type, autoFinalize, autoDismiss, 0);
    }

    /** A commit of the uppermost image is a mirror too. */
    boolean isMirror() {
        return type.equals(MIRROR) || type.equals(COMMIT);
    }
}
