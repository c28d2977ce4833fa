package dev.blockcopy.qemufake;

import dev.blockcopy.model.qmp.JobStatus;

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
            Job job = q.job(of.job());
            q.become(job, JobStatus.WAITING);
            q.become(job, JobStatus.PENDING);
            JobEnd.fail(q, job, rule.errno(), rule.isSwitched());
        } else if (instead instanceof QemuMove.Execute execute) {
            Monitor.Pending pending = q.monitors.get(execute.monitor()).waiting.peek();
            Job job = q.job(String.valueOf(pending.request().arguments().get("id")));
            JobEnd.fail(q, job, rule.errno(), rule.isSwitched());
            Execution.answer(q, execute.monitor(), java.util.Map.of());
        }
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
