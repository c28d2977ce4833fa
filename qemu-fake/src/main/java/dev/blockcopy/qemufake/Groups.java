package dev.blockcopy.qemufake;

import dev.blockcopy.model.qmp.JobStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Jobs that all succeed or all fail: what happens to one sets off something in the others, the newest first
 * (transcripts t04, t05).
 */
final class Groups {
    private Groups() {}

    /** The others follow one that has taken a rule. */
    static void follow(QemuState q, Job job) {
        if (job.settings.group() == 0 || q.isSettlingGroup) {
            return;
        }
        q.isSettlingGroup = true;
        List<Job> others = newestFirst(q, job);
        if (isEnded(job) && job.is(JobPlaces.FAILED)) {
            others.forEach(other -> bringDown(q, other));
        } else if (job.status() == JobStatus.WAITING && others.stream().allMatch(Groups::isWaiting)) {
            finish(q, others);
        } else if (isEnded(job)) {
            others.forEach(other -> JobTurns.ask(q, other, JobRequest.FINALIZE));
        }
        q.isSettlingGroup = false;
    }

    private static boolean isWaiting(Job job) {
        return job.status() == JobStatus.WAITING;
    }

    private static List<Job> newestFirst(QemuState q, Job job) {
        List<Job> group = new ArrayList<>(q.jobs.stream()
                .filter(other -> other.settings.group() == job.settings.group() && !isEnded(other))
                .toList());
        Collections.reverse(group);
        return group;
    }

    private static boolean isEnded(Job job) {
        return job.status() == JobStatus.CONCLUDED || job.status() == JobStatus.NULL;
    }

    private static void finish(QemuState q, List<Job> group) {
        group.forEach(job -> JobTurns.take(q, job, JobHeart.GROUP_DONE));
        if (group.stream().allMatch(job -> job.is(JobPlaces.AUTO_FINALIZE))) {
            group.forEach(job -> JobTurns.ask(q, job, JobRequest.FINALIZE));
        }
    }

    private static void bringDown(QemuState q, Job job) {
        JobTurns.ask(q, job, JobRequest.FORCE);
        if (job.isActive()) {
            Carrying.giveUp(job);
            JobTurns.own(q, job, JobStep.ABORT);
        }
    }
}
