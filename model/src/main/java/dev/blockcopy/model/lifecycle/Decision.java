package dev.blockcopy.model.lifecycle;

import dev.blockcopy.model.Valuation;
import java.util.Optional;

/** What the table says to a trigger: the unit of logging, tracing, persisting and testing. */
public sealed interface Decision {
    /**
     * The job moves. Duties, in this order: make {@code after} durable if {@link #isDurable()}, answer the caller,
     * perform the effect.
     */
    record Step(Valuation before, Trigger trigger, Cell.Row row, Valuation after) implements Decision {
        public Optional<CopyEffect> effect() {
            return row.effect();
        }

        /** Whether the journal has to be written before anybody hears of this step. */
        public boolean isDurable() {
            return !before.isDurablyEqual(after);
        }
    }

    /** The request is not accepted and nothing changes. */
    record Refused(Refusal refusal) implements Decision {}

    /** Nothing changes, for a reason. */
    record Ignored(String because) implements Decision {}

    /** What can't happen happened: our picture of the world is wrong. */
    record Impossible(String because) implements Decision {}
}
