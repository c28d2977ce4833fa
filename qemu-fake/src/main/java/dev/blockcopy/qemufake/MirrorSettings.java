package dev.blockcopy.qemufake;

import dev.blockcopy.model.qmp.BlockdevOnError;

/**
 * What a mirror copies, and how.
 *
 * @param source the node that is read
 * @param target the node that is written
 * @param filter the node that the job puts above the source
 * @param replaces the node in whose place the target comes at the pivot
 * @param sync full, top or none
 * @param backing how the target comes by the file below it
 * @param granularity bytes that are tracked as one
 * @param bufSize bytes that go out at once, however low the limit
 * @param writeBlocking a guest's write returns when the target has it too
 * @param onSourceError what to do when a read fails
 * @param onTargetError what to do when a write or a flush fails
 */
record MirrorSettings(
        String source,
        String target,
        String filter,
        String replaces,
        String sync,
        Backing backing,
        int granularity,
        long bufSize,
        boolean writeBlocking,
        BlockdevOnError onSourceError,
        BlockdevOnError onTargetError) {
    /** Whether the target lies below the source already. */
    boolean isCommit() {
        return sync.equals(JobSettings.COMMIT);
    }

    /** How a target comes by the file below it. */
    enum Backing {
        /** As {@code blockdev-mirror} has it: whatever it has. */
        LEFT,
        /** As {@code drive-mirror} onto an existing image has it: what the image names, opened when the job completes. */
        OPENED_AT_THE_END,
        /** As {@code drive-mirror} onto an image that it makes has it: the source's, when the job completes. */
        OF_SOURCE
    }
}
