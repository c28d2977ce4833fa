package dev.blockcopy.engine;

import dev.blockcopy.model.qmp.BlockDeviceInfo;
import dev.blockcopy.model.qmp.BlockInfo;
import dev.blockcopy.model.qmp.ImageInfo;
import dev.blockcopy.model.qmp.XDbgBlockGraph;
import dev.blockcopy.model.qmp.XDbgBlockGraphEdge;
import dev.blockcopy.model.qmp.XDbgBlockGraphNode;
import dev.blockcopy.model.qmp.XDbgBlockGraphNodeType;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A disk of the guest as QEMU shows it: its row in {@code query-block}, the nodes, and the graph between them.
 *
 * @param row the block backend
 * @param nodes all nodes
 * @param graph who is above whom
 */
record Disk(BlockInfo row, List<BlockDeviceInfo> nodes, XDbgBlockGraph graph) {
    private static final Set<String> FILE_DRIVERS = Set.of("file", "host_device");

    /**
     * Finds a disk by drive id, device id, path of the device, or node name, in this order.
     *
     * @return empty if there is none
     */
    static Optional<BlockInfo> find(List<BlockInfo> rows, String name) {
        return first(rows, row -> name.equals(row.device()))
                .or(() -> first(rows, row -> isDevice(row.qdev(), name)))
                .or(() -> first(
                        rows,
                        row -> row.inserted() != null
                                && name.equals(row.inserted().nodeName())));
    }

    /** Whether a disk is called so: by drive id, device id or path of the device. */
    static boolean isCalled(CopySpec.Backend backend, String name) {
        return !name.isEmpty() && (name.equals(backend.device()) || isDevice(backend.qdev(), name));
    }

    private static boolean isDevice(String qdev, String name) {
        return name.equals(qdev)
                || ("/machine/peripheral/" + name + "/virtio-backend").equals(qdev)
                || (name + "/virtio-backend").equals(qdev)
                || name.equals("/machine/peripheral/" + qdev);
    }

    private static Optional<BlockInfo> first(List<BlockInfo> rows, java.util.function.Predicate<BlockInfo> predicate) {
        return rows.stream().filter(predicate).findFirst();
    }

    /** What people would call the disks of this QEMU. */
    static List<String> namesOf(List<BlockInfo> rows) {
        return rows.stream()
                .filter(row -> row.inserted() != null)
                .map(Disk::nameOf)
                .toList();
    }

    /** What people would call a disk. */
    static String nameOf(BlockInfo row) {
        if (!row.device().isEmpty()) {
            return row.device();
        }
        String qdev = row.qdev() == null ? "" : row.qdev();
        return qdev.replaceFirst("^/machine/peripheral/", "").replaceFirst("/virtio-backend$", "");
    }

    String name() {
        return nameOf(row);
    }

    CopySpec.Backend backend() {
        return new CopySpec.Backend(row.device(), row.qdev() == null ? "" : row.qdev());
    }

    CopySpec.Source source() {
        ImageInfo image = row.inserted().image();
        return new CopySpec.Source(
                rootNode(), row.inserted().file(), image.format(), image.virtualSize(), chain(), backingNode());
    }

    String rootNode() {
        return row.inserted().nodeName();
    }

    boolean isReadOnly() {
        return row.inserted().ro();
    }

    /** The image at the root, its backing chain inside. */
    ImageInfo image() {
        return row.inserted().image();
    }

    DiskView view() {
        boolean hasBacking = !backingNode().isEmpty();
        ImageInfo below = image().backingImage();
        return new DiskView(
                name(),
                backend(),
                source(),
                isBusy(),
                hasBacking,
                Objects.requireNonNullElse(image().fullBackingFilename(), ""),
                below == null ? "" : below.format());
    }

    /** The files of the root and everything below it, the root's own first. */
    private List<Path> chain() {
        Set<String> below = namesBelow(rootNode());
        List<Path> files = new ArrayList<>();
        for (String name : below) {
            nodes.stream()
                    .filter(node -> name.equals(node.nodeName()) && FILE_DRIVERS.contains(node.drv()))
                    .map(node -> Path.of(node.file()))
                    .forEach(files::add);
        }
        return files;
    }

    /** The node of the backing image, below whatever filters are on top; empty if there is none. */
    private String backingNode() {
        Deque<String> ahead = new ArrayDeque<>(List.of(rootNode()));
        while (!ahead.isEmpty()) {
            String name = ahead.remove();
            List<String> backing = childrenOf(name, "backing");
            if (!backing.isEmpty()) {
                return backing.get(0);
            }
            ahead.addAll(childrenOf(name, "file"));
        }
        return "";
    }

    private Set<String> namesBelow(String root) {
        Set<String> seen = new java.util.LinkedHashSet<>();
        Deque<String> ahead = new ArrayDeque<>(List.of(root));
        while (!ahead.isEmpty()) {
            String name = ahead.remove();
            if (seen.add(name)) {
                ahead.addAll(childrenOf(name, "file"));
                ahead.addAll(childrenOf(name, "backing"));
            }
        }
        return seen;
    }

    /** Whether some block job works on the root already. */
    boolean isBusy() {
        Set<Long> jobs = new HashSet<>();
        graph.nodes().stream()
                .filter(node -> node.type() == XDbgBlockGraphNodeType.BLOCK_JOB)
                .forEach(node -> jobs.add(node.id()));
        return graph.edges().stream()
                .anyMatch(edge -> jobs.contains(edge.parent()) && rootNode().equals(nameOfNode(edge.child())));
    }

    private List<String> childrenOf(String parent, String role) {
        return graph.edges().stream()
                .filter(edge -> edge.name().equals(role) && parent.equals(nameOfNode(edge.parent())))
                .map(XDbgBlockGraphEdge::child)
                .map(this::nameOfNode)
                .toList();
    }

    private String nameOfNode(long id) {
        return graph.nodes().stream()
                .filter(node -> node.id() == id && node.type() == XDbgBlockGraphNodeType.BLOCK_DRIVER)
                .map(XDbgBlockGraphNode::name)
                .findFirst()
                .orElse("");
    }
}
