package dev.blockcopy.qemufake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What was shown before nodes had names: disks by drive id, images by file name. */
final class OldQueries {
    private OldQueries() {}

    static void addTo(Map<String, Command> table) {
        table.put("query-block", Command.of("", (q, arguments) -> blocks(q)));
        table.put("query-block-jobs", Command.of("", (q, arguments) -> OldCommands.jobs(q)));
    }

    private static List<Object> blocks(QemuState q) {
        List<Object> blocks = new ArrayList<>();
        for (Backend backend : q.graph.backends()) {
            Map<String, Object> members =
                    Members.of("device", backend.drive(), "locked", false, "removable", !backend.hasDevice());
            if (backend.hasMedium()) {
                members.put("inserted", inserted(q, q.graph.belowFilters(q.graph.node(backend.root()))));
            }
            members.put("type", "unknown");
            if (!q.dialect.isOf2012() && backend.hasDevice()) {
                members.put("io-status", "ok");
            }
            blocks.add(members);
        }
        return blocks;
    }

    private static Map<String, Object> inserted(QemuState q, Node node) {
        Map<String, Object> members = Members.of(
                "iops_rd", 0L,
                "iops_wr", 0L,
                "ro", node.options().readOnly(),
                "drv", node.driver().wire(),
                "iops", 0L,
                "bps_wr", 0L,
                "encrypted", false,
                "bps", 0L,
                "bps_rd", 0L,
                "file", q.graph.filename(node));
        String below = node.child(Child.BACKING);
        if (below != null) {
            members.put("backing_file", q.graph.filename(q.graph.node(below)));
        }
        members.put("backing_file_depth", below == null ? 0L : 1L);
        members.put("encryption_key_missing", false);
        return members;
    }
}
