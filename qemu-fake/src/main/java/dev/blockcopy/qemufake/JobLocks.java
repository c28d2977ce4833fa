package dev.blockcopy.qemufake;

import java.util.stream.Stream;

/** Which nodes are taken by a running job. */
final class JobLocks {
    private JobLocks() {}

    /** The mirrors that still hold their nodes. */
    static Stream<Job> holding(QemuState q) {
        return q.jobs.stream().filter(job -> job.isBlockJob() && q.graph.node(job.mirror.filter()) != null);
    }

    /** A job copies from it or to it, or has put its filter on it. */
    static boolean isBusy(QemuState q, Node node) {
        return on(q, node).findFirst().isPresent();
    }

    private static Stream<Job> on(QemuState q, Node node) {
        return holding(q)
                .filter(job -> job.mirror.source().equals(node.name())
                        || job.mirror.target().equals(node.name())
                        || job.mirror.filter().equals(node.name()));
    }

    static void refuseIfBusy(QemuState q, Node node) {
        refuseIfBusy(q, node, node.name());
    }

    /** The same for the disk on a drive, by which name it is called then. */
    static void refuseIfBusy(QemuState q, Backend backend) {
        refuseIfBusy(q, q.graph.node(backend.root()), backend.drive());
    }

    private static void refuseIfBusy(QemuState q, Node node, String name) {
        on(q, node).findFirst().ifPresent(job -> {
            throw Refused.generic(
                    "Node '%s' is busy: block device is in use by block job: %s", name, job.settings.type());
        });
    }
}
