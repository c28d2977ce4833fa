package dev.blockcopy.model.qmp;

/**
 * Copies a node live onto another node (QAPI {@code blockdev-mirror} in {@code block-core.json}, since 2.6).
 *
 * @param device the device id or node name of the source
 * @param target the node name of the destination
 * @param replaces the node that the destination replaces when the job completes; absent: the source
 * @param speed bytes per second, 0 is unlimited; not applied while the job is ready (transcript l14d)
 * @param granularity bytes per bit of the dirty bitmap, a power of 2 from 512 to 64 MiB; absent or 0 is QEMU's choice
 * @param bufSize bytes of data in flight; absent or 0 is 16 MiB; so much goes out at once whatever the speed
 */
public record BlockdevMirror(
        @MayBeAbsent String jobId,
        String device,
        String target,
        @MayBeAbsent String replaces,
        MirrorSyncMode sync,
        @MayBeAbsent Long speed,
        @MayBeAbsent Long granularity,
        @MayBeAbsent Long bufSize,
        @MayBeAbsent BlockdevOnError onSourceError,
        @MayBeAbsent BlockdevOnError onTargetError,
        @MayBeAbsent String filterNodeName,
        @MayBeAbsent MirrorCopyMode copyMode,
        @MayBeAbsent Boolean autoFinalize,
        @MayBeAbsent Boolean autoDismiss)
        implements QmpCommand {

    /** Starts a mirror of {@code device} onto {@code target}. */
    public static BlockdevMirrorBuilder of(String device, String target, MirrorSyncMode sync) {
        return new BlockdevMirrorBuilder(device, target, sync);
    }
}
