package dev.blockcopy.qemufake;

import java.util.stream.Stream;

/** Which nodes are taken by a running job. */
final class JobLocks {
    private JobLocks() {}

    /** The mirrors that still hold their nodes. */
    static Stream<Job> holding(QemuState q) {
        return q.jobs.stream().filter(job -> isHolding(q, job));
    }

    static boolean isHolding(QemuState q, Job job) {
        return job.isBlockJob() && q.graph.node(job.mirror.filter()) != null;
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

    /** In the refusal a node that a drive hangs on is called by the drive's name (scenario t30). */
    static void refuseIfBusy(QemuState q, Node node) {
        on(q, node).findFirst().ifPresent(job -> {
            String drive = MirrorCommand.deviceName(q, node);
            throw Refused.generic(
                    "Node '%s' is busy: block device is in use by block job: %s",
                    drive.isEmpty() ? node.name() : drive, job.settings.type());
        });
    }
}
