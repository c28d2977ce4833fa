package dev.blockcopy.qemufake;

import dev.blockcopy.model.qmp.JobStatus;
import dev.blockcopy.model.qmp.QmpEvent;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Whether a rule speaks of what is about to happen. */
final class FaultConditions {
    private static final List<String> JOB_ARGUMENTS = List.of("id", "job-id", "device");
    private static final List<String> DISK_ARGUMENTS = List.of("device", "node-name", "target");

    private FaultConditions() {}

    static boolean matches(QemuState q, FaultRule rule, QemuMove move) {
        if (move instanceof QemuMove.Execute execute) {
            return matchesCommand(q, rule, execute.monitor());
        }
        if (move instanceof QemuMove.GuestWrite write) {
            return matchesGuest(q, rule, write);
        }
        if (move instanceof QemuMove.ReopenMove reopen) {
            return matchesReopen(q, rule, reopen);
        }
        return move instanceof QemuMove.JobMove of && matchesStep(q, rule, q.job(of.job()), of.step());
    }

    /** All that the rule says of the state; its place is the moment from which this holds. */
    static boolean holds(QemuState q, FaultRule rule) {
        return isRunState(q, rule)
                && (!isOfAJob(rule) && !rule.says(FaultKey.DISK)
                        || q.jobs.stream().anyMatch(job -> isOf(q, rule, job)));
    }

    private static boolean matchesCommand(QemuState q, FaultRule rule, int monitor) {
        Monitor.Pending pending = q.monitors.get(monitor).waiting.peek();
        if (pending == null || pending.request() == null || !isRunState(q, rule)) {
            return false;
        }
        String name = pending.request().execute();
        Map<String, Object> arguments = pending.request().arguments();
        return switch (rule.on()) {
            case COMMAND ->
                rule.isNamed(name)
                        && rule.isFor(FaultKey.MONITOR, (long) monitor)
                        && isAddressed(rule, FaultKey.JOB, arguments, JOB_ARGUMENTS)
                        && isOnDisk(q, rule, arguments)
                        && isWhile(q, rule, job(q, arguments));
            case OPEN -> opens(rule, Execution.work(q, monitor)) && isWhile(q, rule, null);
            case COMPLETION -> name.endsWith("job-finalize") && isSwitchedBy(q, rule, arguments);
            case CONNECTION,
                    EVENT,
                    READ,
                    WRITE,
                    FLUSH,
                    READY,
                    REOPEN_DESTINATION,
                    REOPEN_SOURCE,
                    WITNESS,
                    GUEST_WRITE,
                    MOMENT -> false;
        };
    }

    private static boolean isAddressed(FaultRule rule, FaultKey key, Map<String, Object> said, List<String> names) {
        return !rule.says(key) || names.stream().map(said::get).anyMatch(value -> rule.isFor(key, value));
    }

    private static boolean isOnDisk(QemuState q, FaultRule rule, Map<String, Object> arguments) {
        Job job = job(q, arguments);
        return isAddressed(rule, FaultKey.DISK, arguments, DISK_ARGUMENTS) || job != null && isDisk(q, rule, job);
    }

