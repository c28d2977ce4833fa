package dev.blockcopy.engine;

/**
 * What a copy has to know of the disk that it copies, whatever the dialect in which it was found out.
 *
 * @param name what people would call it
 * @param backend its key in {@code query-block}
 * @param source its image
 * @param isBusy another job works on it
 * @param hasBacking its image has a backing image
 * @param backingFile the name of that, as a new overlay would say it; empty where it has none or it is not known
 * @param backingFormat what that holds, or empty
 */
record DiskView(
        String name,
        CopySpec.Backend backend,
        CopySpec.Source source,
        boolean isBusy,
        boolean hasBacking,
        String backingFile,
        String backingFormat) {}
