package dev.blockcopy.qemufake;

/** What a reopen does next; between any two of these QEMU may die. */
public enum ReopenStep {
    /** No reopen is under way. */
    NOTHING,
    /** The mirror was asked to end, and its end is awaited: a ready one drains first. */
    CANCEL,
    /** Format and protocol are looked at, and the old image is flushed. */
    CHECK,
    /** The old image is closed: the guest has no medium. */
    CLOSE,
    /** The new image is opened. */
    OPEN,
    /** In a transaction: the new image is opened beside the old one. */
    PROVE,
    /** In a transaction: the mirror carries over what is left, while the guest's writes wait. */
    DRAIN,
    /** One byte is written to the witness. */
    TESTIFY,
    /** In a transaction: the mirror ends and the guest moves to the new image. */
    SWITCH,
    /** The old image is opened again, by name. */
    FALL_BACK,
    /** It is over, and only the answer is still to be given; the guest writes already. */
    ANSWER
}
