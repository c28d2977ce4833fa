package dev.blockcopy.engine;

import dev.blockcopy.model.lifecycle.Trigger;
import java.util.function.UnaryOperator;

/**
 * What was seen, as the one trigger that it means, and what is worth keeping of it.
 *
 * @param trigger what it means to the job
 * @param found what to note, should the job move
 * @param said what the person who asks for it says, for the journal; empty if nobody says anything
 */
record Sighting(Trigger trigger, UnaryOperator<Findings> found, String said) {
    Sighting(Trigger trigger, UnaryOperator<Findings> found) {
        this(trigger, found, "");
    }

    /** The same, and more that is worth keeping. */
    Sighting noting(UnaryOperator<Findings> more) {
        return new Sighting(trigger, findings -> more.apply(found.apply(findings)), said);
    }

    static Sighting of(Trigger trigger) {
        return new Sighting(trigger, UnaryOperator.identity());
    }

    static Sighting withError(Trigger trigger, String error) {
        return new Sighting(trigger, findings -> findings.withError(error));
    }
}
