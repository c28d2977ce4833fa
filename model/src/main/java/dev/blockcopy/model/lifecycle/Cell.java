package dev.blockcopy.model.lifecycle;

import dev.blockcopy.model.Change;
import dev.blockcopy.model.Guard;
import dev.blockcopy.model.Printing;
import java.util.List;
import java.util.Optional;

/** What happens in one state on one trigger where a guard holds: one of four kinds, each with its reason. */
public sealed interface Cell {
    JobState from();

    Trigger on();

    Guard when();

    String because();

    /** What the cell is called in traces and lists of problems; unique in a table without overlaps. */
    default String name() {
        String place = from() + " on " + on();
        return when().equals(Guard.ALWAYS) ? place : place + " where " + Printing.of(when());
    }

    /**
     * A transition: the next state, what is remembered, and at most one effect.
     *
     * @param changes all changes of the step, the one of the state among them
     */
    record Row(
            JobState from,
            Trigger on,
            Guard when,
            JobState to,
            List<Change> changes,
            Optional<CopyEffect> effect,
            String because)
            implements Cell {
        public Row {
            changes = List.copyOf(changes);
        }

        @Override
        public String toString() {
            return name() + " -> " + to + effect.map(act -> " " + act).orElse("") + ": " + Printing.of(changes);
        }
    }

    /** The request is not accepted; the caller is told why. */
    record Refuse(JobState from, Trigger on, Guard when, Refusal refusal) implements Cell {
        @Override
        public String because() {
            return refusal.text();
        }
    }

    /** The trigger says nothing new here. */
    record Ignore(JobState from, Trigger on, Guard when, String because) implements Cell {}

    /** The trigger can't come here; if it does, what we believe is wrong and must be looked at anew. */
    record Impossible(JobState from, Trigger on, Guard when, String because) implements Cell {}
}
