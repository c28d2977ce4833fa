package dev.blockcopy.engine;

import dev.blockcopy.model.lifecycle.Trigger;
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
}
