package dev.blockcopy.qemufake;

/**
 * What a job was started with and keeps.
 *
 * @param id its name, unique among all jobs
 * @param type {@code mirror} or {@code create}
 * @param autoFinalize ends by itself, without waiting in pending
 * @param autoDismiss leaves the list by itself
 */
record JobSettings(String id, String type, boolean autoFinalize, boolean autoDismiss) {
    static final String MIRROR = "mirror";
    static final String CREATE = "create";

    boolean isMirror() {
        return type.equals(MIRROR);
    }
}
