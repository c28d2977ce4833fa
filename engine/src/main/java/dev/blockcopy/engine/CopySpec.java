package dev.blockcopy.engine;

import dev.blockcopy.engine.image.ImageFormat;
import java.nio.file.Path;
import java.util.List;

/**
 * A request as it was resolved against one QEMU: everything a job needs to know of itself, fixed for its life.
 *
 * <p>All names that QEMU or the file system sees carry the nonce, so that after a crash ours can be told from
 * everybody else's.
 *
 * @param id the job's id, for people and for QEMU
 * @param nonce 12 hexadecimal digits, drawn for this job
 * @param monitor the UNIX socket of QEMU's monitor
 * @param disk what the caller called the disk
 * @param backend the key of the disk's block backend in {@code query-block}
 * @param source the guest's image at the start
 * @param destination the image copied to
 * @param options how the mirror runs
 * @param dialect in which words QEMU is spoken to
 */
public record CopySpec(
        String id,
        String nonce,
        Path monitor,
        String disk,
        Backend backend,
        Source source,
        Destination destination,
        Options options,
        Dialect dialect) {

    /** A job in the dialect of today. */
    public CopySpec(
            String id,
            String nonce,
            Path monitor,
            String disk,
            Backend backend,
            Source source,
            Destination destination,
            Options options) {
        this(id, nonce, monitor, disk, backend, source, destination, options, Dialect.JOB_API);
    }

    /**
     * How {@code query-block} names a disk: by drive id, or by the path of its device where the drive id is empty.
     *
     * @param device the drive id, or empty
     * @param qdev the path of the device, or empty where no device uses the drive
     */
    public record Backend(String device, String qdev) {}

    /**
     * The image that the guest uses when the job begins.
     *
     * @param nodeName the root node of the disk, given or generated ({@code #block123})
     * @param file its file as QEMU names it
     * @param format its format
     * @param virtualSizeBytes what the guest sees
     * @param chain the files of the image and its backing images, as far as they are files of this host
     * @param backingNodeName the node of the backing image, or empty
     */
    public record Source(
            String nodeName,
            String file,
            String format,
            long virtualSizeBytes,
            List<Path> chain,
            String backingNodeName) {
        public Source {
            chain = List.copyOf(chain);
        }
    }

    /**
     * The image copied to.
     *
     * @param path its file, absolute
     * @param format its format
     * @param isBlockDevice whether it is a block device of the host
     * @param backingFile the backing file that a new overlay names, or empty
     * @param backingFormat the format of that, or empty
     */
    public record Destination(
            Path path, ImageFormat format, boolean isBlockDevice, String backingFile, String backingFormat) {}

    /**
     * How the mirror runs; a number below zero stands for QEMU's own choice.
     *
     * @param shallow whether only the top image is copied
     * @param synchronousWrites whether the guest's writes wait for both images
     * @param speedBytesPerSecond the limit while streaming
     * @param granularityBytes bytes a bit of the dirty bitmap
     * @param bufSizeBytes bytes in flight
     * @param maxPauseMillis how long a sealed pivot may pause the guest
     */
    public record Options(
            boolean shallow,
            boolean synchronousWrites,
            long speedBytesPerSecond,
            long granularityBytes,
            long bufSizeBytes,
            long maxPauseMillis) {}

    /** The same job, with the monitor of its QEMU elsewhere. */
    public CopySpec withMonitor(Path moved) {
        return new CopySpec(id, nonce, moved, disk, backend, source, destination, options, dialect);
    }

    /** The destination's node; at most 26 characters, so that its child fits too. */
    public String nodeName() {
        return "copy-" + nonce;
    }

    /** The node of the destination's file, below the destination's node. */
    public String fileNodeName() {
        return nodeName() + "-file";
    }

    /** The node of the bare file while it is being formatted. */
    public String bareNodeName() {
        return nodeName() + "-bare";
    }

    /** The job that formats. */
    public String formatJobId() {
        return nodeName() + "-format";
    }
}
