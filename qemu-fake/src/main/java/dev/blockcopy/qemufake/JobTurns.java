package dev.blockcopy.qemufake;

import dev.blockcopy.model.Rule;
import dev.blockcopy.model.qmp.JobStatus;
import dev.blockcopy.qemufake.JobPlaces.Side;
import java.util.List;
import java.util.Map;

/** Takes rules of {@link JobHeart}: the heart changes, the monitors are told, and the graph follows. */
final class JobTurns {
    private JobTurns() {}

    static void own(QemuState q, Job job, JobStep step) {
        Rule rule = job.own(step);
        if (rule == null) {
            throw new IllegalStateException(job.id() + " " + step + ": " + job.heart);
        }
        take(q, job, rule);
    }

    /** Takes the one of these rules that is enabled; there is one, or the caller had no business here. */
    static void take(QemuState q, Job job, List<Rule> rules) {
        take(q, job, job.enabled(rules).orElseThrow(() -> new IllegalStateException(job.id() + ": " + job.heart)));
    }

    /** Takes the one of these rules that is enabled, if there is one: a job on its way out heeds no second error. */
    static void takeIfEnabled(QemuState q, Job job, List<Rule> rules) {
        job.enabled(rules).ifPresent(rule -> take(q, job, rule));
    }

    /** What a job makes of a request: done, or refused in QEMU's words. One that is asked something wakes up. */
    static void ask(QemuState q, Job job, JobRequest request) {
        take(q, job, accepted(job, request));
        if (request == JobRequest.RESUME || request == JobRequest.FORCE) {
            job.ioStatus = "ok";
        }
        if (request == JobRequest.RESUME) {
            job.count();
        }
        if (request == JobRequest.SET_SPEED) {
            job.asleepUntilMicros = q.nowMicros;
        } else {
            wake(q, job);
        }
    }

    /** It is called, and looks around; the limit of a backup is deeper inside and does not hear it (scenario t34). */
    private static void wake(QemuState q, Job job) {
        if (!job.is(JobPlaces.BACKS_UP)) {
            job.asleepUntilMicros = Math.min(job.asleepUntilMicros, q.nowMicros);
        }
    }

    /** The rule that a request would take; nothing happens yet but the refusal, if it is one. */
    static Rule accepted(Job job, JobRequest request) {
        JobHeart.Answer answer = job.answerTo(request);
        if (answer.reply() != JobReply.DONE) {
            throw answer.reply()
                    .refusal(job.id(), job.status().wire(), request.verb().wire());
        }
        return answer.rule();
    }

    private static void take(QemuState q, Job job, Rule rule) {
        boolean wasOver = isEnded(job);
        job.take(rule);
        if (!wasOver && isEnded(job)) {
            end(q, job);
        }
        rule.effect().ifPresent(effect -> tell(q, job, (Telling) effect));
        if (q.reopen != null && q.reopen.of(job.id()) != null) {
            Reopen.Action action = q.reopen.of(job.id());
            action.heart = action.beside(job);
        }
        if (job.status() == JobStatus.NULL) {
            q.jobs.remove(job);
        }
        Groups.follow(q, job);
    }

    /** A mirror that was in step ends as part of something larger, which has changed its heart already. */
    static void leave(QemuState q, Job job) {
        end(q, job);
        tell(q, job, Telling.of(Telling.COMPLETED));
        q.jobs.remove(job);
    }

    private static boolean isEnded(Job job) {
        return job.status() == JobStatus.CONCLUDED || job.status() == JobStatus.NULL;
    }

    private static void end(QemuState q, Job job) {
        job.ioStatus = "ok";
        if (job.heart.get(JobPlaces.ASKED) == JobPlaces.Asked.FORCE) {
            job.error = Job.CANCELED;
        }
        if (job.isBlockJob()) {
            settleBitmap(q, job);
            settleGraph(q, job);
        }
    }

