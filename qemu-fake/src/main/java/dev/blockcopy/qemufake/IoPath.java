package dev.blockcopy.qemufake;

import java.util.HashMap;
import java.util.Map;

/**
 * The way of a request down the graph, from node to node: which {@link Blkdebug} rules it sets off, and whether one of
 * them fails it before it comes to a file. Nothing of it is remembered before {@link #outcome}.
 */
final class IoPath {
    private final QemuState q;
    private final Map<String, Blkdebug> changed = new HashMap<>();
    private Errno errno;
    private boolean isReading;

    IoPath(QemuState q) {
        this.q = q;
    }

    /** Why the requests so far have failed; null if none has. */
    Errno errno() {
        return errno;
    }

    /** How a request went whose work on the host went so: null if well. Rules stay where it has brought them. */
    HostResult.Failed outcome(HostResult result) {
        q.blkdebugs.putAll(changed);
        if (errno != null) {
            return new HostResult.Failed(errno, null, isReading);
        }
        return result instanceof HostResult.Failed failed ? failed : null;
    }

    void read(String node, Extents.Range range) {
        go(node, "read", range);
        isReading = errno != null;
    }

    IoPath writing(String node, Extents.Range range) {
        go(node, "write", range);
        return this;
    }

    private void go(String name, String type, Extents.Range range) {
        Node node = q.graph.node(name);
        if (errno != null || node.driver() == Driver.FILE) {
            return;
        }
        switch (node.driver()) {
            case RAW, QCOW2 -> event(node.primary(), type + "_aio");
            case BLKDEBUG -> {
                if (type.equals("write")) {
                    event(name, "pwritev");
                }
                check(name, type, range.start(), range.length());
            }
            default -> {}
        }
        if (node.driver() == Driver.QUORUM) {
            node.children().forEach(child -> go(child.node(), type, range));
        } else {
            go(node.primary(), type, range);
        }
        if (node.driver() == Driver.BLKDEBUG && type.equals("write")) {
            event(name, "pwritev_done");
        }
    }

    /** Parents announce a flush to the node below them before they flush it. */
    void flush(String name) {
        Node node = q.graph.node(name);
        if (errno != null || node.driver() == Driver.FILE) {
            return;
        }
        event(node.primary(), "flush_to_os");
        event(node.primary(), "flush_to_disk");
        if (node.driver() == Driver.BLKDEBUG) {
            check(name, "flush", 0, 0);
        }
        node.children().forEach(child -> flush(child.node()));
    }

    private void event(String node, String event) {
        if (q.blkdebugs.containsKey(node)) {
            changed.put(node, rules(node).after(event));
        }
    }

    private void check(String node, String type, long offset, long length) {
        Blkdebug.Checked checked = rules(node).check(type, offset, length);
        changed.put(node, checked.next());
        errno = errno == null ? checked.errno() : errno;
    }

    private Blkdebug rules(String node) {
        return changed.getOrDefault(node, q.blkdebugs.get(node));
    }
}
