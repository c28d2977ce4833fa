package dev.blockcopy.simulator.world;

import static dev.blockcopy.model.Guard.all;
import static dev.blockcopy.model.Term.choose;
import static dev.blockcopy.model.Term.constant;

import dev.blockcopy.model.Change;
import dev.blockcopy.model.Guard;
import dev.blockcopy.model.Lifetime;
import dev.blockcopy.model.Rule;
import dev.blockcopy.model.Slot;
import dev.blockcopy.model.Term;
import dev.blockcopy.model.Type;
import dev.blockcopy.model.Variable;
import dev.blockcopy.model.lifecycle.Cell;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.Facts.Outcome;
import dev.blockcopy.model.lifecycle.Facts.Seal;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.lifecycle.Trigger;
import java.util.List;
import java.util.Optional;

/** A journal that is not written before the effect: what a manager knows of its pivot, and its successor does not. */
final class Writing {
    /** How much of the intention to pivot is on disk. */
    enum Written {
        ALL,
        /** The reply has come: it is about to be written. */
        REPLIED,
        /** The pivot is intended and perhaps told, and no word of it is written. */
        NOT_YET
    }

    static final Slot<Written> WRITTEN = Variable.of("written", Type.of(Written.class), Lifetime.OUTSIDE, Written.ALL);

    static final String WRITES = "writes what it intended";

    private static final Guard FORGETS = all(
            Guard.not(WRITTEN.is(Written.ALL)),
            Facts.OUTCOME.is(Outcome.NONE),
            Facts.JOURNAL.isOneOf(List.of(JobState.PIVOTING, JobState.FORCING, JobState.RETREATING)));

    private Writing() {}

    /** What a step of the manager leaves unwritten. */
    static List<Change> notes(Variant variant, Cell cell) {
        boolean intends = cell instanceof Cell.Row row && row.changes().contains(Facts.SWITCH_TOLD.becomes(true));
        if (variant.journal() != Variant.Journal.BEFORE && intends) {
            return List.of(WRITTEN.becomes(Written.NOT_YET));
        }
        boolean isReply = cell.from() == JobState.SWITCHING
                && List.of(Trigger.DONE, Trigger.REFUSED).contains(cell.on());
        if (variant.journal() == Variant.Journal.AFTER_REPLY && isReply) {
            return List.of(WRITTEN.becomes(
                    choose(WRITTEN.is(Written.NOT_YET), constant(WRITTEN.type(), Written.REPLIED), WRITTEN)));
        }
        return List.of();
    }

    /** What a successor finds instead of what was never written: a job that mirrors. */
    static List<Change> forgotten() {
        return List.of(
                Facts.STATE.becomes(otherwise(Facts.JOURNAL, JobState.MIRRORING)),
                Facts.JOURNAL.becomes(otherwise(Facts.JOURNAL, JobState.MIRRORING)),
                Facts.SWITCH_TOLD.becomes(otherwise(Facts.SWITCH_TOLD, false)),
                Facts.SEAL.becomes(otherwise(Facts.SEAL, Seal.NONE)),
                Facts.RESUME_DUE.becomes(otherwise(Facts.RESUME_DUE, false)),
                WRITTEN.becomes(Written.ALL));
    }

    private static <V> Term<V> otherwise(Slot<V> slot, V ifForgotten) {
        return choose(FORGETS, constant(slot.type(), ifForgotten), slot);
    }

    /** The journal is written, after the reply. */
    static Rule writes() {
        return new Rule(
                WRITES,
                WRITTEN.is(Written.REPLIED),
                List.of(WRITTEN.becomes(Written.ALL)),
                Optional.empty(),
                "the reply is taken first, and then written down");
    }
}
