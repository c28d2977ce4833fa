package dev.blockcopy.qemufake;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What {@code -drive}, {@code -blockdev} or {@code blockdev-add} asked of a node.
 *
 * @param named false for a generated name: such a filter stays hidden in query-block
 * @param ownedByMonitor made by {@code -blockdev} or {@code blockdev-add}: lives until {@code blockdev-del}
 * @param readOnly refuses writes
 * @param autoReadOnly opened for writing only while somebody writes; {@code -drive} has it unless told otherwise
 * @param direct bypasses the host's page cache
 * @param detectZeroes {@code off}, {@code on} or {@code unmap}
 * @param locking takes QEMU's image locks
 * @param strong what was given that decides what the guest sees (QEMU's {@code strong_runtime_opts}), flat
 */
record NodeOptions(
        boolean named,
        boolean ownedByMonitor,
        boolean readOnly,
        boolean autoReadOnly,
        boolean direct,
        String detectZeroes,
        boolean locking,
        Map<String, Object> strong) {
    /** Of a node that was made without a word of the client. */
    static final NodeOptions HIDDEN = new NodeOptions(false, false, false, false, false, "off", true, Map.of());

    NodeOptions {
        strong = Collections.unmodifiableMap(new LinkedHashMap<>(strong));
    }

    NodeOptions named(boolean isNamed) {
        return new NodeOptions(isNamed, ownedByMonitor, readOnly, autoReadOnly, direct, detectZeroes, locking, strong);
    }

    NodeOptions readOnly(boolean isReadOnly) {
        return new NodeOptions(named, ownedByMonitor, isReadOnly, autoReadOnly, direct, detectZeroes, locking, strong);
    }

    NodeOptions autoReadOnly(boolean isAutoReadOnly) {
        return new NodeOptions(named, ownedByMonitor, readOnly, isAutoReadOnly, direct, detectZeroes, locking, strong);
    }

    NodeOptions ownedByMonitor(boolean owned) {
        return new NodeOptions(named, owned, readOnly, autoReadOnly, direct, detectZeroes, locking, strong);
    }
}
