package dev.blockcopy.model.qmp;

/** What becomes of discard requests (QAPI {@code BlockdevDiscardOptions} in {@code block-core.json}). */
public enum BlockdevDiscardOptions implements WireEnum {
    IGNORE,
    UNMAP,
    UNKNOWN
}
