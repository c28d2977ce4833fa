package dev.blockcopy.qemufake;

import dev.blockcopy.model.qmp.QmpCodec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What QEMU calls the file of a node: a path where that says all, else {@code json:} and the options that do, as in
 * {@code bdrv_refresh_filename}.
 */
final class NodeFilename {
    private static final int BUCKETS = 512;

    private final Graph graph;

    NodeFilename(Graph graph) {
        this.graph = graph;
    }

    String of(Node node) {
        String exact = exact(node);
        return exact != null ? exact : "json:" + QmpCodec.json(options(node));
    }

    /** A path that is enough to open the node again; null if there is none. */
    private String exact(Node node) {
        return switch (node.driver()) {
            case FILE -> node.filename();
            case RAW -> node.options().strong().isEmpty() ? exactBelow(node) : null;
            case QCOW2 -> isBackingOverridden(node) ? null : exactBelow(node);
            case MIRROR_TOP, COPY_BEFORE_WRITE -> of(graph.node(node.primary()));
            case BLKDEBUG ->
                node.options().strong().isEmpty() && exactBelow(node) != null ? "blkdebug::" + exactBelow(node) : null;
            case THROTTLE, QUORUM -> null;
        };
    }

    /** Only the path of a protocol says all; that of a format is its own affair (scenario g31). */
    private String exactBelow(Node node) {
        Node below = graph.node(node.primary());
        return below.driver() == Driver.FILE || below.driver() == Driver.BLKDEBUG ? exact(below) : null;
    }

    /** The file below is not the one that the image itself names. */
    boolean isBackingOverridden(Node node) {
        String named =
                node.facts().backing() == null ? null : node.facts().backing().file();
        String below = node.child(Child.BACKING);
        return below == null ? named != null : !of(graph.node(below)).equals(named);
    }

    private Map<String, Object> options(Node node) {
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("driver", node.driver().wire());
        if (node.driver() == Driver.FILE) {
            options.put("filename", node.filename());
        }
        options.putAll(node.options().strong());
        if (node.driver() == Driver.QUORUM) {
            List<Object> children = new ArrayList<>();
            node.children().forEach(child -> children.add(options(graph.node(child.node()))));
            options.put("children", children);
        } else if (node.driver() != Driver.FILE) {
            options.put(node.driver().primary(), options(graph.node(node.primary())));
        }
        if (node.driver() == Driver.QCOW2 && isBackingOverridden(node)) {
            String below = node.child(Child.BACKING);
            options.put(Child.BACKING, below == null ? null : options(graph.node(below)));
        }
        return sorted(options);
    }

    /** Members come in the order of QEMU's hash table ({@code qobject/qdict.c}), the latest of a bucket first. */
    private static Map<String, Object> sorted(Map<String, Object> options) {
        Map<String, Object> sorted = new LinkedHashMap<>();
        List<String> latestFirst = new ArrayList<>(options.keySet());
        Collections.reverse(latestFirst);
        latestFirst.stream()
                .sorted(Comparator.comparingInt(NodeFilename::bucket))
                .forEach(key -> sorted.put(key, options.get(key)));
        return sorted;
    }

    private static int bucket(String key) {
        int value = 0x238F13AF * key.length();
        for (int i = 0; i < key.length(); i++) {
            value += key.charAt(i) << (i * 5 % 24);
        }
        return Integer.remainderUnsigned(1103515243 * value + 12345, BUCKETS);
    }
}
