package dev.blockcopy.qemufake;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of block node that the fake knows (QAPI {@code BlockdevDriver}). */
public enum Driver {
    FILE("file"),
    RAW("raw"),
    QCOW2("qcow2"),
    /** Fails on rules of its own; see {@link Blkdebug}. */
    BLKDEBUG("blkdebug"),
    /** Lets requests through at the pace of a {@link ThrottleGroup}. */
    THROTTLE("throttle"),
    /** Writes to all its children and reads the first; the fake counts no votes. */
    QUORUM("quorum"),
    /** The filter that a mirror job puts above its source. */
    MIRROR_TOP("mirror_top"),
    /** The filter that a backup job puts above its source. */
    COPY_BEFORE_WRITE("copy-before-write");

    private final String wire;

    Driver(String wire) {
        this.wire = wire;
    }

    /** The format with this name, in QAPI's spelling. */
    public static Driver named(String wire) {
        return find(wire).orElseThrow(() -> new IllegalArgumentException("no driver " + wire));
    }

    static Optional<Driver> find(String wire) {
        return Arrays.stream(values())
                .filter(driver -> driver.wire.equals(wire))
                .findFirst();
    }

    public String wire() {
        return wire;
    }

    /** Shows the bytes of the one node below it as they are. */
    boolean isFilter() {
        return switch (this) {
            case BLKDEBUG, THROTTLE, MIRROR_TOP, COPY_BEFORE_WRITE -> true;
            case FILE, RAW, QCOW2, QUORUM -> false;
        };
    }

    /** Put into the graph by a job. */
    boolean isOfJob() {
        return this == MIRROR_TOP || this == COPY_BEFORE_WRITE;
    }

    /** The role of the node below that holds the bytes; null for {@link #FILE}, which has none. */
    String primary() {
        return switch (this) {
            case FILE -> null;
            case RAW, QCOW2, THROTTLE, COPY_BEFORE_WRITE -> Child.FILE;
            case BLKDEBUG -> Child.IMAGE;
            case MIRROR_TOP -> Child.BACKING;
            case QUORUM -> Child.nth(0);
        };
    }
}
