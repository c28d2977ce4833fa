package dev.blockcopy.qemufake;

/**
 * How the bytes of a disk lie on the host: an open file, read through a format, above what it does not hold itself.
 *
 * @param handle the name of the file node, by which the host knows the open file
 * @param format {@link Driver#RAW} (also for the bare file) or {@link Driver#QCOW2}
 * @param backing where unallocated parts come from, or null
 */
public record Image(String handle, Driver format, Image backing) {}
