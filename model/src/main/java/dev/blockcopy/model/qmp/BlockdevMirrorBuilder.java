package dev.blockcopy.model.qmp;

/** Collects the arguments of a {@link BlockdevMirror}; not for use by several threads. */
public final class BlockdevMirrorBuilder {

    private final String device;
    private final String target;
    private final MirrorSyncMode sync;
    private String jobId;
    private String replaces;
    private Long speed;
    private Long granularity;
    private Long bufSize;
    private BlockdevOnError onSourceError;
    private BlockdevOnError onTargetError;
    private String filterNodeName;
    private MirrorCopyMode copyMode;
    private Boolean autoFinalize;
    private Boolean autoDismiss;

    BlockdevMirrorBuilder(String device, String target, MirrorSyncMode sync) {
        this.device = device;
        this.target = target;
        this.sync = sync;
    }

    /** The name of the job; without it the drive's name, where it has one. */
    public BlockdevMirrorBuilder jobId(String jobId) {
        this.jobId = jobId;
        return this;
    }

    /** The node that the destination replaces at the end; without it the source. */
    public BlockdevMirrorBuilder replaces(String replaces) {
        this.replaces = replaces;
        return this;
    }

    /** Bytes per second while streaming; 0 is unlimited. */
    public BlockdevMirrorBuilder speed(long speed) {
        this.speed = speed;
        return this;
    }

    /** Bytes per bit of the dirty bitmap. */
    public BlockdevMirrorBuilder granularity(long granularity) {
        this.granularity = granularity;
        return this;
    }

    /** Bytes of data in flight. */
    public BlockdevMirrorBuilder bufSize(long bufSize) {
        this.bufSize = bufSize;
        return this;
    }

    /** What the job does when a read of the source fails. */
    public BlockdevMirrorBuilder onSourceError(BlockdevOnError onSourceError) {
        this.onSourceError = onSourceError;
        return this;
    }

    /** What the job does when a write to the destination fails. */
    public BlockdevMirrorBuilder onTargetError(BlockdevOnError onTargetError) {
        this.onTargetError = onTargetError;
        return this;
    }

    /** The name of the filter node that stands above the source during the job. */
    public BlockdevMirrorBuilder filterNodeName(String filterNodeName) {
        this.filterNodeName = filterNodeName;
        return this;
    }

    /** When a guest's write reaches the destination. */
    public BlockdevMirrorBuilder copyMode(MirrorCopyMode copyMode) {
        this.copyMode = copyMode;
        return this;
    }

    /** Whether the job completes without waiting for {@code job-finalize}. */
    public BlockdevMirrorBuilder autoFinalize(boolean autoFinalize) {
        this.autoFinalize = autoFinalize;
        return this;
    }

    /** Whether the job vanishes when it has concluded, and its outcome with it. */
    public BlockdevMirrorBuilder autoDismiss(boolean autoDismiss) {
        this.autoDismiss = autoDismiss;
        return this;
    }

    /** The finished value. */
    public BlockdevMirror build() {
        return new BlockdevMirror(
                jobId,
                device,
                target,
                replaces,
                sync,
                speed,
                granularity,
                bufSize,
                onSourceError,
                onTargetError,
                filterNodeName,
                copyMode,
                autoFinalize,
                autoDismiss);
    }
}
