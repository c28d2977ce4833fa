package dev.blockcopy.qemufake;

/** Whether a node may be replaced by a copy of another without the guest seeing other data. */
final class Replacing {
    private Replacing() {}

    /** A node shows what is below it only through filters, or as one of the members of a quorum. */
    static boolean isPossible(QemuState q, String source, String replaced) {
        if (source.equals(replaced)) {
            return true;
        }
        Node node = q.graph.node(source);
        if (node.driver() == Driver.QUORUM) {
            return node.children().stream().anyMatch(child -> isPossible(q, child.node(), replaced));
        }
        return node.driver().isFilter() && isPossible(q, node.primary(), replaced);
    }
}
