package dev.blockcopy.model.qmp;

/** How the host caches a node (QAPI {@code BlockdevCacheOptions} in {@code block-core.json}). */
public record BlockdevCacheOptions(
        @MayBeAbsent Boolean direct, @MayBeAbsent Boolean noFlush) implements QmpRecord {}
