package dev.blockcopy.qemufake;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The nodes of a QEMU in the order in which they got their names, and what the guest's disks hang on. */
final class Graph {
    private static final int NAME_MAX = 31;

    private Map<String, Node> nodes = new LinkedHashMap<>();
    private List<Backend> backends = new ArrayList<>();
    /** Another graph has the same nodes and backends: whoever changes one of the two makes his own first. */
    private boolean isShared;

    Graph copy() {
        Graph copy = new Graph();
        copy.nodes = nodes;
        copy.backends = backends;
        copy.isShared = true;
        isShared = true;
        return copy;
    }

    private Graph own() {
        if (isShared) {
            nodes = new LinkedHashMap<>(nodes);
            backends = new ArrayList<>(backends);
            isShared = false;
        }
        return this;
    }

    /** Whether the very same nodes and backends are in both. */
    boolean isSameAs(Graph other) {
        if (nodes == other.nodes && backends == other.backends) {
            return true;
        }
        boolean isSame = nodes.size() == other.nodes.size() && backends.size() == other.backends.size();
        Iterator<Node> others = other.nodes.values().iterator();
        for (Iterator<Node> each = nodes.values().iterator(); isSame && each.hasNext(); ) {
            isSame = each.next() == others.next();
        }
        for (int i = 0; isSame && i < backends.size(); i++) {
            isSame = backends.get(i) == other.backends.get(i);
        }
        return isSame;
    }

    Collection<Node> nodes() {
        return Collections.unmodifiableCollection(nodes.values());
    }

    List<Backend> backends() {
        return Collections.unmodifiableList(backends);
    }

    Node node(String name) {
        return nodes.get(name);
    }

    void put(Node node) {
        own().nodes.put(node.name(), node);
    }

    void add(Backend backend) {
        own().backends.add(backend);
    }

    void replace(Backend before, Backend after) {
        own().backends.set(backends.indexOf(before), after);
    }

    /** The io-status of every disk is as at the beginning. */
    void forgetErrors() {
        own().backends.replaceAll(backend -> backend.is(Backend.OK));
    }

    Backend backend(String drive) {
        for (Backend backend : backends) {
            if (!drive.isEmpty() && backend.drive().equals(drive)) {
                return backend;
            }
        }
        return null;
    }

    /** The node that QEMU means by a name in a command: of a drive first, else of a node. */
    Node lookup(String deviceOrNode) {
        Backend backend = backend(deviceOrNode);
        if (backend != null && !backend.hasMedium()) {
            throw Refused.generic("Device '%s' has no medium", deviceOrNode);
        }
        Node found = node(backend == null ? deviceOrNode : backend.root());
        if (found == null) {
            throw Refused.generic("Cannot find device='%s' nor node-name='%s'", deviceOrNode, deviceOrNode);
        }
        return found;
    }

    /** Refuses what can't be the name of a new node, in QEMU's order (scenario m32). */
    void checkNew(String name) {
        if (!JobIds.isWellFormed(name)) {
            throw Refused.generic("Invalid node-name: '%s'", name);
        }
        if (backend(name) != null) {
            throw Refused.generic("node-name=%s is conflicting with a device id", name);
        }
        if (node(name) != null) {
            throw Refused.generic("Duplicate nodes with node-name='%s'", name);
        }
        if (name.length() > NAME_MAX) {
            throw Refused.generic("Node name too long");
        }
    }

    boolean hasBackend(String node) {
        for (Backend backend : backends) {
            if (backend.root().equals(node)) {
                return true;
            }
        }
        return false;
    }

    List<Node> parentsOf(String node) {
        List<Node> parents = new ArrayList<>();
        for (Node parent : nodes.values()) {
            if (parent.isOn(node)) {
                parents.add(parent);
            }
        }
        return parents;
    }

    /** Whoever used the one node uses the other from now on, but for {@code except}. */
    void replaceForParents(String from, String to, String except) {
        for (Node parent : parentsOf(from)) {
            if (!parent.name().equals(except)) {
                put(parent.pointing(from, to));
            }
        }
        own().backends.replaceAll(backend -> backend.root().equals(from) ? backend.on(to) : backend);
    }

    /** Whether one node hangs on another, or is it. */
    boolean isBelow(String upper, String lower) {
        Node node = nodes.get(upper);
        return node != null
                && (upper.equals(lower) || node.children().stream().anyMatch(child -> isBelow(child.node(), lower)));
    }

    void remove(String node) {
        own().nodes.remove(node);
    }

    /** Nodes that nobody holds any more go, and with them their files. */
    void sweep(Set<String> heldByJobs) {
        Set<String> held = new HashSet<>();
        heldByJobs.forEach(name -> hold(name, held));
        backends.forEach(backend -> hold(backend.root(), held));
        for (Node node : nodes.values()) {
            if (node.options().ownedByMonitor()) {
                hold(node.name(), held);
            }
        }
        if (held.size() < nodes.size()) {
            own().nodes.keySet().retainAll(held);
        }
    }

    private void hold(String name, Set<String> held) {
        Node node = nodes.get(name);
        if (node != null && held.add(name)) {
            node.children().forEach(child -> hold(child.node(), held));
        }
    }

    /** How the bytes below a node lie on the host. */
    Image image(String name) {
        Node node = nodes.get(name);
        return switch (node.driver()) {
            case FILE -> new Image(node.handle(), Driver.RAW, null);
            case RAW, BLKDEBUG, THROTTLE, MIRROR_TOP, COPY_BEFORE_WRITE -> image(node.primary());
            case QUORUM ->
                Image.ofAll(node.children().stream()
                        .map(child -> image(child.node()))
                        .toList());
            case QCOW2 ->
                new Image(
                        image(node.child(Child.FILE)).handle(),
                        Driver.QCOW2,
                        node.child(Child.BACKING) == null ? null : image(node.child(Child.BACKING)));
        };
    }

    /** What QEMU calls the file of a node: a path, or a description in JSON. */
    String filename(Node node) {
        return new NodeFilename(this).of(node);
    }

    /** The file node behind a node. */
    Node fileBelow(Node node) {
        Node at = node;
        while (at.driver() != Driver.FILE) {
            at = nodes.get(at.primary());
        }
        return at;
    }

    /** The node whose image answers, below the filters of jobs. */
    Node belowFilters(Node node) {
        Node at = node;
        while (at.driver().isOfJob()) {
            at = nodes.get(at.primary());
        }
        return at;
    }
}
