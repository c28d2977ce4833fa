package dev.blockcopy.qemufake;

import dev.blockcopy.model.qmp.QmpMessage;
import java.util.List;
import java.util.Map;

/** What a fault makes of the move, or of the event, in whose place it comes. */
final class Strikes {
    private static final long MICROS_PER_MILLI = 1000;

    private Strikes() {}

    /** Only what still has its effect needs the host; a witness is closed also when it can't be written. */
    static HostWork work(QemuState q, QemuMove.Strike strike) {
        FaultRule rule = q.faults.rule(strike.rule());
        if (rule.on() == FaultPlace.WITNESS && rule.act() == FaultAct.FAIL) {
            return new HostWork.CloseDescriptors(q.reopen.witnesses());
        }
        return needsHost(rule) ? QemuCore.plainWork(q, strike.instead()) : HostWork.NONE;
    }

    private static boolean needsHost(FaultRule rule) {
        return switch (rule.act()) {
            case SILENCE, DELAY, CUT_AFTER, HALF_LINE, DUPLICATE, VANISH, INTRUDE, DIE_AFTER -> true;
            case ERROR, SWALLOW, HANG, CUT_BEFORE, SKIP, FAIL, FAIL_SWITCHED, STALL, DIE -> false;
        };
    }

    static void apply(QemuState q, int index, QemuMove instead, HostResult result) {
        FaultRule rule = q.faults.rule(index);
        switch (rule.act()) {
            case DIE -> q.isDead = true;
            case DIE_AFTER -> {
                q.monitors.forEach(Monitor::hush);
                QemuCore.carryOut(q, instead, result);
                q.isDead = true;
            }
            case VANISH -> {
                vanish(q, rule, instead);
                carryOn(q, instead, result);
            }
            case INTRUDE -> {
                intrude(q, rule, instead);
                carryOn(q, instead, result);
            }
            default -> applyHere(q, index, instead, result);
        }
    }

    private static void applyHere(QemuState q, int index, QemuMove instead, HostResult result) {
        FaultRule rule = q.faults.rule(index);
        if (instead instanceof QemuMove.JobMove of && rule.act() == FaultAct.STALL) {
            q.job(of.job()).stall = Standstill.of(q, index, of.step());
        } else if (instead instanceof QemuMove.GuestWrite write) {
            GuestErrors.onWrite(q, QemuCore.disk(q, write.disk()), HostResult.Failed.of(rule.errno()));
        } else if (rule.on() == FaultPlace.COMPLETION) {
            failCompletion(q, rule, instead);
        } else if (instead instanceof QemuMove.JobMove of) {
            boolean isReading = rule.on() == FaultPlace.READ;
            JobSteps.take(q, q.job(of.job()), of.step(), new HostResult.Failed(rule.errno(), null, isReading));
        } else if (instead instanceof QemuMove.ReopenMove reopen) {
            ReopenTurns.take(q, reopen, HostResult.Failed.of(rule.errno()));
        } else if (instead instanceof QemuMove.Execute execute) {
            onCommand(q, index, execute.monitor(), result);
        } else {
            onAllMonitors(q, index);
        }
    }

    /** The command is still there to be carried out, whatever it finds now; a step of a job may not be. */
    private static void carryOn(QemuState q, QemuMove instead, HostResult result) {
        if (instead instanceof QemuMove.Execute execute) {
            Execution.run(q, execute.monitor(), result);
        }
    }

    private static Job job(QemuState q, FaultRule rule, QemuMove instead) {
        if (instead instanceof QemuMove.JobMove of) {
            return q.job(of.job());
        }
        if (instead instanceof QemuMove.Execute execute) {
            Monitor.Pending pending = q.monitors.get(execute.monitor()).waiting.peek();
            return FaultConditions.job(q, pending.request().arguments());
        }
        return q.jobs.stream()
                .filter(job -> FaultConditions.isOf(q, rule, job))
                .findFirst()
                .orElse(null);
    }

    private static void vanish(QemuState q, FaultRule rule, QemuMove instead) {
        Job job = job(q, rule, instead);
        if (job != null) {
            JobTurns.forget(q, job);
        }
    }

