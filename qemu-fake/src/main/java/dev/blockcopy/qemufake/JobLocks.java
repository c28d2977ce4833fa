package dev.blockcopy.qemufake;

import java.util.stream.Stream;

/** Which nodes are taken by a running job. */
final class JobLocks {
    private JobLocks() {}

    /** The mirrors that still hold their nodes. */
    static Stream<Job> holding(QemuState q) {
        return q.jobs.stream().filter(job -> job.isMirror() && q.graph.node(job.mirror.filter()) != null);
    }

    static void refuseIfBusy(QemuState q, Node node) {
        boolean isBusy = holding(q)
                .anyMatch(job -> job.mirror.source().equals(node.name())
                        || job.mirror.target().equals(node.name()));
        if (isBusy) {
            throw Refused.generic("Node '%s' is busy: block device is in use by block job: mirror", node.name());
        }
    }
}
