package dev.blockcopy.model.qmp;

import java.util.List;

/** The whole block graph (QAPI {@code XDbgBlockGraph} in {@code block-core.json}). */
public record XDbgBlockGraph(List<XDbgBlockGraphEdge> edges, List<XDbgBlockGraphNode> nodes) implements QmpRecord {

    /**
     * Reads the return value of {@code x-debug-query-block-graph}.
     *
     * @throws QmpSyntaxException if it is not what QAPI promises
     */
    public static XDbgBlockGraph from(Object value) {
        return MemberReader.answer(XDbgBlockGraph.class, value, "x-debug-query-block-graph");
    }
}
