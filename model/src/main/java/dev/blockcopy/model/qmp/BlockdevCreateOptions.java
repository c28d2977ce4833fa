package dev.blockcopy.model.qmp;

/**
 * What image to create, and where (QAPI {@code BlockdevCreateOptions} in {@code block-core.json}).
 *
 * @param filename of driver {@code file} only
 * @param file the node to be formatted, of driver {@code qcow2} only
 * @param size bytes that the guest will see
 */
public record BlockdevCreateOptions(
        BlockdevDriver driver,
        @MayBeAbsent String filename,
        @MayBeAbsent BlockdevRef file,
        long size,
        @MayBeAbsent String backingFile,
        @MayBeAbsent BlockdevDriver backingFmt)
        implements QmpRecord {

    /** A plain file, which as it is serves as a raw image. An existing file is truncated. */
    public static BlockdevCreateOptions file(String filename, long size) {
        return new BlockdevCreateOptions(BlockdevDriver.FILE, filename, null, size, null, null);
    }

    /** A {@code qcow2} header on an open node, without a backing file. */
    public static BlockdevCreateOptions qcow2(BlockdevRef file, long size) {
        return new BlockdevCreateOptions(BlockdevDriver.QCOW2, null, file, size, null, null);
    }

    /** A {@code qcow2} overlay: a header on an open node that names a backing file and its format. */
    public static BlockdevCreateOptions overlay(
            BlockdevRef file, long size, String backingFile, BlockdevDriver backingFmt) {
        return new BlockdevCreateOptions(BlockdevDriver.QCOW2, null, file, size, backingFile, backingFmt);
    }
}
