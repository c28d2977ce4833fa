package dev.blockcopy.model.qmp;

import java.util.List;

/** A block job as {@code query-block-jobs} shows it (QAPI {@code BlockJobInfo} in {@code block-core.json}); {@code device} is its id, lengths are bytes. */
public record BlockJobInfo(
        boolean autoFinalize,
        BlockDeviceIoStatus ioStatus,
        String device,
        boolean autoDismiss,
        boolean busy,
        long len,
        long offset,
        JobStatus status,
        boolean paused,
        long speed,
        boolean ready,
        JobType type,
        @MayBeAbsent String error,
        @MayBeAbsent Boolean activelySynced)
        implements QmpRecord {

    /**
     * Reads the return value of {@code query-block-jobs}.
     *
     * @throws QmpSyntaxException if it is not what QAPI promises
     */
    public static List<BlockJobInfo> listFrom(Object value) {
        return MemberReader.answers(BlockJobInfo.class, value, "query-block-jobs");
    }
}
