package dev.blockcopy.model.qmp;

import java.util.List;

/** A drive or device of the guest (QAPI {@code BlockInfo} in {@code block-core.json}); {@code device} is empty for a disk made with {@code -blockdev}. */
public record BlockInfo(
        @MayBeAbsent BlockDeviceIoStatus ioStatus,
        String device,
        boolean locked,
        boolean removable,
        @MayBeAbsent BlockDeviceInfo inserted,
        @MayBeAbsent String qdev,
        String type)
        implements QmpRecord {

    /**
     * Reads the return value of {@code query-block}.
     *
     * @throws QmpSyntaxException if it is not what QAPI promises
     */
    public static List<BlockInfo> listFrom(Object value) {
        return MemberReader.answers(BlockInfo.class, value, "query-block");
    }
}
