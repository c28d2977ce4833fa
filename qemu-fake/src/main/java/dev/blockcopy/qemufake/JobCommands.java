package dev.blockcopy.qemufake;

import dev.blockcopy.model.qmp.JobStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The verbs of jobs under both their names, and the two lists of jobs. */
final class JobCommands {
    private static final Map<String, Object> EMPTY = Map.of();

    private JobCommands() {}

    static void addTo(Map<String, Command> table) {
        table.put("query-jobs", Command.of("", (q, arguments) -> jobs(q)));
        table.put("query-block-jobs", Command.of("", (q, arguments) -> blockJobs(q)));
        addJobVerb(table, "job-cancel", JobRequest.FORCE);
        addJobVerb(table, "job-pause", JobRequest.PAUSE);
        addJobVerb(table, "job-resume", JobRequest.RESUME);
        addJobVerb(table, "job-complete", JobRequest.COMPLETE);
        addJobVerb(table, "job-finalize", JobRequest.FINALIZE);
        addJobVerb(table, "job-dismiss", JobRequest.DISMISS);
        addBlockJobVerb(table, "block-job-pause", "device", JobRequest.PAUSE);
        addBlockJobVerb(table, "block-job-resume", "device", JobRequest.RESUME);
        addBlockJobVerb(table, "block-job-complete", "device", JobRequest.COMPLETE);
        addBlockJobVerb(table, "block-job-finalize", "id", JobRequest.FINALIZE);
        addBlockJobVerb(table, "block-job-dismiss", "id", JobRequest.DISMISS);
        table.put("block-job-cancel", Command.of("device str force? bool", JobCommands::cancel));
        table.put("block-job-set-speed", Command.of("device str speed int", JobCommands::setSpeed));
    }

    private static void addJobVerb(Map<String, Command> table, String name, JobRequest request) {
        Command.Work work = (q, arguments) -> work(q, q.job(arguments.text("id")), request);
        table.put(name, Command.of("id str", work, (q, arguments, result) -> {
            Job job = q.job(arguments.text("id"));
            if (job == null) {
                throw Refused.generic("Job not found");
            }
            ask(q, job, request, result);
            return EMPTY;
        }));
    }

    /** Only the switch needs the host. */
    private static HostWork work(QemuState q, Job job, JobRequest request) {
        boolean isSwitch = request == JobRequest.FINALIZE
                && job != null
                && job.status() == JobStatus.PENDING
                && Pivot.isMeant(job);
        return isSwitch ? Pivot.work(q, job) : HostWork.NONE;
    }

    private static void addBlockJobVerb(Map<String, Command> table, String name, String parameter, JobRequest request) {
        Command.Work work = (q, arguments) -> work(q, q.job(arguments.text(parameter)), request);
        table.put(name, Command.of(parameter + " str", work, (q, arguments, result) -> {
            ask(q, blockJob(q, arguments.text(parameter)), request, result);
            return EMPTY;
        }));
    }

    private static Job blockJob(QemuState q, String id) {
        Job job = q.job(id);
        if (job == null || !job.isBlockJob()) {
            throw Refused.of("DeviceNotActive", "Block job '" + id + "' not found");
        }
        return job;
    }

    /** QEMU looks for the node that is to be replaced when it is asked to complete (transcript f04). */
    private static void ask(QemuState q, Job job, JobRequest request, HostResult result) {
        JobTurns.accepted(job, request);
        if (request == JobRequest.FINALIZE && Pivot.isMeant(job)) {
            Pivot.take(q, job, result, () -> JobTurns.ask(q, job, request));
            return;
        }
        if (request == JobRequest.COMPLETE && q.graph.node(job.mirror.replaces()) == null) {
            throw Refused.generic("Node name '%s' not found", job.mirror.replaces());
        }
        JobTurns.ask(q, job, request);
    }

    private static Object cancel(QemuState q, Arguments arguments) {
        Job job = blockJob(q, arguments.text("device"));
        JobTurns.ask(q, job, arguments.flag("force", false) ? JobRequest.FORCE : JobRequest.CANCEL);
        return EMPTY;
    }

    /** Wakes a job that the old limit had put to sleep. */
    private static Object setSpeed(QemuState q, Arguments arguments) {
        limit(q, blockJob(q, arguments.text("device")), arguments.number("speed", 0));
        return EMPTY;
    }

    static void limit(QemuState q, Job job, long speed) {
        JobTurns.ask(q, job, JobRequest.SET_SPEED);
        if (speed < 0) {
            throw Refused.generic("Parameter 'speed' expects a non-negative value");
        }
        job.speed = speed;
    }

    private static List<Object> jobs(QemuState q) {
        List<Object> newestFirst = new ArrayList<>();
        for (Job job : q.jobs) {
            boolean hasProgress = job.isBlockJob() || job.isOver();
            Map<String, Object> members = Members.of(
                    "current-progress", job.isBlockJob() ? job.offset : hasProgress ? 1L : 0L,
                    "status", job.status().wire(),
                    "total-progress", job.isBlockJob() ? job.length() : 1L,
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
            if (job.isBlockJob()) {
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
                "status", job.status().wire(),
                "paused", job.is(JobPlaces.PAUSED) || job.status() == JobStatus.PENDING && job.is(JobPlaces.MIRRORS),
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
