package dev.blockcopy.qemufake;

/**
 * What {@code -drive}, {@code -blockdev} or {@code blockdev-add} asked of a node.
 *
 * @param named false for a generated name: such a filter stays hidden in query-block
 * @param ownedByMonitor made by {@code -blockdev} or {@code blockdev-add}: lives until {@code blockdev-del}
 * @param readOnly refuses writes
 * @param direct bypasses the host's page cache
 * @param detectZeroes {@code off}, {@code on} or {@code unmap}
 * @param locking takes QEMU's image locks
 */
record NodeOptions(
        boolean named, boolean ownedByMonitor, boolean readOnly, boolean direct, String detectZeroes, boolean locking) {
    static final NodeOptions HIDDEN = new NodeOptions(false, false, false, false, "off", true);

    NodeOptions readOnly(boolean isReadOnly) {
        return new NodeOptions(named, ownedByMonitor, isReadOnly, direct, detectZeroes, locking);
    }

    NodeOptions ownedByMonitor(boolean owned) {
        return new NodeOptions(named, owned, readOnly, direct, detectZeroes, locking);
    }
}
