package dev.blockcopy.qemufake;

/** What a guest was told of its write. */
public enum GuestWriteOutcome {
    /** That it was done, which with the policy {@code ignore} may not be true. */
    DONE,
    /** That it failed. */
    REFUSED,
    /** Nothing yet: the guest is stopped, and QEMU tries again when it goes on. */
    HELD
}
