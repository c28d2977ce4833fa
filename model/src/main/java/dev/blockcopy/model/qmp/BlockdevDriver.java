package dev.blockcopy.model.qmp;

/** The block drivers in use here (QAPI {@code BlockdevDriver} in {@code block-core.json}). */
public enum BlockdevDriver implements WireEnum {
    FILE,
    @Spelled("host_device")
    HOST_DEVICE,
    RAW,
    QCOW2,
    UNKNOWN
}
