package dev.blockcopy.qemufake;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Whether the users of a node bear one another: what one needs, the others must share. */
final class Conflicts {
    private final QemuState q;

    /**
     * Somebody who uses a node.
     *
     * @param name in QEMU's words
     * @param role as which child
     */
    private record User(String name, String role, FileUse use) {}

    Conflicts(QemuState q) {
        this.q = q;
    }

    /** QEMU's sentence on why the target can't serve those who used what it replaces; null if it can. */
    String afterReplacing(MirrorSettings mirror) {
        List<User> users = new ArrayList<>(parents(mirror.target()));
        users.addAll(parents(mirror.filter()));
        return among(mirror.target(), users);
    }

    /** Refuses to write to a node whose users don't bear a job beside them (scenario m35). */
    void refuseTarget(String node) {
        List<User> users = new ArrayList<>(parents(node));
        users.add(new User("an unnamed block device", "root", FileUse.OF_TARGET));
        String conflict = among(node, users);
        if (conflict != null) {
            throw Refused.generic("%s", conflict);
        }
    }

    private static String among(String node, List<User> users) {
        for (User needy : users) {
            for (User other : users) {
                List<Permission> missing = needy == other ? List.of() : missing(needy, other);
                if (!missing.isEmpty()) {
                    return sentence(node, needy, other, missing);
                }
            }
        }
        return null;
    }

    private List<User> parents(String node) {
        List<User> users = new ArrayList<>();
        q.graph.backends().stream()
                .filter(backend -> backend.root().equals(node))
                .forEach(backend -> users.add(
                        new User("block device '" + backend.label() + "'", "root", FileUses.ofBackend(backend))));
        for (Node parent : q.graph.parentsOf(node)) {
            parent.children().stream()
                    .filter(child -> child.node().equals(node))
                    .forEach(child -> users.add(new User(
                            "node '" + parent.name() + "'", child.role(), new FileUses(q).below(parent, child))));
        }
        return users;
    }

    private static List<Permission> missing(User needy, User other) {
        return needy.use().needed().stream()
                .filter(permission -> !other.use().shared().contains(permission))
                .sorted()
                .toList();
    }

    private static String sentence(String node, User needy, User other, List<Permission> missing) {
        return String.format(
                "Permission conflict on node '%s': permissions '%s' are both required by %s (uses node '%s' as '%s'"
                        + " child) and unshared by %s (uses node '%s' as '%s' child).",
                node,
                missing.stream().map(Permission::words).collect(Collectors.joining(", ")),
                needy.name(),
                node,
                needy.role(),
                other.name(),
                node,
                other.role());
    }
}
