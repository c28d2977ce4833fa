package dev.blockcopy.engine;

import java.time.Instant;

/**
 * One step of a job's way through the states, as its journal tells it.
 *
 * @param at when it was written down
 * @param from the state before
 * @param trigger what moved it
 * @param to the state after
 * @param effect what was to be done then, or empty
 * @param because why
 */
public record JournalLine(Instant at, String from, String trigger, String to, String effect, String because) {
    /** Whether it says nothing but that it was so once more. */
    boolean repeats(JournalLine before) {
        return from.equals(to)
                && from.equals(before.from)
                && trigger.equals(before.trigger)
                && to.equals(before.to)
                && effect.equals(before.effect);
    }
}
