package dev.blockcopy.model.qmp;

/** The last I/O outcome of a device or job (QAPI {@code BlockDeviceIoStatus} in {@code block-core.json}). */
public enum BlockDeviceIoStatus implements WireEnum {
    OK,
    FAILED,
    NOSPACE,
    UNKNOWN
}
