package dev.blockcopy.model.qmp;

/** What was done about an I/O error (QAPI {@code BlockErrorAction} in {@code block-core.json}). */
public enum BlockErrorAction implements WireEnum {
    IGNORE,
    REPORT,
    STOP,
    UNKNOWN
}
