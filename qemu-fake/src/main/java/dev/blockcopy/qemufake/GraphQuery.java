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
    /** In the order in which QEMU writes them: the bits from the top. */
    private static final List<Permission> WRITTEN =
            List.of(Permission.RESIZE, Permission.WRITE_UNCHANGED, Permission.WRITE, Permission.CONSISTENT_READ);

    private static final Set<Permission> NOTHING = EnumSet.noneOf(Permission.class);
    private static final Set<Permission> ANYTHING = EnumSet.allOf(Permission.class);

    /** An edge: who, by what name, whom, with what rights. */
    private record Edge(String parent, String name, String child, FileUse use) {
        Edge(String parent, String name, String child, Set<Permission> needed, Set<Permission> shared) {
            this(parent, name, child, new FileUse(needed, shared));
        }
    }

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
            if (backend.hasMedium()) {
                addEdge(ofBackend(backend));
            }
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
        if (!job.isBlockJob()) {
            return;
        }
        String key = "job " + job.id();
        addNode(key, job.id(), "block-job");
        if (JobLocks.holding(q).anyMatch(holding -> holding == job)) {
            Set<Permission> butResize = EnumSet.complementOf(EnumSet.of(Permission.RESIZE));
            addEdge(new Edge(key, "target", job.mirror.target(), NOTHING, ANYTHING));
            addEdge(new Edge(key, "source", job.mirror.source(), NOTHING, butResize));
            addEdge(new Edge(key, "main node", job.mirror.filter(), FileUse.OF_MAIN_NODE));
        }
    }

    private static Edge ofBackend(Backend backend) {
        return new Edge("backend " + backend.label(), "root", backend.root(), FileUses.ofBackend(backend));
    }

    private static Edge ofTarget(Job job) {
        return new Edge("target of " + job.id(), "root", job.mirror.target(), FileUse.OF_TARGET);
    }

    private Edge below(Node node, Child child) {
        return new Edge(node.name(), child.role(), child.node(), new FileUses(q).below(node, child));
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
                        "shared-perm", words(edge.use().shared()),
                        "perm", words(edge.use().needed()),
                        "child", number(edge.child())));
    }

    private static List<Object> words(Set<Permission> permissions) {
        List<Object> words = new ArrayList<>();
        WRITTEN.stream().filter(permissions::contains).map(Permission::wire).forEach(words::add);
        return words;
    }
}
