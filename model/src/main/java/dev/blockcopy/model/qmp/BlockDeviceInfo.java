package dev.blockcopy.model.qmp;

import java.util.List;

/**
 * A block node (QAPI {@code BlockDeviceInfo} in {@code block-core.json}, without its counters and limits). Before QEMU 2.0
 * nodes had no names and nobody said {@code image} and {@code cache}.
 */
public record BlockDeviceInfo(
        @MayBeAbsent ImageInfo image,
        boolean ro,
        @MayBeAbsent String nodeName,
        @Spelled("backing_file_depth") long backingFileDepth,
        String drv,
        @Spelled("backing_file") @MayBeAbsent String backingFile,
        @MayBeAbsent BlockdevCacheInfo cache,
        String file)
        implements QmpRecord {

    /**
     * Reads the return value of {@code query-named-block-nodes}.
     *
     * @throws QmpSyntaxException if it is not what QAPI promises
     */
    public static List<BlockDeviceInfo> listFrom(Object value) {
        return MemberReader.answers(BlockDeviceInfo.class, value, "query-named-block-nodes");
    }
}
