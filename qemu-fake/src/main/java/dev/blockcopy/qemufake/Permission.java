package dev.blockcopy.qemufake;

/** What a user of a node needs, or lets others do (QAPI {@code BlockPermission}), in the order of QEMU's bits. */
public enum Permission {
    CONSISTENT_READ("consistent-read"),
    WRITE("write"),
    WRITE_UNCHANGED("write-unchanged"),
    RESIZE("resize");

    private final String wire;

    Permission(String wire) {
        this.wire = wire;
    }

    String wire() {
        return wire;
    }

    /** As error texts about image locks have it. */
    String words() {
        return wire.replace('-', ' ');
    }
}
