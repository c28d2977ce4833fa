package dev.blockcopy.qemufake;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * A node to be made, with the nodes below it: what {@code blockdev-add} asks for, checked in form.
 *
 * @param name the node name; null for a generated one
 * @param driver what it is to do; null until its file has been looked at
 * @param filename for {@link Driver#FILE}
 * @param options what was asked of it
 * @param branches the nodes below, in the order in which they are opened
 * @param rules for {@link Driver#BLKDEBUG}, else null
 * @param isAlone the file below that an overlay names is not opened
 * @param making for {@link Driver#FILE}: what the file is made as before it is opened, or null
 */
record NodePlan(
        String name,
        Driver driver,
        String filename,
        NodeOptions options,
        List<Branch> branches,
        Blkdebug rules,
        boolean isAlone,
        HostWork.Making making) {
    private static final int SECTOR = 512;

    /**
     * A node below another: to be made, or there already.
     *
     * @param role which child it is
     * @param plan the one to be made, or null
     * @param existing the name of the one that is there, or null
     */
    record Branch(String role, NodePlan plan, String existing) {}

    NodePlan {
        branches = List.copyOf(branches);
    }

    /** A file, made first where {@code making} is not null. */
    static NodePlan file(String filename, NodeOptions options, HostWork.Making making) {
        return new NodePlan(null, Driver.FILE, filename, options, List.of(), null, false, making);
    }

    /** A format on a node that is to be made too. */
    static NodePlan above(NodePlan below, String name, Driver driver, NodeOptions options, boolean isAlone) {
        Branch branch = new Branch(Child.FILE, below, null);
        return new NodePlan(name, driver, null, options, List.of(branch), null, isAlone, null);
    }

    /** The same for a file whose format is known now. */
    NodePlan as(Driver known) {
        return new NodePlan(name, known, filename, options, branches, rules, isAlone, making);
    }

    /** The same under another name, or with other options. */
    NodePlan as(String newName, NodeOptions newOptions) {
        return new NodePlan(newName, driver, filename, newOptions, branches, rules, isAlone, making);
    }

    /** What has to be opened; the handle of a file is the name of its node, which may be generated here for a look. */
    HostWork.Open open(QemuState q) {
        return open(q, q.names.copy());
    }

    /** The same as one of several plans, whose nodes get their names one after the other. */
    HostWork.Open open(QemuState q, NodeNames names) {
        List<HostWork.Wanted> wanted = new ArrayList<>();
        collect(q, wanted, names, driver, isAlone);
        return new HostWork.Open(wanted);
    }

    private void collect(
            QemuState q, List<HostWork.Wanted> wanted, NodeNames names, Driver reader, boolean isReaderAlone) {
        if (driver == Driver.FILE) {
            wanted.add(new HostWork.Wanted(
                    nameFrom(names), filename, !options.readOnly(), asFormat(reader), isReaderAlone, making));
            return;
        }
        for (Branch branch : branches) {
            boolean isPrimary = driver == null || branch.role().equals(driver.primary());
            if (branch.plan() != null) {
                Driver next = !isPrimary ? branch.plan().driver() : isTransparent() ? reader : driver;
                branch.plan().collect(q, wanted, names, next, isPrimary ? isReaderAlone : branch.plan().isAlone);
            } else if (isLook(q, branch)) {
                Node file = q.graph.node(branch.existing());
                wanted.add(new HostWork.Wanted(
                        file.handle(), file.filename(), !file.options().readOnly(), driver, isReaderAlone, null));
            }
        }
        nameFrom(names);
    }

    /** What is above it reads the file below it. */
    private boolean isTransparent() {
        return driver != null && driver.isFilter();
    }

    /** A file that is open already has to be looked at once more when something reads it as an image. */
    private boolean isLook(QemuState q, Branch branch) {
        Node there = q.graph.node(branch.existing());
        return driver == Driver.QCOW2
                && branch.role().equals(Child.FILE)
                && there != null
                && there.driver() == Driver.FILE;
    }

    private static Driver asFormat(Driver reader) {
        return reader == null || reader == Driver.QCOW2 ? reader : Driver.RAW;
    }

    private String nameFrom(NodeNames names) {
        return name == null ? names.take() : name;
    }

    /** Makes the nodes, the lower ones first, and returns the uppermost. */
    Node build(QemuState q, Iterator<FileFacts> files) {
        if (driver == Driver.FILE) {
            FileFacts facts = files.next();
            String own = nameFrom(q.names);
            return add(q, own, own, wholeSectors(facts.fileSize()), facts, List.of());
        }
        List<Child> children = new ArrayList<>();
        FileFacts facts = null;
        for (Branch branch : branches) {
            FileFacts looked = branch.plan() == null && isLook(q, branch) ? files.next() : null;
            Node below = branch.plan() == null
                    ? q.graph.lookup(branch.existing())
                    : branch.plan().build(q, files);
            children.add(new Child(branch.role(), below.name()));
            facts = facts != null ? facts : looked != null ? looked : below.facts();
        }
        long size = driver == Driver.QCOW2
                ? facts.diskSize()
                : q.graph.node(children.get(0).node()).size();
        Node node = add(q, nameFrom(q.names), "", size, facts, children);
        return driver == Driver.QCOW2 && !isAlone ? withBacking(q, node) : node;
    }

    /** How QEMU counts the bytes of a file (scenario n30). */
    static long wholeSectors(long bytes) {
        return (bytes + SECTOR - 1) / SECTOR * SECTOR;
    }

    /** What an overlay names as the file below it comes after it. */
    private static Node withBacking(QemuState q, Node node) {
        FileFacts.Backing backing = node.facts().backing();
        if (backing == null || backing.facts() == null) {
            return node;
        }
        Node above = node.with(Child.BACKING, BackingNodes.build(q, backing));
        q.graph.put(above);
        return above;
    }

    private Node add(QemuState q, String own, String handle, long size, FileFacts facts, List<Child> children) {
        if (name != null) {
            q.graph.checkNew(name);
        }
        String path = filename == null ? "" : filename;
        Node node = new Node(own, driver, path, handle, size, facts, options, children);
        q.graph.put(node);
        if (rules != null) {
            q.blkdebugs.put(own, rules);
        }
        return node;
    }
}
