package dev.blockcopy.model.qmp;

/** An image (QAPI {@code ImageInfo} in {@code block-core.json}); sizes are bytes. */
public record ImageInfo(
        @MayBeAbsent ImageInfo backingImage,
        @MayBeAbsent String backingFilenameFormat,
        long virtualSize,
        String filename,
        @MayBeAbsent Long clusterSize,
        String format,
        @MayBeAbsent Long actualSize,
        @MayBeAbsent String fullBackingFilename,
        @MayBeAbsent String backingFilename)
        implements QmpRecord {}
