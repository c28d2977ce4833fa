package dev.blockcopy.model.qmp;

/** The kind of request that failed (QAPI {@code IoOperationType} in {@code block-core.json}). */
public enum IoOperationType implements WireEnum {
    READ,
    WRITE,
    UNKNOWN
}
