package dev.blockcopy.model.qmp;

/** When a guest's write reaches the destination (QAPI {@code MirrorCopyMode} in {@code block-core.json}). */
public enum MirrorCopyMode implements WireEnum {
    BACKGROUND,
    WRITE_BLOCKING,
    UNKNOWN
}
