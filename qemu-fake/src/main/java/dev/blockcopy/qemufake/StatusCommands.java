package dev.blockcopy.qemufake;

import dev.blockcopy.model.qmp.JobStatus;
import dev.blockcopy.model.qmp.RunState;
import dev.blockcopy.model.qmp.VersionTriple;
import java.util.List;
import java.util.Map;

/** Negotiation, identity, run state, and the end. */
final class StatusCommands {
    /** Tells a person which QEMU this is not; a client has no reason to look. */
    static final String PACKAGE = "qemu-fake";

    private static final Map<String, Object> EMPTY = Map.of();

    private StatusCommands() {}

    static void addTo(Map<String, Command> table) {
        table.put("qmp_capabilities", Command.of("enable? list", (q, arguments) -> EMPTY));
        table.put("query-version", Command.of("", (q, arguments) -> version(q.dialect.version())));
        table.put("query-name", Command.of("", (q, arguments) -> EMPTY));
        table.put(
                "query-uuid",
                Command.of("", (q, arguments) -> Members.of("UUID", "00000000-0000-0000-0000-000000000000")));
        table.put("query-status", Command.of("", (q, arguments) -> status(q)));
        table.put("stop", Command.of("", (q, arguments) -> stop(q)));
        table.put("cont", Command.of("", (q, arguments) -> cont(q)));
        table.put("quit", Command.of("", (q, arguments) -> quit(q, "host-qmp-quit")));
    }

    private static Map<String, Object> version(VersionTriple version) {
        return Members.of(
                "qemu",
                Members.of("micro", version.micro(), "minor", version.minor(), "major", version.major()),
                "package",
                PACKAGE);
    }

    /** Capabilities are agreed on; an unknown one leaves the client in negotiation (transcript p02). */
    static void negotiate(Monitor monitor, Arguments arguments) {
        for (Object capability : arguments.list("enable")) {
            if (!(capability instanceof String)) {
                throw Refused.generic("Invalid parameter type for 'null', expected: string");
            }
            if (!capability.equals("oob")) {
                throw Refused.generic("Parameter 'null' does not accept value '%s'", capability);
            }
        }
        monitor.isNegotiated = true;
        monitor.isOobEnabled = arguments.list("enable").contains("oob");
    }

    private static Map<String, Object> status(QemuState q) {
        boolean isRunning = q.run == RunState.RUNNING;
        return Members.of("status", q.run.wire(), "singlestep", false, "running", isRunning);
    }

    private static Map<String, Object> stop(QemuState q) {
        pause(q, q.run == RunState.RUNNING ? RunState.PAUSED : q.run);
        return EMPTY;
    }

    /** A guest that runs stops; the disks are drained in any case. */
    static void pause(QemuState q, RunState because) {
        boolean wasRunning = q.run == RunState.RUNNING;
        q.run = because;
        if (wasRunning) {
            q.tell("STOP", EMPTY);
        }
        JobTurns.drain(q);
    }

    /** The errors of disks and jobs are forgotten, whatever the jobs wait for (scenario i30). */
    private static Map<String, Object> cont(QemuState q) {
        q.jobs.forEach(job -> job.ioStatus = Backend.OK);
        q.graph.forgetErrors();
        if (q.run != RunState.RUNNING) {
            q.run = RunState.RUNNING;
            q.tell("RESUME", EMPTY);
        }
        return EMPTY;
    }

    /** Every job is cancelled by force, the newest first, and those that had ended are dismissed. */
    static Map<String, Object> quit(QemuState q, String reason) {
        q.isQuitting = true;
        q.run = RunState.SHUTDOWN;
        q.tell("SHUTDOWN", Members.of("guest", false, "reason", reason));
        JobTurns.drain(q);
        List<Job> left = List.copyOf(q.jobs);
        for (int i = left.size() - 1; i >= 0; i--) {
            end(q, left.get(i));
        }
        return EMPTY;
    }

    private static void end(QemuState q, Job job) {
        if (job.status() != JobStatus.CONCLUDED) {
            JobTurns.ask(q, job, JobRequest.FORCE);
        }
        if (job.isActive()) {
            JobTurns.own(q, job, JobStep.ABORT);
        }
        if (job.status() == JobStatus.CONCLUDED) {
            JobTurns.ask(q, job, JobRequest.DISMISS);
        }
    }
}
