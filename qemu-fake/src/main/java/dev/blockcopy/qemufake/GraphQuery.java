package dev.blockcopy.qemufake;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code x-debug-query-block-graph}: every backend, job and node, and the edges with what they allow.
 *
 * <p>Numbers go up in the order in which things are first seen: backends, jobs, then nodes by age; the lists come out
 * the other way round. So does QEMU's {@code bdrv_get_xdbg_block_graph}.
 */
final class GraphQuery {
    /** What a user of a node needs, or lets others do (QAPI BlockPermission), in QEMU's order of writing. */
    private enum Permission {
        RESIZE("resize"),
        WRITE_UNCHANGED("write-unchanged"),
        WRITE("write"),
        READ("consistent-read");

        private final String wire;

        Permission(String wire) {
            this.wire = wire;
        }
    }

    private static final Set<Permission> NOTHING = EnumSet.noneOf(Permission.class);
    private static final Set<Permission> ANYTHING = EnumSet.allOf(Permission.class);

    /** An edge: who, by what name, whom, with what rights. */
    private record Edge(String parent, String name, String child, Set<Permission> needed, Set<Permission> shared) {}

    private final QemuState q;
    private final Map<String, Long> numbers = new LinkedHashMap<>();
    private final List<Object> nodes = new ArrayList<>();
    private final List<Object> edges = new ArrayList<>();

    GraphQuery(QemuState q) {
        this.q = q;
    }

    Map<String, Object> answer() {
        for (Backend backend : q.graph.backends()) {
            addNode("backend " + backend.label(), backend.label(), "block-backend");
            addEdge(ofBackend(backend));
        }
        JobLocks.holding(q).forEach(job -> {
            addNode("target of " + job.id(), "", "block-backend");
            addEdge(ofTarget(job));
        });
        for (int i = q.jobs.size() - 1; i >= 0; i--) {
            addJob(q.jobs.get(i));
        }
        for (Node node : q.graph.nodes()) {
            addNode(node.name(), node.name(), "block-driver");
            node.children().forEach(child -> addEdge(below(node, child)));
        }
        return Members.of("edges", edges, "nodes", nodes);
    }

    private void addJob(Job job) {
        if (!job.isMirror()) {
            return;
        }
        String key = "job " + job.id();
        addNode(key, job.id(), "block-job");
        if (JobLocks.holding(q).anyMatch(holding -> holding == job)) {
            Set<Permission> butResize = EnumSet.complementOf(EnumSet.of(Permission.RESIZE));
            addEdge(new Edge(key, "target", job.mirror.target(), NOTHING, ANYTHING));
            addEdge(new Edge(key, "source", job.mirror.source(), NOTHING, butResize));
            addEdge(new Edge(key, "main node", job.mirror.filter(), EnumSet.of(Permission.READ), butResize));
        }
    }

    private static Edge ofBackend(Backend backend) {
        Set<Permission> needed =
                backend.hasDevice() ? EnumSet.of(Permission.WRITE, Permission.READ) : EnumSet.of(Permission.READ);
        Set<Permission> shared = backend.hasDevice() ? EnumSet.complementOf(EnumSet.of(Permission.WRITE)) : ANYTHING;
        return new Edge("backend " + backend.label(), "root", backend.root(), needed, shared);
    }

    private static Edge ofTarget(Job job) {
        return new Edge(
                "target of " + job.id(),
                "root",
                job.mirror.target(),
                EnumSet.of(Permission.WRITE),
                EnumSet.of(Permission.WRITE_UNCHANGED));
    }

    /** A node passes on to what is below it what those above it need and share. */
    private Edge below(Node node, Child child) {
        Set<Permission> needed = EnumSet.noneOf(Permission.class);
        Set<Permission> shared = EnumSet.allOf(Permission.class);
        for (Edge above : usersOf(node)) {
            needed.addAll(above.needed());
            shared.retainAll(above.shared());
        }
        if (node.driver() == Driver.MIRROR_TOP) {
            shared.remove(Permission.RESIZE);
        }
        if (node.driver() == Driver.QCOW2
                && child.role().equals(Child.FILE)
                && !node.options().readOnly()) {
            needed.addAll(EnumSet.of(Permission.RESIZE, Permission.WRITE, Permission.READ));
            shared.removeAll(EnumSet.of(Permission.RESIZE, Permission.WRITE));
        }
        return new Edge(node.name(), child.role(), child.node(), needed, shared);
    }

    private List<Edge> usersOf(Node node) {
        List<Edge> users = new ArrayList<>();
        q.graph.backends().stream()
                .filter(backend -> backend.root().equals(node.name()))
                .forEach(backend -> users.add(ofBackend(backend)));
        JobLocks.holding(q)
                .filter(job -> job.mirror.target().equals(node.name()))
                .forEach(job -> users.add(ofTarget(job)));
        for (Node parent : q.graph.parentsOf(node.name())) {
            parent.children().stream()
                    .filter(child -> child.node().equals(node.name()))
                    .forEach(child -> users.add(below(parent, child)));
        }
        return users;
    }

    private long number(String key) {
        return numbers.computeIfAbsent(key, unseen -> numbers.size() + 1L);
    }

    private void addNode(String key, String name, String type) {
        nodes.add(0, Members.of("name", name, "type", type, "id", number(key)));
    }

    private void addEdge(Edge edge) {
        edges.add(
                0,
                Members.of(
                        "name", edge.name(),
                        "parent", number(edge.parent()),
                        "shared-perm", words(edge.shared()),
                        "perm", words(edge.needed()),
                        "child", number(edge.child())));
    }

    private static List<Object> words(Set<Permission> permissions) {
        return new ArrayList<>(
                permissions.stream().sorted().map(permission -> permission.wire).toList());
    }
}
