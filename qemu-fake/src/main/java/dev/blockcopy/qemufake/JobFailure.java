package dev.blockcopy.qemufake;

/** How an error of the host, or of the graph, meets a job. */
public enum JobFailure {
    /** A read, write or flush failed, and the policy is to report it. */
    REPORTED,
    /** A read, write or flush failed, and the policy is to stop. */
    STOPPED,
    /** The last step of the completion failed: the guest stays on the source. */
    COMPLETION,
    /** The last step of the completion failed after the switch: the guest is on the target. */
    COMPLETION_SWITCHED,
    /** QEMU finds at the switch what it never expects, and calls {@code abort()}. */
    QEMU_ABORTS
}