    private static void intrude(QemuState q, FaultRule rule, QemuMove instead) {
        Command command = q.dialect.command(rule.text(FaultKey.EXECUTE));
        if (command == null) {
            return;
        }
        try {
            command.run().on(q, fitting(command, job(q, rule, instead)), HostResult.DONE);
        } catch (Refused refused) {
            // The stranger gets the error, nobody else.
        }
    }

    private static Arguments fitting(Command command, Job job) {
        for (String name : job == null ? List.<String>of() : List.of("id", "device")) {
            try {
                return command.check(Map.of(name, job.id()));
            } catch (Refused refused) {
                // It calls the job by another name, or wants none.
            }
        }
        return command.check(Map.of());
    }

    private static void failCompletion(QemuState q, FaultRule rule, QemuMove instead) {
        Job job = job(q, rule, instead);
        JobFailure failure =
                rule.act() == FaultAct.FAIL_SWITCHED ? JobFailure.COMPLETION_SWITCHED : JobFailure.COMPLETION;
        job.error = rule.errno().text();
        JobTurns.take(q, job, JobHeart.FAILURES.get(failure));
        if (instead instanceof QemuMove.Execute execute) {
            Execution.answer(q, execute.monitor(), Map.of());
        }
    }

    private static void onCommand(QemuState q, int index, int number, HostResult result) {
        FaultRule rule = q.faults.rule(index);
        Monitor monitor = q.monitors.get(number);
        switch (rule.act()) {
            case ERROR -> Execution.refuse(q, number, rule.text(FaultKey.CLASS), rule.text(FaultKey.DESC));
            case SILENCE -> Execution.silently(q, number, result);
            case SWALLOW -> monitor.waiting.remove();
            case HANG -> monitor.hang = Standstill.of(q, index, null);
            case FAIL -> Execution.run(q, number, opening(q, rule, number));
            case CUT_BEFORE -> monitor.cut();
            case CUT_AFTER -> {
                monitor.hush();
                Execution.run(q, number, result);
                monitor.cut();
            }
            default -> {
                Execution.run(q, number, result);
                onLine(q, rule, monitor);
            }
        }
    }

    private static HostResult opening(QemuState q, FaultRule rule, int number) {
        HostWork.Open open = (HostWork.Open) Execution.work(q, number);
        String file = open.files().get(0).file();
        String text = "Could not open '" + file + "': " + rule.errno().text();
        return new HostResult.Failed(rule.errno(), text, false);
    }

    /** What becomes of the line that was told last. */
    private static void onLine(QemuState q, FaultRule rule, Monitor monitor) {
        switch (rule.act()) {
            case DELAY -> monitor.heldUntilMicros = q.nowMicros + rule.number(FaultKey.MILLIS) * MICROS_PER_MILLI;
            case DUPLICATE -> monitor.repeat(rule.number(FaultKey.COPIES));
            case HALF_LINE -> monitor.ending = Monitor.Ending.HALF_LINE;
            case CUT_AFTER -> monitor.ending = Monitor.Ending.WHOLE_LINE;
            default -> throw new IllegalStateException("no fault of a line: " + rule);
        }
    }

    private static void onAllMonitors(QemuState q, int index) {
        FaultRule rule = q.faults.rule(index);
        for (int i = 0; i < q.monitors.size(); i++) {
            if (rule.isFor(FaultKey.MONITOR, (long) i)) {
                if (rule.act() == FaultAct.HANG) {
                    q.monitors.get(i).hang = Standstill.of(q, index, null);
                } else {
                    q.monitors.get(i).ending = Monitor.Ending.WHOLE_LINE;
                }
            }
        }
    }

    /** A line that nobody asked for, the greeting or an event, on one of the monitors that the rule is for. */
    static void onLine(QemuState q, int index, Monitor monitor, QmpMessage line) {
        FaultRule rule = q.faults.rule(index);
        switch (rule.act()) {
            case SKIP -> {}
            case DIE -> q.isDead = true;
            case CUT_BEFORE -> monitor.ending = Monitor.Ending.WHOLE_LINE;
            case HANG -> monitor.hang = Standstill.of(q, index, null);
            default -> {
                monitor.tell(line);
                onLine(q, rule, monitor);
            }
        }
    }
}
