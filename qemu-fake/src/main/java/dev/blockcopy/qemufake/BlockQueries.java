package dev.blockcopy.qemufake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code query-block}, {@code query-named-block-nodes}: what is attached to what, with the members that clients read.
 */
final class BlockQueries {
    private static final long CLUSTER = 64 << 10;

    private BlockQueries() {}

    static void addTo(Map<String, Command> table) {
        table.put("query-block", Command.of("", (q, arguments) -> blocks(q)));
        table.put(
                "query-named-block-nodes",
                Command.of("flat? bool", (q, arguments) -> nodes(q, arguments.flag("flat", false))));
        table.put("x-debug-query-block-graph", Command.of("", (q, arguments) -> new GraphQuery(q).answer()));
    }

    private static List<Object> blocks(QemuState q) {
        List<Object> blocks = new ArrayList<>();
        for (Backend backend : q.graph.backends()) {
            Map<String, Object> members =
                    Members.of("device", backend.drive(), "locked", false, "removable", !backend.hasDevice());
            if (backend.hasMedium()) {
                members.put("inserted", device(q, shown(q, backend), false));
            }
            members.put("type", "unknown");
            if (backend.hasDevice()) {
                members.put("io-status", backend.ioStatus());
                members.put("qdev", backend.qdev());
            }
            blocks.add(members);
        }
        return blocks;
    }

    /** A filter with a generated name stays hidden; one that was named is shown (transcript m17). */
    private static Node shown(QemuState q, Backend backend) {
        Node root = q.graph.node(backend.root());
        return root.options().named() || root.driver() == Driver.COPY_BEFORE_WRITE ? root : q.graph.belowFilters(root);
    }

    private static List<Object> nodes(QemuState q, boolean isFlat) {
        List<Object> newestFirst = new ArrayList<>();
        q.graph.nodes().forEach(node -> newestFirst.add(0, device(q, node, isFlat)));
        return newestFirst;
    }

    private static Map<String, Object> device(QemuState q, Node node, boolean isFlat) {
        NodeOptions options = node.options();
        Map<String, Object> members = Members.of(
                "iops_rd",
                0L,
                "detect_zeroes",
                options.detectZeroes(),
                "image",
                image(q, node, isFlat),
                "iops_wr",
                0L,
                "ro",
                options.readOnly(),
                "node-name",
                node.name(),
                "backing_file_depth",
                isFlat ? 0L : depth(q, node),
                "drv",
                node.driver().wire(),
                "iops",
                0L,
                "bps_wr",
                0L,
                "write_threshold",
                0L,
                "encrypted",
                false,
                "bps",
                0L,
                "bps_rd",
                0L,
                "cache",
                Members.of("no-flush", false, "direct", options.direct(), "writeback", true),
                "file",
                q.graph.filename(node));
        addBackingFile(q, node, members);
        addBitmaps(q, node, members);
        return members;
    }

    private static void addBackingFile(QemuState q, Node node, Map<String, Object> members) {
        String below = node.driver() == Driver.QCOW2 ? node.child(Child.BACKING) : null;
        if (below != null) {
            members.put("backing_file", q.graph.filename(q.graph.node(below)));
        }
    }

    private static void addBitmaps(QemuState q, Node node, Map<String, Object> members) {
        List<Object> bitmaps = new ArrayList<>();
        JobLocks.holding(q).forEach(job -> {
            if (job.mirror.source().equals(node.name())) {
                boolean isRecording = job.is(JobPlaces.MIRRORS) && !job.mirror.writeBlocking();
                bitmaps.add(bitmap(job, isRecording, job.dirty.bytes()));
            } else if (job.is(JobPlaces.BACKS_UP) && job.mirror.filter().equals(node.name())) {
                bitmaps.add(bitmap(job, false, node.size()));
                bitmaps.add(bitmap(job, false, job.saved.bytes()));
            }
        });
        q.bitmaps.of(node.name()).forEach(bitmap -> bitmaps.add(bitmap(bitmap)));
        if (!bitmaps.isEmpty()) {
            members.put("dirty-bitmaps", bitmaps);
        }
    }

    private static Map<String, Object> bitmap(DirtyBitmap bitmap) {
        return Members.of(
                "name", bitmap.name(),
                "recording", bitmap.isRecording(),
                "persistent", false,
                "busy", bitmap.isBusy(),
                "granularity", bitmap.granularity(),
                "count", bitmap.count());
    }

    private static Map<String, Object> bitmap(Job job, boolean isRecording, long count) {
        return Members.of(
                "recording",
                isRecording,
                "persistent",
                false,
                "busy",
                false,
                "granularity",
                (long) job.mirror.granularity(),
                "count",
                count);
    }

    private static long depth(QemuState q, Node node) {
        String below = below(node);
        return below == null ? 0 : 1 + depth(q, q.graph.node(below));
    }

    /** What a node shows where it holds nothing itself; null for none. */
    private static String below(Node node) {
        return node.driver().isFilter() ? node.primary() : node.child(Child.BACKING);
    }

    private static Map<String, Object> image(QemuState q, Node node, boolean isFlat) {
        Map<String, Object> members = Members.of(
                "virtual-size", node.size(),
                "filename", q.graph.filename(node),
                "format", node.driver().wire());
        if (isAllocationKnown(q, node)) {
            members.put("actual-size", node.facts().allocated());
        }
        if (node.driver() != Driver.QUORUM) {
            members.put("dirty-flag", false);
        }
        if (hasClusters(q, node)) {
            members.put("cluster-size", CLUSTER);
        }
        if (node.driver() == Driver.QCOW2) {
            members.put("format-specific", qcow2());
            addBackingName(node, members);
        }
        String below = below(node);
        if (below != null && !isFlat) {
            members.put("backing-image", image(q, q.graph.node(below), false));
        }
        return members;
    }

    /** What an image itself says is below it, open or not. */
    private static void addBackingName(Node node, Map<String, Object> members) {
        FileFacts.Backing backing = node.facts().backing();
        if (backing != null) {
            members.put("full-backing-filename", backing.file());
            members.put("backing-filename", backing.file());
            members.put("backing-filename-format", backing.format().wire());
        }
    }

    private static boolean hasClusters(QemuState q, Node node) {
        return node.driver() == Driver.QCOW2
                || node.driver().isFilter() && hasClusters(q, q.graph.node(node.primary()));
    }

    /** A blkdebug node does not say, nor does what stands on one. */
    private static boolean isAllocationKnown(QemuState q, Node node) {
        return node.driver() != Driver.BLKDEBUG
                && (node.driver() == Driver.FILE || isAllocationKnown(q, q.graph.node(node.primary())));
    }

    private static Map<String, Object> qcow2() {
        return Members.of(
                "type",
                "qcow2",
                "data",
                Members.of(
                        "compat",
                        "1.1",
                        "compression-type",
                        "zlib",
                        "lazy-refcounts",
                        false,
                        "refcount-bits",
                        16L,
                        "corrupt",
                        false,
                        "extended-l2",
                        false));
    }
}