    /** The job that a command or an event speaks of, or null. */
    static Job job(QemuState q, Map<String, Object> said) {
        return JOB_ARGUMENTS.stream()
                .map(said::get)
                .filter(Objects::nonNull)
                .map(id -> q.job(String.valueOf(id)))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Phase and progress: of the job that is meant, or of any where none is. */
    private static boolean isWhile(QemuState q, FaultRule rule, Job meant) {
        if (!rule.says(FaultKey.PHASE) && !rule.says(FaultKey.AFTER)) {
            return true;
        }
        Stream<Job> candidates = meant == null ? q.jobs.stream() : Stream.of(meant);
        return candidates.anyMatch(job -> isFar(rule, job));
    }

    private static boolean isFar(FaultRule rule, Job job) {
        return rule.isFor(FaultKey.PHASE, job.status()) && job.offset >= rule.number(FaultKey.AFTER);
    }

    private static boolean opens(FaultRule rule, HostWork work) {
        return work instanceof HostWork.Open open
                && open.files().stream()
                        .map(HostWork.Wanted::file)
                        .anyMatch(
                                file -> rule.isNamed(file) || rule.isNamed(file.substring(file.lastIndexOf('/') + 1)));
    }

    /** A job that is finalized by hand is switched by the command; there is no step that could be stalled. */
    private static boolean isSwitchedBy(QemuState q, FaultRule rule, Map<String, Object> arguments) {
        Job job = job(q, arguments);
        return job != null
                && rule.act() != FaultAct.STALL
                && job.status() == JobStatus.PENDING
                && isSwitching(job)
                && isOf(q, rule, job);
    }

    private static boolean matchesStep(QemuState q, FaultRule rule, Job job, JobStep step) {
        boolean isPlace = switch (rule.on()) {
            case CONNECTION, COMMAND, EVENT, OPEN, REOPEN_DESTINATION, REOPEN_SOURCE, WITNESS, GUEST_WRITE, MOMENT ->
                false;
            case READ, WRITE ->
                step == JobStep.COPY && isAt(rule, job.flight.get(0).range());
            case FLUSH -> step == JobStep.FLUSH;
            case READY -> step == JobStep.SYNCHRONISE;
            case COMPLETION -> step == JobStep.CONVERGE && job.settings.autoFinalize() && isSwitching(job);
        };
        return isPlace && job.isBlockJob() && isRunState(q, rule) && isOf(q, rule, job);
    }

    /** Before the job API a job was called by its disk. */
    private static boolean matchesReopen(QemuState q, FaultRule rule, QemuMove.ReopenMove reopen) {
        boolean isPlace = switch (rule.on()) {
            case REOPEN_DESTINATION -> reopen.step() == ReopenStep.OPEN || reopen.step() == ReopenStep.PROVE;
            case REOPEN_SOURCE -> reopen.step() == ReopenStep.FALL_BACK;
            case WITNESS -> reopen.step() == ReopenStep.TESTIFY;
            default -> false;
        };
        return isPlace
                && isRunState(q, rule)
                && rule.isFor(FaultKey.JOB, reopen.disk())
                && rule.isFor(FaultKey.DISK, reopen.disk());
    }

    private static boolean matchesGuest(QemuState q, FaultRule rule, QemuMove.GuestWrite write) {
        Extents.Range range = new Extents.Range(
                write.offset(), write.offset() + write.payload().length());
        return rule.on() == FaultPlace.GUEST_WRITE
                && isRunState(q, rule)
                && isAt(rule, range)
                && isBackend(q, rule, QemuCore.disk(q, write.disk()))
                && (!isOfAJob(rule)
                        || q.jobs.stream().anyMatch(job -> rule.isFor(FaultKey.JOB, job.id()) && isFar(rule, job)));
    }

    private static boolean isOfAJob(FaultRule rule) {
        return Stream.of(FaultKey.JOB, FaultKey.PHASE, FaultKey.AFTER).anyMatch(rule::says);
    }

    private static boolean isBackend(QemuState q, FaultRule rule, Backend disk) {
        return !rule.says(FaultKey.DISK)
                || disk.isCalled(rule.text(FaultKey.DISK))
                || rule.isFor(
                        FaultKey.DISK,
                        q.graph.belowFilters(q.graph.node(disk.root())).name());
    }

    private static boolean isAt(FaultRule rule, Extents.Range piece) {
        long at = rule.number(FaultKey.AT);
        return !rule.says(FaultKey.AT) || piece.start() <= at && at < piece.start() + piece.length();
    }

    private static boolean isSwitching(Job job) {
        JobPlaces.Asked asked = job.heart.get(JobPlaces.ASKED);
        return asked == JobPlaces.Asked.COMPLETE || asked == JobPlaces.Asked.COMPLETE_THEN_CANCEL;
    }

    static boolean matchesConnection(QemuState q, FaultRule rule, int monitor) {
        return rule.on() == FaultPlace.CONNECTION
                && rule.isFor(FaultKey.MONITOR, (long) monitor)
                && isRunState(q, rule)
                && isWhile(q, rule, null);
    }

    static boolean matches(QemuState q, FaultRule rule, QmpEvent event) {
        Job job = job(q, event.data());
        return rule.on() == FaultPlace.EVENT
                && rule.isNamed(event.name())
                && isRunState(q, rule)
                && isAddressed(rule, FaultKey.JOB, event.data(), JOB_ARGUMENTS)
                && (!rule.says(FaultKey.DISK) || job != null && isDisk(q, rule, job))
                && isTold(rule, event, job)
                && (job == null || job.offset >= rule.number(FaultKey.AFTER));
    }

    /** The status is the one that the event tells, where it tells one. */
    private static boolean isTold(FaultRule rule, QmpEvent event, Job job) {
        if (!rule.says(FaultKey.PHASE)) {
            return true;
        }
        Object told = event.data().get("status");
        return told == null
                ? job != null && rule.isFor(FaultKey.PHASE, job.status())
                : FaultKey.PHASE.read(String.valueOf(told)).equals(rule.keys().get(FaultKey.PHASE));
    }

    static boolean isOf(QemuState q, FaultRule rule, Job job) {
        return rule.isFor(FaultKey.JOB, job.id()) && isFar(rule, job) && isDisk(q, rule, job);
    }

    /** Whether the rule's disk is the one that this job copies. */
    private static boolean isDisk(QemuState q, FaultRule rule, Job job) {
        return !rule.says(FaultKey.DISK)
                || job.isBlockJob()
                        && (rule.isFor(FaultKey.DISK, job.mirror.source())
                                || q.graph.backends().stream()
                                        .filter(backend -> backend.isCalled(rule.text(FaultKey.DISK)))
                                        .anyMatch(backend -> isRoot(job.mirror, backend.root())));
    }

    private static boolean isRoot(MirrorSettings mirror, String root) {
        return root.equals(mirror.filter()) || root.equals(mirror.source()) || root.equals(mirror.target());
    }

    private static boolean isRunState(QemuState q, FaultRule rule) {
        return rule.isFor(FaultKey.RUN_STATE, q.run);
    }
}
