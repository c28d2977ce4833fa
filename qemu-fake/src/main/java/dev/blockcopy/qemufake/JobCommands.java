package dev.blockcopy.qemufake;

import dev.blockcopy.model.qmp.JobStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The verbs of jobs under both their names, and the two lists of jobs. */
final class JobCommands {
    private static final Map<String, Object> EMPTY = Map.of();

    /** What a verb does to a job. */
    private interface Verb {
        void apply(QemuState q, Job job);
    }

    private JobCommands() {}

    static void addTo(Map<String, Command> table) {
        table.put("query-jobs", Command.of("", (q, arguments) -> jobs(q)));
        table.put("query-block-jobs", Command.of("", (q, arguments) -> blockJobs(q)));
        addJobVerb(table, "job-cancel", JobVerbs::cancel);
        addJobVerb(table, "job-pause", JobVerbs::pause);
        addJobVerb(table, "job-resume", JobVerbs::resume);
        addJobVerb(table, "job-complete", JobVerbs::complete);
        addJobVerb(table, "job-finalize", JobVerbs::finish);
        addJobVerb(table, "job-dismiss", JobVerbs::dismiss);
        addBlockJobVerb(table, "block-job-pause", "device", JobVerbs::pause);
        addBlockJobVerb(table, "block-job-resume", "device", JobVerbs::resume);
        addBlockJobVerb(table, "block-job-complete", "device", JobVerbs::complete);
        addBlockJobVerb(table, "block-job-finalize", "id", JobVerbs::finish);
        addBlockJobVerb(table, "block-job-dismiss", "id", JobVerbs::dismiss);
        table.put("block-job-cancel", Command.of("device str force? bool", JobCommands::cancel));
        table.put("block-job-set-speed", Command.of("device str speed int", JobCommands::setSpeed));
    }

    private static void addJobVerb(Map<String, Command> table, String name, Verb verb) {
        table.put(name, Command.of("id str", (q, arguments) -> {
            Job job = q.job(arguments.text("id"));
            if (job == null) {
                throw Refused.generic("Job not found");
            }
            verb.apply(q, job);
            return EMPTY;
        }));
    }

    private static void addBlockJobVerb(Map<String, Command> table, String name, String parameter, Verb verb) {
        table.put(name, Command.of(parameter + " str", (q, arguments) -> {
            verb.apply(q, blockJob(q, arguments.text(parameter)));
            return EMPTY;
        }));
    }

    private static Job blockJob(QemuState q, String id) {
        Job job = q.job(id);
        if (job == null || !job.isMirror()) {
            throw Refused.of("DeviceNotActive", "Block job '" + id + "' not found");
        }
        return job;
    }

    private static Object cancel(QemuState q, Arguments arguments) {
        Job job = blockJob(q, arguments.text("device"));
        if (arguments.flag("force", false)) {
            JobVerbs.cancel(q, job);
        } else {
            JobVerbs.cancelSoftly(q, job);
        }
        return EMPTY;
    }

    private static Object setSpeed(QemuState q, Arguments arguments) {
        JobVerbs.setSpeed(q, blockJob(q, arguments.text("device")), arguments.number("speed", 0));
        return EMPTY;
    }

    private static List<Object> jobs(QemuState q) {
        List<Object> newestFirst = new ArrayList<>();
        for (Job job : q.jobs) {
            boolean hasProgress = job.isMirror() || job.isOver();
            Map<String, Object> members = Members.of(
                    "current-progress", job.isMirror() ? job.offset : hasProgress ? 1L : 0L,
                    "status", job.status.wire(),
                    "total-progress", job.isMirror() ? job.length() : 1L,
                    "type", job.settings.type(),
                    "id", job.id());
            addError(members, job);
            newestFirst.add(0, members);
        }
        return newestFirst;
    }

    private static List<Object> blockJobs(QemuState q) {
        List<Object> newestFirst = new ArrayList<>();
        for (Job job : q.jobs) {
            if (job.isMirror()) {
                newestFirst.add(0, blockJob(job));
            }
        }
        return newestFirst;
    }

    private static Map<String, Object> blockJob(Job job) {
        Map<String, Object> members = Members.of(
                "auto-finalize", job.settings.autoFinalize(),
                "io-status", job.ioStatus,
                "device", job.id(),
                "auto-dismiss", job.settings.autoDismiss(),
                "busy", false,
                "len", job.length(),
                "offset", job.offset,
                "status", job.status.wire(),
                "paused", job.isPaused || job.status == JobStatus.PENDING,
                "speed", job.speed,
                "ready", job.isReady(),
                "type", job.settings.type());
        addError(members, job);
        return members;
    }

    private static void addError(Map<String, Object> members, Job job) {
        if (job.error != null && job.isOver()) {
            members.put("error", job.error);
        }
    }
}
