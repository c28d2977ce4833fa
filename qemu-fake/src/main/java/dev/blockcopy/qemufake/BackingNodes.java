package dev.blockcopy.qemufake;

import java.util.List;

/** The nodes for a chain of backing files that an overlay names by itself. */
final class BackingNodes {
    private BackingNodes() {}

    /** Makes them, with generated names, and returns the name of the uppermost. */
    static String build(QemuState q, FileFacts.Backing backing) {
        NodeOptions options = NodeOptions.HIDDEN.readOnly(true);
        FileFacts facts = backing.facts();
        String file = q.names.take();
        q.graph.put(new Node(
                file,
                Driver.FILE,
                backing.file(),
                backing.handle(),
                NodePlan.wholeSectors(facts.fileSize()),
                facts,
                options,
                List.of()));
        String own = q.names.take();
        List<Child> children = List.of(new Child(Child.FILE, file));
        Node node = new Node(own, backing.format(), "", "", facts.diskSize(), facts, options, children);
        q.graph.put(node);
        if (facts.backing() != null) {
            q.graph.put(node.with(Child.BACKING, build(q, facts.backing())));
        }
        return own;
    }
}
