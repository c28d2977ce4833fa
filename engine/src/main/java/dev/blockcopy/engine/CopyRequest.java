package dev.blockcopy.engine;

import dev.blockcopy.engine.image.ImageFormat;
import dev.blockcopy.model.lifecycle.Facts.Wish;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a caller wants copied, where to, and how. Immutable; made with {@link #of}.
 *
 * @param monitor the UNIX socket of QEMU's monitor, absolute
 * @param disk a drive id, a device id or QOM path, or a node name
 * @param destination the image to copy to, absolute
 * @param format the destination's format; never probed
 * @param shallow whether only the top image of the chain is copied
 * @param reuseExternal whether the destination exists and is to be used as it is
 * @param wish what to do by itself once the job is ready
 * @param pause whether the guest is paused around a pivot (the seal)
 * @param pendingFirst whether the guest is paused, but only when the job is pending, both images equal and its writes waiting
 * @param maxPause how long that pause may last before the way back is taken
 * @param atomic whether a QEMU is refused whose pivot can leave the guest without a disk
 * @param synchronousWrites whether the guest's writes wait for both images
 * @param speed bytes a second; empty for no limit
 * @param granularity bytes a bit of the dirty bitmap; empty for QEMU's choice
 * @param bufSize bytes in flight; empty for QEMU's choice
 * @param jobId the name of the job; empty for one of our own
 */
public record CopyRequest(
        Path monitor,
        String disk,
        Path destination,
        ImageFormat format,
        boolean shallow,
        boolean reuseExternal,
        Wish wish,
        boolean pause,
        boolean pendingFirst,
        Duration maxPause,
        boolean atomic,
        boolean synchronousWrites,
        OptionalLong speed,
        OptionalLong granularity,
        OptionalLong bufSize,
        Optional<String> jobId) {
    public static final Duration MAX_PAUSE_DEFAULT = Duration.ofSeconds(10);

    /** A full copy to a new image that goes on mirroring until somebody ends it, unless the builder is told more. */
    public static CopyRequestBuilder of(Path monitor, String disk, Path destination, ImageFormat format) {
        return new CopyRequestBuilder(monitor, disk, destination, format);
    }
}
