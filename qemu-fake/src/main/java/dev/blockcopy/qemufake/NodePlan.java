package dev.blockcopy.qemufake;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * A node to be made, with the nodes below it: what {@code blockdev-add} asks for, checked in form.
 *
 * @param name the node name; null for a generated one
 * @param driver what it is to do
 * @param filename for {@link Driver#FILE}
 * @param options what was asked of it
 * @param file the node below; null for {@link Driver#FILE}
 * @param backing the node below an overlay; null for what the image itself says
 * @param making for {@link Driver#FILE}: what the file is made as before it is opened, or null
 */
record NodePlan(
        String name,
        Driver driver,
        String filename,
        NodeOptions options,
        Below file,
        Below backing,
        HostWork.Making making) {
    NodePlan(String name, Driver driver, String filename, NodeOptions options, Below file, Below backing) {
        this(name, driver, filename, options, file, backing, null);
    }

    /** The same, on an image that is made first. */
    NodePlan made(HostWork.Making newMaking) {
        return new NodePlan(name, driver, filename, options, file, backing, newMaking);
    }

    /**
     * A node below another: to be made, or there already, or wanted not to be.
     *
     * @param plan the one to be made, or null
     * @param existing the name of the one that is there, or null
     */
    record Below(NodePlan plan, String existing) {
        static final Below NOTHING = new Below(null, null);
    }

    /** What has to be opened; the handle of a file is the name of its node, which may be generated here for a look. */
    HostWork.Open open(NodeNames names) {
        List<HostWork.Wanted> wanted = new ArrayList<>();
        collect(wanted, names.copy(), driver == Driver.FILE ? Driver.RAW : driver);
        return new HostWork.Open(wanted);
    }

    private void collect(List<HostWork.Wanted> wanted, NodeNames copy, Driver format) {
        if (driver == Driver.FILE) {
            wanted.add(new HostWork.Wanted(nameFrom(copy), filename, !options.readOnly(), format, making));
            return;
        }
        for (Below below : new Below[] {file, backing}) {
            if (below != null && below.plan() != null) {
                below.plan()
                        .collect(
                                wanted,
                                copy,
                                below == file ? driver : below.plan().driver());
            }
        }
        nameFrom(copy);
    }

    private String nameFrom(NodeNames names) {
        return name == null ? names.take() : name;
    }

    /** Makes the nodes, the lower ones first, and returns the uppermost. */
    Node build(QemuState q, Iterator<FileFacts> files) {
        if (driver == Driver.FILE) {
            FileFacts facts = files.next();
            String own = nameFrom(q.names);
            return add(q, own, own, facts, List.of());
        }
        FileFacts facts = null;
        Node fileNode;
        if (file.plan() != null) {
            PeekingFacts peeking = new PeekingFacts(files);
            fileNode = file.plan().build(q, peeking);
            facts = peeking.last;
        } else {
            fileNode = q.graph.lookup(file.existing());
        }
        return q.graph.node(add(q, nameFrom(q.names), "", facts(facts, fileNode), children(q, fileNode, facts, files))
                .name());
    }

    private FileFacts facts(FileFacts opened, Node fileNode) {
        return opened != null ? opened : fileNode.facts();
    }

    private List<Child> children(QemuState q, Node fileNode, FileFacts facts, Iterator<FileFacts> files) {
        List<Child> children = new ArrayList<>();
        children.add(new Child(Child.FILE, fileNode.name()));
        if (backing != null && backing != Below.NOTHING) {
            Node below = backing.plan() != null ? backing.plan().build(q, files) : q.graph.lookup(backing.existing());
            children.add(new Child(Child.BACKING, below.name()));
        } else if (backing == null && facts != null && facts.backing() != null) {
            children.add(new Child(Child.BACKING, BackingNodes.build(q, facts.backing())));
        }
        return children;
    }

    private Node add(QemuState q, String own, String handle, FileFacts facts, List<Child> children) {
        if (q.graph.node(own) != null) {
            throw Refused.generic("Duplicate nodes with node-name='%s'", own);
        }
        long size = driver == Driver.FILE ? facts.fileSize() : facts.diskSize();
        String path = filename == null ? "" : filename;
        Node node = new Node(own, driver, path, handle, size, facts, options, children);
        q.graph.put(node);
        return node;
    }

    /** Remembers what came last, for the format above the file. */
    private static final class PeekingFacts implements Iterator<FileFacts> {
        private final Iterator<FileFacts> files;
        private FileFacts last;

        PeekingFacts(Iterator<FileFacts> files) {
            this.files = files;
        }

        @Override
        public boolean hasNext() {
            return files.hasNext();
        }

        @Override
        public FileFacts next() {
            last = files.next();
            return last;
        }
    }
}
