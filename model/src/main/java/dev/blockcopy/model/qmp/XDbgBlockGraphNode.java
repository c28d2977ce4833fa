package dev.blockcopy.model.qmp;

/** A node of the debug graph: a device, a job or a block node (QAPI {@code XDbgBlockGraphNode}). */
public record XDbgBlockGraphNode(String name, XDbgBlockGraphNodeType type, long id) implements QmpRecord {}
