package dev.blockcopy.engine.image;

/**
 * Which file a name leads to, whatever the name: device and inode, or the device number of a block device.
 *
 * <p>Two names lead to one file exactly if their identities are equal: symbolic and hard links, bind mounts and
 * {@code /proc/self/fd} included. One file seen through two network mounts, or through an overlay and beside it, has
 * two identities; there QEMU's own locks are the last word.
 *
 * @param kind what the numbers mean
 * @param device number of the device that holds the file, or of the block device itself
 * @param inode inode number, 0 for a block device
 */
public record FileIdentity(Kind kind, long device, long inode) {

    /** What the two numbers of an identity mean. */
    public enum Kind {
        FILE,
        BLOCK_DEVICE
    }

    /** Identity of a file (or directory) on a device. */
    public static FileIdentity ofFile(long device, long inode) {
        return new FileIdentity(Kind.FILE, device, inode);
    }

    /** Identity of a block device by its number, so that all its nodes are one. */
    public static FileIdentity ofBlockDevice(long number) {
        return new FileIdentity(Kind.BLOCK_DEVICE, number, 0);
    }

    /** The form that is stored, {@code FILE:device:inode}; {@link #parse} reads it back. */
    public String text() {
        return kind + ":" + device + ":" + inode;
    }

    /**
     * Reads the form that {@link #text} writes.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public static FileIdentity parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("not a file identity: " + text);
        }
        return new FileIdentity(Kind.valueOf(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
    }

    /** Major number of the device. */
    int major() {
        return (int) ((device >>> 8 & 0xfff) | (device >>> 32 & ~0xfffL));
    }

    /** Minor number of the device. */
    int minor() {
        return (int) ((device & 0xff) | (device >>> 12 & ~0xffL));
    }
}
