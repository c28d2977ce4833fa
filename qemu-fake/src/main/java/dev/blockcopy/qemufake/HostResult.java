package dev.blockcopy.qemufake;

import java.util.List;

/** How work on the host went; it comes back into the core as a value. */
public sealed interface HostResult {
    HostResult DONE = new Done();

    /** It went well, and there is nothing to tell. */
    record Done() implements HostResult {}

    /** Files were opened, in the order of {@link HostWork.Open}. */
    record Opened(List<FileFacts> files) implements HostResult {}

    /** How each of {@link HostWork.All} went, in the same order. */
    record All(List<HostResult> results) implements HostResult {}

    /** A descriptor was taken; its number in QEMU's process. */
    record Numbered(int number) implements HostResult {}

    /** The parts that a disk's own file holds, in ascending order. */
    record Mapped(List<Extents.Range> ranges) implements HostResult {}

    /**
     * It failed.
     *
     * @param errno why
     * @param text QEMU's sentence where it is more than the errno's, else null
     * @param reading the read of the source failed, not the write
     */
    record Failed(Errno errno, String text, boolean reading) implements HostResult {
        /** The file could be opened, and is no image of the format that it should be of. */
        public static final Failed NO_QCOW2 = new Failed(Errno.EINVAL, "Image is not in qcow2 format", false);

        public static Failed of(Errno errno) {
            return new Failed(errno, null, false);
        }
    }
}
