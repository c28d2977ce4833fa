package dev.blockcopy.qemufake;

/** What the host does to a reopen; never by itself. */
public enum ReopenFailure {
    /** The old image can't be flushed, or the format is not known. */
    CHECK,
    /** The new image can't be opened. */
    OPEN_DESTINATION,
    /** The old image can't be opened again. */
    OPEN_SOURCE,
    /** The byte can't be written to the witness. */
    WRITE_WITNESS
}
