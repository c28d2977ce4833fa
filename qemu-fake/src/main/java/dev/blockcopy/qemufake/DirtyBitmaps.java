package dev.blockcopy.qemufake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The dirty bitmaps of all nodes, the newest first. */
final class DirtyBitmaps {
    private final Map<String, List<DirtyBitmap>> byNode = new HashMap<>();

    DirtyBitmaps copy() {
        DirtyBitmaps copy = new DirtyBitmaps();
        byNode.forEach((node, bitmaps) -> copy.byNode.put(node, new ArrayList<>(bitmaps)));
        return copy;
    }

    List<DirtyBitmap> of(String node) {
        return byNode.getOrDefault(node, List.of());
    }

    /** Null if there is none of this name. */
    DirtyBitmap find(String node, String name) {
        return of(node).stream()
                .filter(bitmap -> bitmap.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    void add(String node, DirtyBitmap bitmap) {
        byNode.computeIfAbsent(node, unseen -> new ArrayList<>()).add(0, bitmap);
    }

    void remove(String node, DirtyBitmap bitmap) {
        byNode.get(node).remove(bitmap);
    }

    void change(String node, String name, UnaryOperator<DirtyBitmap> change) {
        byNode.get(node).replaceAll(bitmap -> bitmap.name().equals(name) ? change.apply(bitmap) : bitmap);
    }

    /** Something is written to a node, and so to those below it that hold its bytes. */
    void mark(Graph graph, String node, Extents.Range range) {
        if (byNode.isEmpty()) {
            return;
        }
        for (String at = node; at != null; at = graph.node(at).primary()) {
            if (byNode.containsKey(at)) {
                byNode.get(at).replaceAll(bitmap -> bitmap.isRecording() ? bitmap.with(range) : bitmap);
            }
        }
    }

    /** They go with their nodes. */
    void sweep(Graph graph) {
        byNode.keySet().removeIf(node -> graph.node(node) == null);
    }
}
