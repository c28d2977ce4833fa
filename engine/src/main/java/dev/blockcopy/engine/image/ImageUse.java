package dev.blockcopy.engine.image;

/** Whether another process has an image open, as far as locks tell. */
public enum ImageUse {
    /** No process holds a lock on it; QEMU with {@code locking=off} or an unused raw node looks like this too. */
    FREE,
    /** Some process holds a lock that QEMU puts on images. */
    IN_USE,
    /** The file system has no locks. */
    UNKNOWN
}