    /** What a backup has saved of its bitmap is clean now, if the mode says so. */
    private static void settleBitmap(QemuState q, Job job) {
        if (job.bitmap == null) {
            return;
        }
        boolean isSaved = job.error == null && !job.is(JobPlaces.FAILED);
        Extents left = switch (job.bitmap.mode()) {
            case "always" -> job.dirty;
            case "never" -> null;
            default -> isSaved ? Extents.NONE : null;
        };
        q.bitmaps.change(
                job.mirror.source(), job.bitmap.name(), bitmap -> bitmap.thaw(left == null ? bitmap.frozen() : left));
    }

    /** It is gone without a word, and whoever it served stays where it is. */
    static void forget(QemuState q, Job job) {
        if (job.isBlockJob() && !isEnded(job)) {
            job.error = Job.CANCELED;
            settleBitmap(q, job);
            settleGraph(q, job);
        }
        q.jobs.remove(job);
    }

    /**
     * The filter goes, and whoever used it uses the source again; after a switch the target takes the place of what it
     * replaces, and is as writable as that was (transcript e09).
     */
    private static void settleGraph(QemuState q, Job job) {
        MirrorSettings mirror = job.mirror;
        q.graph.replaceForParents(mirror.filter(), mirror.source(), null);
        q.graph.remove(mirror.filter());
        if (job.heart.get(JobPlaces.GUEST_ON) == Side.TARGET) {
            boolean isReadOnly = q.graph.node(mirror.replaces()).options().readOnly();
            Node target = q.graph.node(mirror.target());
            q.graph.put(target.with(target.options().readOnly(isReadOnly)));
            q.graph.replaceForParents(mirror.replaces(), mirror.target(), mirror.target());
        } else if (mirror.isCommit()) {
            makeReadOnly(q, mirror.target());
        }
    }

    /** It is below others again, and only read. */
    static void makeReadOnly(QemuState q, String image) {
        Node file = q.graph.fileBelow(q.graph.node(image));
        q.graph.put(file.with(file.options().readOnly(true)));
        Node node = q.graph.node(image);
        q.graph.put(node.with(node.options().readOnly(true)));
    }

    private static void tell(QemuState q, Job job, Telling telling) {
        for (String line : telling.lines()) {
            if (Telling.isStatus(line)) {
                tellStatus(q, job, Telling.status(line));
            } else if (job.isBlockJob()) {
                q.tell("BLOCK_JOB_" + line, data(q, job, line));
            }
        }
    }

    static void tellStatus(QemuState q, Job job, JobStatus status) {
        tellStatus(q, job.id(), status);
    }

    static void tellStatus(QemuState q, String job, JobStatus status) {
        q.tell("JOB_STATUS_CHANGE", Members.of("status", status.wire(), "id", job));
    }

    private static Map<String, Object> data(QemuState q, Job job, String line) {
        if (line.equals(Telling.PENDING)) {
            return Members.of("type", job.settings.type(), "id", job.id());
        }
        Map<String, Object> data = Members.of(
                "device", job.id(),
                "len", q.lengthOf(job),
                "offset", q.offsetOf(job),
                "speed", job.speed,
                "type", job.settings.type());
        if (line.equals(Telling.COMPLETED) && job.error != null) {
            data.put("error", job.error);
        }
        return data;
    }

    /**
     * All disks are drained: every working job pauses, the oldest first, and goes on, seen only in events (transcripts
     * l22, t02). One that sleeps because of its limit is awake then, and sends once more (scenario l49).
     */
    static void drain(QemuState q) {
        drain(q, q.jobs.stream().filter(Job::isActive).toList());
    }

    /** The same for the jobs on a node, and on those above it, alone. */
    static void drain(QemuState q, String node) {
        drain(
                q,
                q.jobs.stream()
                        .filter(job -> job.isActive() && job.isBlockJob() && isAbove(q, job, node))
                        .toList());
    }

    private static boolean isAbove(QemuState q, Job job, String node) {
        return q.graph.isBelow(job.mirror.filter(), node) || q.graph.isBelow(job.mirror.target(), node);
    }

    private static void drain(QemuState q, List<Job> working) {
        working.forEach(job -> tellStatus(q, job, job.isReady() ? JobStatus.STANDBY : JobStatus.PAUSED));
        working.forEach(job -> {
            tellStatus(q, job, job.status());
            wake(q, job);
        });
    }
}
