package dev.blockcopy.qemufake;

import dev.blockcopy.model.qmp.JobStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Mirrors and their verbs before the job API: a job is called by its device, a disk has one at the most, and nothing is
 * left of it when it ends.
 *
 * <p>{@code force} of 1.3 means that a paused job may be cancelled too, not that a ready one is abandoned.
 */
final class OldCommands {
    private static final Map<String, Object> EMPTY = Map.of();
    private static final long BUF_SIZE = 64 << 10;
    private static final String ON_ERROR = "report|ignore|enospc|stop";
    private static final String MIRROR = "device str target str format? str mode? existing|absolute-paths speed? int";
    private static final String MIRROR_OF_1_3 =
            MIRROR + " sync top|full|none on-source-error? " + ON_ERROR + " on-target-error? " + ON_ERROR;

    private OldCommands() {}

    static void addOf13(Map<String, Command> table) {
        OldQueries.addTo(table);
        table.put("drive-mirror", mirror(MIRROR_OF_1_3));
        table.put("block-job-cancel", Command.of("device str force? bool", OldCommands::cancel));
        addPausing(table);
        table.put("block-job-complete", verb(JobRequest.COMPLETE));
    }

    private static void addPausing(Map<String, Command> table) {
        table.put("block-job-set-speed", Command.of("device str speed int", OldCommands::setSpeed));
        table.put("block-job-pause", verb(JobRequest.PAUSE));
        table.put("block-job-resume", verb(JobRequest.RESUME));
    }

    /**
     * The commands of 2012.
     *
     * @param prefix what the names of the new ones begin with
     */
    static void addOf2012(Map<String, Command> table, String prefix) {
        OldQueries.addTo(table);
        table.put(prefix + "drive-mirror", mirror(MIRROR + " full? bool"));
        table.put("block-job-cancel", Command.of("device str", OldCommands::cancel));
        table.put("block-job-set-speed", Command.of("device str speed int", OldCommands::setSpeed));
        table.put(prefix + "drive-reopen", ReopenCommands.alone());
    }

    static void addAtomic(Map<String, Command> table) {
        OldQueries.addTo(table);
        table.put("drive-mirror", mirror(MIRROR_OF_1_3));
        table.put("block-job-cancel", Command.of("device str force? bool", OldCommands::cancel));
        addPausing(table);
        table.put("transaction", ReopenCommands.inTransaction());
        table.put("query-qmp-schema", Command.of("", (q, arguments) -> Introspection.of(table)));
    }

    // ---- the mirror

    private static Command mirror(String signature) {
        return Command.of(
                signature,
                (q, arguments) -> q.graph.backend(arguments.text("device")) == null
                        ? HostWork.NONE
                        : DriveMirrorCommand.open(q, modern(arguments)),
                OldCommands::start);
    }

    private static Object start(QemuState q, Arguments arguments, HostResult result) {
        String device = arguments.text("device");
        backend(q, device);
        if (q.job(device) != null) {
            throw OldErrors.inUse(q, device);
        }
        if (result instanceof HostResult.Failed) {
            throw OldErrors.openFailed(q, arguments.text("target"));
        }
        return DriveMirrorCommand.mirror(q, modern(arguments), result);
    }

    /**
     * {@code full} of 2012 is {@code sync} of 1.3; without it only the topmost image is copied. Nothing was in flight
     * but one piece: {@code buf-size} came with 1.4.
     */
    private static Arguments modern(Arguments arguments) {
        Map<String, Object> values = new LinkedHashMap<>(arguments.values());
        values.put("buf-size", BUF_SIZE);
        if (!arguments.has("sync")) {
            values.put("sync", arguments.flag("full", false) ? "full" : "top");
        }
        return new Arguments(values);
    }

    /** A disk with a medium, by its drive id. */
    static Backend backend(QemuState q, String device) {
        Backend backend = q.graph.backend(device);
        if (backend == null) {
            throw OldErrors.deviceNotFound(device);
        }
        if (!backend.hasMedium()) {
            throw OldErrors.noMedium(q, device);
        }
        return backend;
    }

    // ---- the verbs

    private static Command verb(JobRequest request) {
        return Command.of("device str", (q, arguments) -> {
            ask(q, job(q, arguments), request);
            return EMPTY;
        });
    }

    private static Job job(QemuState q, Arguments arguments) {
        String device = arguments.text("device");
        if (q.graph.backend(device) == null) {
            throw OldErrors.deviceNotFound(device);
        }
        Job job = q.job(device);
        if (job == null) {
            throw OldErrors.notActive(device);
        }
        return job;
    }

    private static void ask(QemuState q, Job job, JobRequest request) {
        switch (job.answerTo(request).reply()) {
            case DONE -> JobTurns.ask(q, job, request);
            case PAUSED -> throw Refused.generic("The block job for device '%s' is currently paused", job.id());
            case WRONG_STATUS, CANCEL_ASKED ->
                throw Refused.generic("The active block job for device '%s' cannot be completed", job.id());
            case NOT_PAUSED, ALREADY_PAUSED -> {
                // That age did not mind.
            }
        }
    }

    private static Object cancel(QemuState q, Arguments arguments) {
        Job job = job(q, arguments);
        if (arguments.flag("force", false) && job.is(JobPlaces.PAUSED)) {
            JobTurns.ask(q, job, JobRequest.RESUME);
        }
        ask(q, job, JobRequest.CANCEL);
        return EMPTY;
    }

    private static Object setSpeed(QemuState q, Arguments arguments) {
        Job job = job(q, arguments);
        JobCommands.limit(q, job, arguments.number("speed", 0));
        return EMPTY;
    }

    // ---- the list

    /** {@code query-block-jobs}; nobody says ready, and what was said of a job by 1.3 was not said in 2012. */
    static List<Object> jobs(QemuState q) {
        List<Object> jobs = new ArrayList<>();
        for (Job job : q.jobs) {
            Map<String, Object> members = Members.of(
                    "type", job.settings.type(),
                    "device", job.id(),
                    "len", q.lengthOf(job),
                    "offset", q.offsetOf(job),
                    "speed", job.speed);
            if (!q.dialect.isOf2012()) {
                members.put("busy", job.status() == JobStatus.RUNNING);
                members.put("paused", job.is(JobPlaces.PAUSED));
                members.put("io-status", job.ioStatus);
            }
            jobs.add(members);
        }
        return jobs;
    }
}
