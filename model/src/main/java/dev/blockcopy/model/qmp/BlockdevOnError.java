package dev.blockcopy.model.qmp;

/** What a job does on an I/O error (QAPI {@code BlockdevOnError} in {@code block-core.json}). */
public enum BlockdevOnError implements WireEnum {
    REPORT,
    IGNORE,
    ENOSPC,
    STOP,
    AUTO,
    UNKNOWN
}
