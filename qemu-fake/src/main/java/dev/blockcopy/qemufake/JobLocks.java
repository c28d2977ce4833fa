package dev.blockcopy.qemufake;

import dev.blockcopy.model.qmp.JobStatus;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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

    /** What these copy to. */
    static List<String> targets(QemuState q) {
        List<String> targets = new ArrayList<>();
        for (Job job : q.jobs) {
            if (isHolding(q, job)) {
                targets.add(job.mirror.target());
            }
        }
        return targets;
    }

    /** Whether the same jobs hold their nodes in two states of a QEMU, and no reopen does. */
    static boolean areSame(QemuState one, QemuState other) {
        List<Job> jobs = one.jobs;
        List<Job> before = other.jobs;
        boolean areSame = one.reopen == null && other.reopen == null && jobs.size() == before.size();
        for (int i = 0; areSame && i < jobs.size(); i++) {
            areSame = jobs.get(i).settings == before.get(i).settings
                    && isHolding(jobs.get(i)) == isHolding(before.get(i));
        }
        return areSame;
    }

    private static boolean isHolding(Job job) {
        return job.isBlockJob() && job.status() != JobStatus.CONCLUDED;
    }

    /** The nodes that stay because a job, or a reopen under way, needs them. */
    static Set<String> held(QemuState q) {
        Set<String> held = new HashSet<>();
        for (Job job : q.jobs) {
            if (isHolding(job)) {
                held.add(job.mirror.filter());
                held.add(job.mirror.target());
            }
        }
        if (q.reopen != null) {
            held.addAll(q.reopen.heldNodes());
        }
        return held;
    }

    /** A job copies from it or to it, or has put its filter on it. */
    static boolean isBusy(QemuState q, Node node) {
        return on(q, node) != null;
    }

    /** A job copies to it, or has put it there as its filter. */
    static boolean isTargetOrFilter(QemuState q, Node node) {
        for (Job job : q.jobs) {
            if (isHolding(q, job) && isTargetOrFilter(job.mirror, node.name())) {
                return true;
            }
        }
        return false;
    }

    private static Job on(QemuState q, Node node) {
        for (Job job : q.jobs) {
            if (isHolding(q, job) && isOn(job.mirror, node.name())) {
                return job;
            }
        }
        return null;
    }

    private static boolean isOn(MirrorSettings mirror, String node) {
        return mirror.source().equals(node) || isTargetOrFilter(mirror, node);
    }

    private static boolean isTargetOrFilter(MirrorSettings mirror, String node) {
        return mirror.target().equals(node) || mirror.filter().equals(node);
    }

    /** In the refusal a node that a drive hangs on is called by the drive's name (scenario t30). */
    static void refuseIfBusy(QemuState q, Node node) {
        Job job = on(q, node);
        if (job != null) {
            String drive = MirrorCommand.deviceName(q, node);
            throw Refused.generic(
                    "Node '%s' is busy: block device is in use by block job: %s",
                    drive.isEmpty() ? node.name() : drive, job.settings.type());
        }
    }
}
