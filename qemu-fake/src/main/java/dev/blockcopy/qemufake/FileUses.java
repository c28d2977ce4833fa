package dev.blockcopy.qemufake;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a graph does with its nodes, from the guest's disks and the jobs down to the files. */
final class FileUses {
    private final QemuState q;

    FileUses(QemuState q) {
        this.q = q;
    }

    static FileUse ofBackend(Backend backend) {
        return backend.hasDevice()
                ? new FileUse(
                        EnumSet.of(Permission.WRITE, Permission.CONSISTENT_READ),
                        EnumSet.complementOf(EnumSet.of(Permission.WRITE)))
                : new FileUse(EnumSet.of(Permission.CONSISTENT_READ), EnumSet.allOf(Permission.class));
    }

    /** What the users of a node do with it, all together. */
    FileUse of(Node node) {
        List<FileUse> uses = new ArrayList<>();
        for (Backend backend : q.graph.backends()) {
            if (backend.root().equals(node.name())) {
                uses.add(ofBackend(backend));
            }
        }
        addOfJobs(node, uses);
        for (Node parent : q.graph.parentsOf(node.name())) {
            for (Child child : parent.children()) {
                if (child.node().equals(node.name())) {
                    uses.add(below(parent, child));
                }
            }
        }
        return uses.size() == 1 ? uses.get(0) : FileUse.all(uses);
    }

    private void addOfJobs(Node node, List<FileUse> uses) {
        for (Job job : q.jobs) {
            if (JobLocks.isHolding(q, job) && job.mirror.target().equals(node.name())) {
                uses.add(FileUse.OF_TARGET);
            }
            if (JobLocks.isHolding(q, job) && job.mirror.filter().equals(node.name())) {
                uses.add(FileUse.OF_MAIN_NODE);
            }
        }
    }

    /** A node passes on to what is below it what those above it need and share. */
    FileUse below(Node parent, Child child) {
        if (child.role().equals(Child.TARGET)) {
            return FileUse.IDLE;
        }
        FileUse above = of(parent);
        if (parent.driver() == Driver.RAW && parent.options().strong().isEmpty()) {
            return above;
        }
        Set<Permission> needed = EnumSet.noneOf(Permission.class);
        Set<Permission> shared = EnumSet.noneOf(Permission.class);
        needed.addAll(above.needed());
        shared.addAll(above.shared());
        if (parent.driver() == Driver.QCOW2 && child.role().equals(Child.BACKING)) {
            return belowOverlay(above);
        }
        if (parent.driver() == Driver.MIRROR_TOP) {
            shared.remove(Permission.RESIZE);
        }
        if (parent.driver() == Driver.QCOW2
                && child.role().equals(Child.FILE)
                && !parent.options().readOnly()) {
            needed.addAll(EnumSet.of(Permission.RESIZE, Permission.WRITE, Permission.CONSISTENT_READ));
            shared.removeAll(EnumSet.of(Permission.RESIZE, Permission.WRITE));
        }
        if (parent.driver() == Driver.QUORUM) {
            shared.removeAll(EnumSet.of(Permission.RESIZE, Permission.WRITE));
        }
        for (Permission permission : Permission.values()) {
            if (isListed(parent, "take-child-perms.", permission)) {
                needed.add(permission);
            }
            if (isListed(parent, "unshare-child-perms.", permission)) {
                shared.remove(permission);
            }
        }
        return new FileUse(needed, shared);
    }

    /** Of the file below an overlay no more is wanted than that it can be read ({@code bdrv_default_perms_for_cow}). */
    private static FileUse belowOverlay(FileUse above) {
        Set<Permission> needed = EnumSet.of(Permission.CONSISTENT_READ);
        needed.retainAll(above.needed());
        return new FileUse(
                needed,
                above.shared().contains(Permission.WRITE)
                        ? EnumSet.allOf(Permission.class)
                        : EnumSet.of(Permission.CONSISTENT_READ, Permission.WRITE_UNCHANGED));
    }

    private static boolean isListed(Node node, String list, Permission permission) {
        return !node.options().strong().isEmpty()
                && node.options().strong().entrySet().stream()
                        .anyMatch(option -> option.getKey().startsWith(list)
                                && option.getValue().equals(permission.wire()));
    }

    /** What is done with each open file that takes locks. */
    Map<String, FileUse> byHandle() {
        Map<String, FileUse> uses = new HashMap<>();
        for (Node node : q.graph.nodes()) {
            if (node.driver() == Driver.FILE) {
                uses.put(node.handle(), node.options().locking() ? of(node) : FileUse.IDLE);
            }
        }
        return uses;
    }

    /** Refuses to write to a node whose file is in use, here by another node or by another process. */
    void refuseTarget(Node target) {
        Node file = q.graph.fileBelow(target);
        FileUse.OF_TARGET.conflictWith(file.facts().others()).ifPresent(FileUses::refuse);
        for (Node other : q.graph.nodes()) {
            boolean isSameFile = other.driver() == Driver.FILE
                    && !other.name().equals(file.name())
                    && other.facts().identity().equals(file.facts().identity());
            if (isSameFile && file.options().locking() && other.options().locking()) {
                FileUse.OF_TARGET.conflictWith(of(other)).ifPresent(FileUses::refuse);
            }
        }
    }

    private static void refuse(String sentence) {
        throw Refused.generic("%s", sentence);
    }
}
