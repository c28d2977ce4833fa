package dev.blockcopy.qemufake;

import dev.blockcopy.model.qmp.JobStatus;

/** A job of a {@link QemuState}: its settings, and the few facts about it that change. */
final class Job {
    static final String CANCELED = "Operation canceled";

    final JobSettings settings;
    /** Null for a job that is no mirror. */
    final MirrorSettings mirror;

    JobStatus status = JobStatus.UNDEFINED;
    /** The copying has begun: sizes were compared, and what is to be carried is known. */
    boolean isStarted;

    boolean isPaused;
    boolean isCompleteAsked;
    boolean isCancelAsked;
    boolean isForced;
    /** The target was written to since its last flush. */
    boolean isUnflushed;

    String ioStatus = "ok";
    /** Why it failed; null while it has not. */
    String error;

    long speed;
    long offset;
    /** The limit on its speed lets it sleep until then. */
    long asleepUntilMicros;

    Extents dirty = Extents.NONE;

    Job(JobSettings settings, MirrorSettings mirror) {
        this.settings = settings;
        this.mirror = mirror;
    }

    Job copy() {
        Job copy = new Job(settings, mirror);
        copy.status = status;
        copy.isStarted = isStarted;
        copy.isPaused = isPaused;
        copy.isCompleteAsked = isCompleteAsked;
        copy.isCancelAsked = isCancelAsked;
        copy.isForced = isForced;
        copy.isUnflushed = isUnflushed;
        copy.ioStatus = ioStatus;
        copy.error = error;
        copy.speed = speed;
        copy.offset = offset;
        copy.asleepUntilMicros = asleepUntilMicros;
        copy.dirty = dirty;
        return copy;
    }

    String id() {
        return settings.id();
    }

    boolean isMirror() {
        return mirror != null;
    }

    /** What QEMU calls {@code len}: what was carried and what is left. */
    long length() {
        return offset + dirty.bytes();
    }

    /** Marks bytes of the source as different from the target's, in whole granules. */
    void mark(long start, long length, long diskSize) {
        long granule = mirror.granularity();
        long low = start / granule * granule;
        long high = (start + length + granule - 1) / granule * granule;
        dirty = dirty.with(low, Math.min(high, diskSize));
    }

    /** What query-block-jobs calls {@code ready}. */
    boolean isReady() {
        return status == JobStatus.READY || status == JobStatus.STANDBY;
    }

    /** Its work is done; what is left is how it ends. */
    boolean isOver() {
        return status.compareTo(JobStatus.WAITING) >= 0;
    }

    boolean isWorking() {
        return isStarted && (status == JobStatus.RUNNING || status == JobStatus.READY);
    }
}
