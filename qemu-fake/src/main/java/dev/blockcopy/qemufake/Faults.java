package dev.blockcopy.qemufake;

import dev.blockcopy.model.qmp.JobStatus;
import java.util.List;

/** The rules of what is to go wrong, and how often each has been passed and has struck. */
final class Faults {
    private final List<FaultRule> rules;
    private final int[] passed;
    private final int[] struck;

    private Faults(List<FaultRule> rules, int[] passed, int[] struck) {
        this.rules = rules;
        this.passed = passed;
        this.struck = struck;
    }

    static Faults of(List<FaultRule> rules) {
        return new Faults(List.copyOf(rules), new int[rules.size()], new int[rules.size()]);
    }

    Faults copy() {
        return rules.isEmpty() ? this : new Faults(rules, passed.clone(), struck.clone());
    }

    FaultRule rule(int index) {
        return rules.get(index);
    }

    /** The move itself, or the strike of the first rule that is due on it. */
    QemuMove strikeOn(QemuState q, QemuMove move) {
        for (int i = 0; i < rules.size(); i++) {
            FaultRule rule = rules.get(i);
            if (matches(q, rule, move) && passed[i] + 1 >= rule.nth() && struck[i] < rule.times()) {
                return new QemuMove.Strike(i, move);
            }
        }
        return move;
    }

    /** Counts a move for all rules that it matches, whether it is struck or not. */
    void pass(QemuState q, QemuMove move) {
        for (int i = 0; i < rules.size(); i++) {
            if (matches(q, rules.get(i), move)) {
                passed[i]++;
            }
        }
    }

    void strike(int index) {
        struck[index]++;
    }

    private static boolean matches(QemuState q, FaultRule rule, QemuMove move) {
        if (move instanceof QemuMove.Execute execute) {
            return matchesCommand(q, rule, execute);
        }
        return move instanceof QemuMove.JobMove of && matchesStep(q.job(of.job()), rule, of.step());
    }

    private static boolean matchesCommand(QemuState q, FaultRule rule, QemuMove.Execute execute) {
        Monitor.Pending pending = q.monitors.get(execute.monitor()).waiting.peek();
        if (pending == null || pending.request() == null) {
            return false;
        }
        String command = pending.request().execute();
        if (rule.on() == FaultRule.Place.COMPLETION && command.endsWith("job-finalize")) {
            Job job = q.job(String.valueOf(pending.request().arguments().get("id")));
            return job != null && job.status() == JobStatus.PENDING && isSwitching(job) && isFor(rule, job);
        }
        return rule.on() == FaultRule.Place.COMMAND
                && (rule.name() == null || rule.name().equals(command));
    }

    private static boolean matchesStep(Job job, FaultRule rule, JobStep step) {
        boolean isPlace = switch (rule.on()) {
            case COMMAND -> false;
            case READ, WRITE -> step == JobStep.COPY;
            case FLUSH -> step == JobStep.FLUSH;
            case COMPLETION -> step == JobStep.CONVERGE && job.settings.autoFinalize() && isSwitching(job);
        };
        return isPlace && job.isMirror() && isFor(rule, job);
    }

    private static boolean isSwitching(Job job) {
        JobPlaces.Asked asked = job.heart.get(JobPlaces.ASKED);
        return asked == JobPlaces.Asked.COMPLETE || asked == JobPlaces.Asked.COMPLETE_THEN_CANCEL;
    }

    private static boolean isFor(FaultRule rule, Job job) {
        return (rule.job() == null || rule.job().equals(job.id()))
                && (rule.phase() == null || rule.phase().equals(job.status().wire()))
                && job.offset >= rule.after();
    }
}
