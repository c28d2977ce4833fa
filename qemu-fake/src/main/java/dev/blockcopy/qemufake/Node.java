package dev.blockcopy.qemufake;

import java.util.ArrayList;
import java.util.List;

/**
 * A node of the block graph. Immutable.
 *
 * @param name the node name, given or generated
 * @param driver what it does
 * @param filename the file behind a {@link Driver#FILE} node as it was asked for, else empty
 * @param handle the name by which the host knows the open file, else empty
 * @param size the bytes a guest would see
 * @param facts what its file was when it was opened; of a filter, those of the node below
 * @param options what the one who made it asked for
 * @param children the nodes below
 */
record Node(
        String name,
        Driver driver,
        String filename,
        String handle,
        long size,
        FileFacts facts,
        NodeOptions options,
        List<Child> children) {

    Node {
        children = List.copyOf(children);
    }

    /** The node below in a role, or null. */
    String child(String role) {
        for (Child child : children) {
            if (child.role().equals(role)) {
                return child.node();
            }
        }
        return null;
    }

    /** Whether another one is right below, in whatever role. */
    boolean isOn(String node) {
        for (Child child : children) {
            if (child.node().equals(node)) {
                return true;
            }
        }
        return false;
    }

    /** The node below that holds the bytes; the first one left where that one is gone; null for a file. */
    String primary() {
        String named = child(String.valueOf(driver.primary()));
        return named != null || children.isEmpty() ? named : children.get(0).node();
    }

    /** The same file, open under another name. */
    Node behind(String newHandle) {
        return new Node(name, driver, filename, newHandle, size, facts, options, children);
    }

    Node with(NodeOptions newOptions) {
        return new Node(name, driver, filename, handle, size, facts, newOptions, children);
    }

    Node with(List<Child> newChildren) {
        return new Node(name, driver, filename, handle, size, facts, options, newChildren);
    }

    Node sized(long newSize) {
        return new Node(name, driver, filename, handle, newSize, facts, options, children);
    }

    Node pointing(String from, String to) {
        List<Child> moved = new ArrayList<>();
        for (Child child : children) {
            moved.add(child.node().equals(from) ? new Child(child.role(), to) : child);
        }
        return with(moved);
    }

    /** The same with one more node below, or with none in that role where {@code node} is null. */
    Node with(String role, String node) {
        List<Child> changed = new ArrayList<>(
                children.stream().filter(child -> !child.role().equals(role)).toList());
        if (node != null) {
            changed.add(new Child(role, node));
        }
        return with(changed);
    }
}
