package dev.blockcopy.qemufake;

import dev.blockcopy.model.qmp.QmpRequest;
import dev.blockcopy.model.qmp.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Everything that a QEMU may do, as functions of its state. Pure and deterministic; every function leaves its argument
 * as it was.
 *
 * <p>One turn is: pick one of {@link #moves}, let the host do its {@link #work}, hand the result to {@link #after}. Who
 * picks is not the core's affair: a server takes the first, a seeded one any, a checker all.
 */
public final class QemuCore {
    private static final List<JobStep> PROMPT = JobSteps.ofKind(true);
    private static final List<JobStep> LATER = JobSteps.ofKind(false);

    /** QEMU 7.2 {@code monitor/qmp.c}. */
    private static final int WAITING_MAX = 8;

    private QemuCore() {}

    /** What may happen next at this time, in a fixed order: prompt steps of jobs, commands, copying. */
    public static List<QemuMove> moves(QemuState q) {
        List<QemuMove> moves = new ArrayList<>();
        if (q.isDead || q.isQuitting || q.isLockedUp) {
            return moves;
        }
        QemuMove moment = q.faults.strikeOfTheMoment(q);
        if (moment != null) {
            return List.of(moment);
        }
        if (q.reopen != null) {
            ReopenTurns.moves(q).forEach(move -> moves.add(q.faults.strikeOn(q, move)));
            return moves;
        }
        addSteps(q, moves, true);
        for (int i = 0; i < q.monitors.size(); i++) {
            if (Execution.mayRun(q, q.monitors.get(i))) {
                moves.add(q.faults.strikeOn(q, new QemuMove.Execute(i)));
            }
        }
        addSteps(q, moves, false);
        return moves;
    }

    private static void addSteps(QemuState q, List<QemuMove> moves, boolean isPrompt) {
        for (Job job : q.jobs) {
            for (JobStep step : isPrompt ? PROMPT : LATER) {
                if (JobSteps.mayTake(q, job, step) && !q.isStalled(job, step)) {
                    moves.add(q.faults.strikeOn(q, new QemuMove.JobMove(step, job.id())));
                    break;
                }
            }
        }
    }

    /** What a move needs done on the host before it happens. */
    public static HostWork work(QemuState q, QemuMove move) {
        return plainWork(q, facing(q, move));
    }

    /** The guest's moves are not chosen here, so a fault meets them only when they come. */
    private static QemuMove facing(QemuState q, QemuMove move) {
        return move instanceof QemuMove.GuestWrite ? q.faults.strikeOn(q, move) : move;
    }

    /** The same of a move that no fault meets any more. */
    static HostWork plainWork(QemuState q, QemuMove move) {
        if (move instanceof QemuMove.Strike strike) {
            return Strikes.work(q, strike);
        }
        if (move instanceof QemuMove.Execute execute) {
            return Execution.work(q, execute.monitor());
        }
        if (move instanceof QemuMove.JobMove of) {
            return JobSteps.work(q, q.job(of.job()), of.step());
        }
        if (move instanceof QemuMove.ReopenMove reopen) {
            return ReopenTurns.work(q, reopen);
        }
        if (move instanceof QemuMove.GuestWrite write) {
            return GuestWrites.work(q, disk(q, write.disk()), write.offset(), write.payload());
        }
        if (move instanceof QemuMove.GuestFlush flush) {
            return GuestWrites.flushWork(q, disk(q, flush.disk()));
        }
        return HostWork.NONE;
    }

    /** The state after a move whose work went as the result says. */
    public static QemuState after(QemuState before, QemuMove move, HostResult result) {
        QemuState q = before.copy();
        apply(q, facing(q, move), result);
        q.sweep(before);
        return q;
    }

    private static void apply(QemuState q, QemuMove move, HostResult result) {
        q.faults.pass(q, move instanceof QemuMove.Strike strike ? strike.instead() : move);
        if (move instanceof QemuMove.Strike strike) {
            int monitor = strike.instead() instanceof QemuMove.Execute execute ? execute.monitor() : -1;
            q.faults.strike(strike.rule(), monitor);
            Strikes.apply(q, strike.rule(), strike.instead(), result);
        } else {
            carryOut(q, move, result);
        }
    }

    static void carryOut(QemuState q, QemuMove move, HostResult result) {
        if (move instanceof QemuMove.Execute execute) {
            Execution.run(q, execute.monitor(), result);
        } else if (move instanceof QemuMove.JobMove of) {
            JobSteps.take(q, q.job(of.job()), of.step(), result);
        } else if (move instanceof QemuMove.ReopenMove reopen) {
            ReopenTurns.take(q, reopen, result);
        } else if (move instanceof QemuMove.GuestWrite write) {
            Backend disk = disk(q, write.disk());
            GuestErrors.onWrite(
                    q,
                    disk,
                    GuestWrites.done(q, disk, write.offset(), write.payload().length(), result));
        } else if (move instanceof QemuMove.GuestFlush flush) {
            Backend disk = disk(q, flush.disk());
            GuestErrors.onWrite(q, disk, GuestWrites.flushed(q, disk, result));
        } else if (move instanceof QemuMove.Terminate) {
            StatusCommands.quit(q, "host-signal");
        }
    }

    /**
     * Whether a write or flush of the guest can go in now: it runs, and its disk has a medium and is not drained.
     *
     * @param label the drive id, or the QOM path of a disk without one
     */
    public static boolean admits(QemuState q, String label) {
        Backend disk = disk(q, label);
        return !q.isDead
                && !q.isLockedUp
                && q.run == RunState.RUNNING
                && disk.hasMedium()
                && !GuestWrites.isDrained(q, disk);
    }

    static Backend disk(QemuState q, String label) {
        return q.graph.backends().stream()
                .filter(backend -> backend.isCalled(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no disk " + label));
    }

    /** When a sleeping job or a held line next has something to do; empty where only the outside can move it. */
    public static OptionalLong wakesAtMicros(QemuState q) {
        List<Long> times = new ArrayList<>();
        JobSteps.wakesAtMicros(q).forEach(times::add);
        for (Job job : q.jobs) {
            if (job.stall != null) {
                times.add(job.stall.untilMicros());
            }
        }
        for (Monitor monitor : q.monitors) {
            times.add(monitor.heldUntilMicros);
            if (monitor.hang != null) {
                times.add(monitor.hang.untilMicros());
            }
        }
        return times.stream()
                .mapToLong(Long::longValue)
                .filter(time -> time > q.nowMicros && time != Long.MAX_VALUE)
                .min();
    }

    /** Time goes on. */
    public static QemuState at(QemuState before, long nowMicros) {
        return before.at(nowMicros);
    }

    /** A client has come to a monitor: it is greeted, and negotiation begins anew. */
    public static QemuState connected(QemuState before, int monitor) {
        QemuState q = disconnected(before, monitor);
        int striking = q.faults.strikeOnConnection(q, monitor);
        if (striking == Faults.NONE) {
            q.monitors.get(monitor).tell(q.dialect.greeting());
        } else {
            Strikes.onLine(q, striking, q.monitors.get(monitor), q.dialect.greeting());
        }
        return q;
    }

    /** A client has gone: what was waiting, and what it was to be told, is lost. */
    public static QemuState disconnected(QemuState before, int monitor) {
        QemuState q = before.copy();
        q.monitors.get(monitor).reset();
        return q;
    }

    /** Whether a monitor reads on: QEMU keeps one command waiting, eight with {@code oob} enabled. */
    public static boolean readsOn(QemuState q, int monitor) {
        Monitor of = q.monitors.get(monitor);
        return of.waiting.size() < (of.isOobEnabled ? WAITING_MAX : 1);
    }

    /** Whether a monitor's client has enabled commands that do not wait for their turn. */
    public static boolean isOobEnabled(QemuState q, int monitor) {
        return q.monitors.get(monitor).isOobEnabled;
    }

    /** A command has come off a monitor's wire. */
    public static QemuState received(QemuState before, int monitor, QmpRequest request, boolean isOutOfBand) {
        return received(before, monitor, new Monitor.Pending(request, null, null, isOutOfBand));
    }

    /** Something that is no command has come off a monitor's wire; it is answered in its turn. */
    public static QemuState receivedMalformed(
            QemuState before, int monitor, Object id, String complaint, boolean isOutOfBand) {
        return received(before, monitor, new Monitor.Pending(null, complaint, id, isOutOfBand));
    }

    private static QemuState received(QemuState before, int monitor, Monitor.Pending pending) {
        QemuState q = before.touching(monitor);
        if (pending.isOutOfBand()) {
            q.monitors.get(monitor).waiting.addFirst(pending);
        } else {
            q.monitors.get(monitor).waiting.addLast(pending);
        }
        return q;
    }

    /** The lines of a monitor have been handed over; a connection that was to end with them is cut. */
    public static QemuState fetched(QemuState before, int monitor) {
        QemuState q = before.touching(monitor);
        if (q.isEnding(monitor)) {
            q.monitors.get(monitor).cut();
        }
        q.monitors.get(monitor).sent.clear();
        return q;
    }

    /** These of the files that rules depend on exist now. */
    public static QemuState seen(QemuState before, Set<String> files) {
        QemuState q = before.copy();
        q.faults.see(files);
        return q;
    }

    /** What has struck so far is in the journal. */
    public static QemuState told(QemuState before) {
        QemuState q = before.copy();
        q.faults.told();
        return q;
    }

    /** One rule more. */
    public static QemuState with(QemuState before, FaultRule rule) {
        QemuState q = before.copy();
        q.faults = q.faults.with(rule);
        return q;
    }

    /** All faults are over: no rule strikes any more, and what stood still because of one goes on. */
    public static QemuState reset(QemuState before) {
        QemuState q = before.copy();
        q.faults.reset();
        q.jobs.forEach(job -> job.stall = null);
        q.monitors.forEach(Monitor::release);
        return q;
    }
}
