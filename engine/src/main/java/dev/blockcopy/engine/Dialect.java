package dev.blockcopy.engine;

import java.util.List;
import java.util.Set;

/** The commands of the job API that a copy is made with; chosen by asking QEMU, never by its version. */
final class Dialect {
    static final String JOB_API = "job API";

    private static final List<String> NEEDED = List.of(
            "blockdev-add",
            "blockdev-del",
            "blockdev-create",
            "blockdev-mirror",
            "block-job-cancel",
            "job-cancel",
            "job-complete",
            "job-dismiss",
            "query-block",
            "query-jobs",
            "query-named-block-nodes",
            "query-status",
            "stop",
            "cont",
            "x-debug-query-block-graph");

    private Dialect() {}

    /** What a QEMU with these commands lacks. */
    static List<String> missingFrom(Set<String> commands) {
        return NEEDED.stream().filter(name -> !commands.contains(name)).toList();
    }
}
