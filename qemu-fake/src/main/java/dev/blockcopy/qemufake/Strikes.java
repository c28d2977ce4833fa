package dev.blockcopy.qemufake;

import java.util.Map;

/** What a fault makes of the move in whose place it comes. */
final class Strikes {
    private static final long MICROS_PER_MILLI = 1000;

    private Strikes() {}

    /** Only a command that still has its effect needs the host. */
    static boolean needsHost(FaultRule rule) {
        return switch (rule.act()) {
            case SILENCE, DELAY, CUT_AFTER -> true;
            case ERROR, SWALLOW, CUT_BEFORE, FAIL, DIE -> false;
        };
    }

    static void apply(QemuState q, FaultRule rule, QemuMove instead, HostResult result) {
        if (rule.act() == FaultRule.Act.DIE) {
            q.isDead = true;
        } else if (rule.on() == FaultRule.Place.COMPLETION) {
            failCompletion(q, rule, instead);
        } else if (instead instanceof QemuMove.JobMove of) {
            boolean isReading = rule.on() == FaultRule.Place.READ;
            JobSteps.take(q, q.job(of.job()), of.step(), new HostResult.Failed(rule.errno(), null, isReading));
        } else if (instead instanceof QemuMove.Execute execute) {
            onCommand(q, rule, execute.monitor(), result);
        }
    }

    private static void failCompletion(QemuState q, FaultRule rule, QemuMove instead) {
        if (instead instanceof QemuMove.JobMove of) {
            failCompletion(q, rule, q.job(of.job()));
        } else if (instead instanceof QemuMove.Execute execute) {
            Monitor.Pending pending = q.monitors.get(execute.monitor()).waiting.peek();
            failCompletion(
                    q, rule, q.job(String.valueOf(pending.request().arguments().get("id"))));
            Execution.answer(q, execute.monitor(), Map.of());
        }
    }

    private static void failCompletion(QemuState q, FaultRule rule, Job job) {
        JobFailure failure = rule.isSwitched() ? JobFailure.COMPLETION_SWITCHED : JobFailure.COMPLETION;
        job.error = rule.errno().text();
        JobTurns.take(q, job, JobHeart.FAILURES.get(failure));
    }

    private static void onCommand(QemuState q, FaultRule rule, int index, HostResult result) {
        Monitor monitor = q.monitors.get(index);
        switch (rule.act()) {
            case ERROR -> Execution.refuse(q, index, rule.errorClass(), rule.desc());
            case SILENCE -> Execution.silently(q, index, result);
            case SWALLOW -> monitor.waiting.remove();
            case DELAY -> {
                monitor.heldUntilMicros = q.nowMicros + rule.millis() * MICROS_PER_MILLI;
                Execution.run(q, index, result);
            }
            case CUT_BEFORE -> monitor.cut();
            case CUT_AFTER -> {
                monitor.isCut = true;
                Execution.run(q, index, result);
                monitor.cut();
            }
            case FAIL, DIE -> throw new IllegalStateException("no fault of a command: " + rule.text());
        }
    }
}
