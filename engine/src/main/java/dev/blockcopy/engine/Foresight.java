package dev.blockcopy.engine;

import dev.blockcopy.model.Valuation;
import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.model.lifecycle.Decision;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.Trigger;
import java.util.ArrayList;
import java.util.List;

/** A pivot in which nothing goes wrong. */
final class Foresight {
    /** From the look at the guest, which still runs, to the answer of {@code cont}; some of it moves no job. */
    static final List<Trigger> PAUSE = List.of(
            Trigger.GUEST_RUNS,
            Trigger.READY,
            Trigger.DONE,
            Trigger.DONE,
            Trigger.ENDED,
            Trigger.JOB_CLEAN,
            Trigger.ON_DESTINATION,
            Trigger.RESUMED,
            Trigger.DONE);

    private Foresight() {}

    /** While QEMU is asked for the graph, the outcome is got ready, but for what makes it durable. */
    static void ofOutcome(LiveJob live, Valuation seen, LanePorts ports) {
        if (live.awaited() != CopyEffect.LOOK_AT_GRAPH || !seen.get(Facts.RESUME_DUE)) {
            return;
        }
        Decision decision = ports.executor().decide(seen, Trigger.ON_DESTINATION);
        if (decision instanceof Decision.Step step && step.isDurable()) {
            List<JournalLine> lines = new ArrayList<>(live.unwritten());
            lines.add(Lines.of(ports.now(), step, ""));
            ports.journal().foresee(live.job().with(step.after()), lines);
        }
    }
}
