package dev.blockcopy.model.qmp;

/** Which data a mirror copies first (QAPI {@code MirrorSyncMode} in {@code block-core.json}). */
public enum MirrorSyncMode implements WireEnum {
    TOP,
    FULL,
    NONE,
    INCREMENTAL,
    BITMAP,
    UNKNOWN
}
