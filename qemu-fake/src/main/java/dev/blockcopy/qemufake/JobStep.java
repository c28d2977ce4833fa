package dev.blockcopy.qemufake;

/** What a job may do of its own accord, the most urgent first. */
public enum JobStep {
    /** Asked by force to end, or failed: it ends with the guest on the source. */
    ABORT,
    /** Asked to pause, and its last request is done: it stands still. */
    REST,
    /** It looks at both sizes and at what is to be carried. */
    START,
    /** Everything is carried: what was written to the target is made durable. */
    FLUSH,
    /** Running to ready: from here on it mirrors. */
    SYNCHRONISE,
    /** In step and asked to end: waiting, pending, and, unless somebody wants to finalize it by hand, the end. */
    CONVERGE,
    /** One buffer full of requests goes out. */
    SEND,
    /** One request is carried over. */
    COPY;

    /** Comes before the next command on the wire: QEMU's main loop does it as soon as it is due. */
    public boolean isPrompt() {
        return this != COPY;
    }
}
