package dev.blockcopy.model.qmp;

/**
 * A block node as {@code blockdev-add} takes it, of the drivers in use here (QAPI {@code BlockdevOptions} in
 * {@code block-core.json}).
 *
 * <p>{@code filename} belongs to {@code file} and {@code host_device}; {@code file} to {@code raw} and {@code qcow2};
 * {@code backing} to {@code qcow2}, where absence means "as the image's header says".
 *
 * @param size length in bytes of the window that a {@code raw} node shows, {@code offset} its start
 */
public record BlockdevOptions(
        BlockdevDriver driver,
        @MayBeAbsent String nodeName,
        @MayBeAbsent String filename,
        @MayBeAbsent BlockdevRef file,
        @MayBeAbsent BlockdevRef backing,
        @MayBeAbsent Boolean readOnly,
        @MayBeAbsent Boolean autoReadOnly,
        @MayBeAbsent Boolean forceShare,
        @MayBeAbsent BlockdevDiscardOptions discard,
        @MayBeAbsent String detectZeroes,
        @MayBeAbsent BlockdevCacheOptions cache,
        @MayBeAbsent String locking,
        @MayBeAbsent Long offset,
        @MayBeAbsent Long size)
        implements QmpRecord {

    /**
     * Refuses a node without the image or child that its driver needs.
     *
     * @throws IllegalArgumentException naming the missing member
     */
    public BlockdevOptions {
        boolean protocol = driver == BlockdevDriver.FILE || driver == BlockdevDriver.HOST_DEVICE;
        boolean format = driver == BlockdevDriver.RAW || driver == BlockdevDriver.QCOW2;
        if (protocol && filename == null) {
            throw new MissingMemberException("filename");
        }
        if (format && file == null) {
            throw new MissingMemberException("file");
        }
    }

    /** Starts a node of a driver. */
    public static BlockdevOptionsBuilder of(BlockdevDriver driver) {
        return new BlockdevOptionsBuilder(driver);
    }

    /** Starts a node on a regular file. */
    public static BlockdevOptionsBuilder file(String filename) {
        return of(BlockdevDriver.FILE).filename(filename);
    }

    /** Starts a node on a block device of the host. */
    public static BlockdevOptionsBuilder hostDevice(String filename) {
        return of(BlockdevDriver.HOST_DEVICE).filename(filename);
    }

    /** Starts a node of format {@code raw}. */
    public static BlockdevOptionsBuilder raw(BlockdevRef file) {
        return of(BlockdevDriver.RAW).file(file);
    }

    /** Starts a node of format {@code qcow2}. */
    public static BlockdevOptionsBuilder qcow2(BlockdevRef file) {
        return of(BlockdevDriver.QCOW2).file(file);
    }
}
