package dev.blockcopy.model.qmp;

import java.util.List;

/** An edge of the debug graph, from parent to child by id; {@code name} is the child's role (QAPI {@code XDbgBlockGraphEdge}). */
public record XDbgBlockGraphEdge(String name, long parent, List<String> sharedPerm, List<String> perm, long child)
        implements QmpRecord {}
