package dev.blockcopy.model.qmp;

/** The kind of a node of the debug graph (QAPI {@code XDbgBlockGraphNodeType} in {@code block-core.json}). */
public enum XDbgBlockGraphNodeType implements WireEnum {
    BLOCK_BACKEND,
    BLOCK_JOB,
    BLOCK_DRIVER,
    UNKNOWN
}
