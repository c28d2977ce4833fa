package dev.blockcopy.qemufake;

import java.util.ArrayList;
import java.util.List;

/**
 * The last step of a mirror that was asked to complete, and all that can go wrong in it (QEMU's {@code
 * mirror_exit_common}): the chain below the target is opened, then the target takes the place of what it replaces.
 */
final class Pivot {
    /** What QEMU calls itself on its standard error. */
    private static final String PROGRAM = "qemu-system-x86_64: ";

    private Pivot() {}

    /** It was asked to complete, and not to end as a copy. */
    static boolean isMeant(Job job) {
        JobPlaces.Asked asked = job.heart.get(JobPlaces.ASKED);
        return job.isBlockJob() && (asked == JobPlaces.Asked.COMPLETE || asked == JobPlaces.Asked.COMPLETE_THEN_CANCEL);
    }

    /** The file below the target, as the target names it, and the target once more, which may be gone by name. */
    static HostWork work(QemuState q, Job job) {
        List<HostWork> works = new ArrayList<>();
        FileFacts.Backing backing = backing(q, job);
        works.add(
                backing == null
                        ? HostWork.NONE
                        : new HostWork.Open(List.of(new HostWork.Wanted(
                                q.names.peek(), backing.file(), false, backing.format(), false, null))));
        Node file = q.graph.fileBelow(q.graph.node(job.mirror.target()));
        works.add(
                file.options().autoReadOnly()
                        ? new HostWork.Open(List.of(
                                new HostWork.Wanted(file.handle(), file.filename(), true, Driver.RAW, true, null)))
                        : HostWork.NONE);
        return new HostWork.All(works);
    }

    /** What the target names as the file below it, where it is to be opened only now; else null. */
    private static FileFacts.Backing backing(QemuState q, Job job) {
        Node target = q.graph.node(job.mirror.target());
        return job.mirror.backing() == MirrorSettings.Backing.OPENED_AT_THE_END && target.driver() == Driver.QCOW2
                ? target.facts().backing()
                : null;
    }

    /** Ends the job by the rule that an untroubled completion takes, or else by that of the failure. */
    static void take(QemuState q, Job job, HostResult result, Runnable untroubled) {
        JobFailure failure = failure(q, job, result);
        if (failure == null) {
            untroubled.run();
            return;
        }
        JobTurns.take(q, job, JobHeart.FAILURES.get(failure));
        if (failure == JobFailure.QEMU_ABORTS) {
            q.abort();
        }
    }

    private static JobFailure failure(QemuState q, Job job, HostResult result) {
        List<HostResult> results = result instanceof HostResult.All all ? all.results() : List.of();
        boolean hasBacking = settleBacking(q, job, results.isEmpty() ? HostResult.DONE : results.get(0));
        if (!Replacing.isPossible(q, job.mirror.source(), job.mirror.replaces())) {
            return refused(
                    q,
                    job,
                    "Can no longer replace '" + job.mirror.replaces() + "' by '" + job.mirror.target()
                            + "', because it can no longer be guaranteed that doing so would not lead to an abrupt"
                            + " change of visible data");
        }
        if (q.graph.fileBelow(q.graph.node(job.mirror.target())).filename().startsWith("/dev/fdset/")) {
            q.complaints.add("Unexpected error in raw_check_lock_bytes() at ../../block/file-posix.c:921:");
            q.complaints.add(PROGRAM + "Failed to get \"consistent read\" lock");
            return JobFailure.QEMU_ABORTS;
        }
        String conflict = job.mirror.isCommit() ? null : new Conflicts(q).afterReplacing(job.mirror);
        if (conflict != null) {
            q.complaints.add("Unexpected error in bdrv_a_allow_b() at ../../block.c:2221:");
            q.complaints.add(PROGRAM + conflict);
            return JobFailure.QEMU_ABORTS;
        }
        if (results.size() > 1 && results.get(1) instanceof HostResult.Failed failed) {
            return refused(q, job, failed.text());
        }
        if (!hasBacking) {
            job.error = Errno.EINVAL.text();
            return JobFailure.COMPLETION_SWITCHED;
        }
        return null;
    }

    private static JobFailure refused(QemuState q, Job job, String complaint) {
        q.complaints.add(PROGRAM + complaint);
        job.error = Errno.EPERM.text();
        return JobFailure.COMPLETION;
    }

    /** False where the file that the target names can't be opened: the disk is switched without it (transcript f07). */
    private static boolean settleBacking(QemuState q, Job job, HostResult opened) {
        Node target = q.graph.node(job.mirror.target());
        FileFacts.Backing named = backing(q, job);
        if (job.mirror.backing() == MirrorSettings.Backing.OF_SOURCE && target.driver() == Driver.QCOW2) {
            Node source = q.graph.node(job.mirror.source());
            String below = job.mirror.sync().equals("none") ? source.name() : source.child(Child.BACKING);
            q.graph.put(target.with(Child.BACKING, job.mirror.sync().equals("full") ? null : below));
        } else if (opened instanceof HostResult.Failed failed) {
            q.complaints.add(PROGRAM + "Could not open backing file: " + failed.text());
            return false;
        } else if (named != null && opened instanceof HostResult.Opened files) {
            FileFacts.Backing backing = new FileFacts.Backing(
                    q.names.peek(), named.file(), named.format(), files.files().get(0));
            q.graph.put(target.with(Child.BACKING, BackingNodes.build(q, backing)));
        }
        return true;
    }
}
