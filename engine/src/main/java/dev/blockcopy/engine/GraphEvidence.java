package dev.blockcopy.engine;

import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.model.qmp.BlockInfo;
import dev.blockcopy.model.qmp.QmpReply;
import dev.blockcopy.model.qmp.XDbgBlockGraph;
import dev.blockcopy.model.qmp.XDbgBlockGraphEdge;
import dev.blockcopy.model.qmp.XDbgBlockGraphNode;
import dev.blockcopy.model.qmp.XDbgBlockGraphNodeType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Which image the guest's disk leads to, by node names that nobody else draws: not by file names, and not by what the
 * job says of itself.
 *
 * <p>{@code query-block} names the root node of a disk and skips QEMU's own filters. Where the root is neither of our
 * two, filters and overlays that somebody else put on top are walked down in the debug graph, to the first of the two.
 */
public final class GraphEvidence {
    private static final Set<String> DOWNWARDS = Set.of("root", "file", "backing");

    private GraphEvidence() {}

    /**
     * One of ON_SOURCE, ON_DESTINATION and NO_MEDIUM, or ON_ANOTHER where there is no such disk; empty where {@code
     * query-block} alone does not tell, for there is something on top of our two.
     */
    static Optional<Trigger> byRoot(CopySpec spec, Object queryBlock) {
        Optional<BlockInfo> disk = BlockInfo.listFrom(queryBlock).stream()
                .filter(row -> isBackend(row, spec.backend()))
                .findFirst();
        if (disk.isEmpty()) {
            return Optional.of(Trigger.ON_ANOTHER);
        }
        if (disk.get().inserted() == null) {
            return Optional.of(Trigger.NO_MEDIUM);
        }
        return Optional.of(byName(spec, disk.get().inserted().nodeName()))
                .filter(trigger -> trigger != Trigger.ON_ANOTHER);
    }

    /** The same where {@code query-block} does not tell; it stays another one if that can't be told either. */
    static Trigger byGraph(CopySpec spec, QmpReply graph) {
        return graph instanceof QmpReply.Success success
                ? byWalk(spec, XDbgBlockGraph.from(success.value()))
                : Trigger.ON_ANOTHER;
    }

    /** Whether a row of {@code query-block} is this disk; a disk of {@code -blockdev} has an empty drive id. */
    public static boolean isBackend(BlockInfo row, CopySpec.Backend backend) {
        return backend.device().isEmpty()
                ? row.device().isEmpty() && backend.qdev().equals(row.qdev())
                : backend.device().equals(row.device());
    }

    private static Trigger byName(CopySpec spec, String nodeName) {
        if (spec.nodeName().equals(nodeName)) {
            return Trigger.ON_DESTINATION;
        }
        return spec.source().nodeName().equals(nodeName) ? Trigger.ON_SOURCE : Trigger.ON_ANOTHER;
    }

    private static Trigger byWalk(CopySpec spec, XDbgBlockGraph graph) {
        String key = spec.backend().device().isEmpty()
                ? spec.backend().qdev()
                : spec.backend().device();
        Deque<Long> ahead = new ArrayDeque<>();
        Set<Long> seen = new HashSet<>();
        graph.nodes().stream()
                .filter(node -> node.type() == XDbgBlockGraphNodeType.BLOCK_BACKEND
                        && node.name().equals(key))
                .forEach(node -> ahead.add(node.id()));
        while (!ahead.isEmpty()) {
            long id = ahead.remove();
            if (!seen.add(id)) {
                continue;
            }
            Trigger here = byName(spec, nameOf(graph, id));
            if (here != Trigger.ON_ANOTHER) {
                return here;
            }
            ahead.addAll(childrenOf(graph, id));
        }
        return Trigger.ON_ANOTHER;
    }

    private static String nameOf(XDbgBlockGraph graph, long id) {
        return graph.nodes().stream()
                .filter(node -> node.id() == id)
                .map(XDbgBlockGraphNode::name)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("");
    }

    private static List<Long> childrenOf(XDbgBlockGraph graph, long id) {
        return graph.edges().stream()
                .filter(edge -> edge.parent() == id && DOWNWARDS.contains(edge.name()))
                .map(XDbgBlockGraphEdge::child)
                .toList();
    }
}
