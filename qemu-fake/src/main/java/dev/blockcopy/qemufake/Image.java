package dev.blockcopy.qemufake;

import java.util.List;

/**
 * How the bytes of a disk lie on the host: an open file, read through a format, above what it does not hold itself; or
 * several images that all hold the same.
 *
 * @param handle the name of the file node, by which the host knows the open file; null for several images
 * @param format {@link Driver#RAW} (also for the bare file) or {@link Driver#QCOW2}; {@link Driver#QUORUM} for several
 * @param backing where unallocated parts come from, or null
 * @param replicas the images that hold the same, the one that is read first; empty for one image
 */
public record Image(String handle, Driver format, Image backing, List<Image> replicas) {
    public Image {
        replicas = List.copyOf(replicas);
    }

    Image(String handle, Driver format, Image backing) {
        this(handle, format, backing, List.of());
    }

    static Image ofAll(List<Image> replicas) {
        return new Image(null, Driver.QUORUM, null, replicas);
    }
}
