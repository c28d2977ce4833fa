package dev.blockcopy.model.qmp;

/** What a job does (QAPI {@code JobType} in {@code job.json}). */
public enum JobType implements WireEnum {
    COMMIT,
    STREAM,
    MIRROR,
    BACKUP,
    CREATE,
    AMEND,
    SNAPSHOT_LOAD,
    SNAPSHOT_SAVE,
    SNAPSHOT_DELETE,
    UNKNOWN
}
