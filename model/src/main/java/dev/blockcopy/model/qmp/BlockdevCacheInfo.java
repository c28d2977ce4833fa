package dev.blockcopy.model.qmp;

/** How a node is cached (QAPI {@code BlockdevCacheInfo} in {@code block-core.json}). */
public record BlockdevCacheInfo(boolean noFlush, boolean direct, boolean writeback) implements QmpRecord {}
