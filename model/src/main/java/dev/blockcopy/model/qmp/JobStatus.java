package dev.blockcopy.model.qmp;

/** Where a job stands, in QEMU's word (QAPI {@code JobStatus} in {@code job.json}). */
public enum JobStatus implements WireEnum {
    UNDEFINED,
    CREATED,
    RUNNING,
    PAUSED,
    READY,
    STANDBY,
    WAITING,
    PENDING,
    ABORTING,
    CONCLUDED,
    NULL,
    UNKNOWN
}
