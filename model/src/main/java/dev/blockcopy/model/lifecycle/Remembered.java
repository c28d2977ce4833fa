package dev.blockcopy.model.lifecycle;

import static dev.blockcopy.model.Guard.all;
import static dev.blockcopy.model.Guard.any;
import static dev.blockcopy.model.Guard.not;
import static dev.blockcopy.model.Term.choose;
import static dev.blockcopy.model.Term.constant;
import static dev.blockcopy.model.lifecycle.Facts.*;
import static dev.blockcopy.model.lifecycle.JobState.*;

import dev.blockcopy.model.Change;
import dev.blockcopy.model.Guard;
import dev.blockcopy.model.Term;
import dev.blockcopy.model.Type;
import java.util.List;

/** What the rows of the life cycle remember, by the names that the table uses. */
final class Remembered {
    static final CopyEffect NOTHING = null;

    static final Change ONLINE_AGAIN = ONLINE.becomes(true);
    static final Change SEEN_READY = READY_SEEN.becomes(true);
    static final Change PIVOT_INTENDED = JOURNAL.becomes(PIVOTING);
    static final Change OUTCOME_DURABLE = JOURNAL.becomes(CONCLUDED);
    static final Change STILL_MIRRORING = JOURNAL.becomes(MIRRORING);
    static final Change NEVER_TOLD = SWITCH_TOLD.becomes(false);
    static final Change TOLD = SWITCH_TOLD.becomes(true);
    static final Change WITNESS_INTENDED = WITNESS.becomes(Witness.MADE);
    static final Change WITNESS_GIVEN = WITNESS.becomes(Witness.GIVEN);
    static final Change WITNESS_GONE = WITNESS.becomes(Witness.NONE);
    static final Change WAS_REFUSED = END.becomes(End.ERROR);
    static final Change UNSEAL = SEAL.becomes(Seal.NONE);
    static final Change BREAK_SEAL = SEAL.becomes(Seal.BROKEN);
    static final Change SEAL_IT = SEAL.becomes(Seal.WHOLE);
    static final Change NO_WISH = WISH.becomes(Wish.STAY);
    static final Change LET_GO = RESUME_DUE.becomes(false);
    static final Change GIVE_UP = OUTCOME.becomes(Outcome.FAILED);
    static final Change IS_WORTHLESS = COPY.becomes(Copy.WORTHLESS);
    static final Change CANT_BE_TOLD = COPY.becomes(Copy.UNKNOWN);

    static final Change TOLD_FIRST = REPEATED.becomes(false);
    static final Change TOLD_BEFORE = REPEATED.becomes(true);
    static final Change END_USED = END.becomes(End.NONE);
    static final Change PAUSED_BY_US = RESUME_DUE.becomes(true);

    static final Guard STILL_WANTED = Guard.named("copying", JOURNAL.isOneOf(List.of(STARTING, STREAMING, MIRRORING)));
    static final Guard LOST_IN_REOPEN = Guard.named(
            "lost in a reopen",
            all(SWITCH.is(Switch.REOPEN), SWITCH_TOLD.is(true), JOURNAL.isOneOf(List.of(PIVOTING, FORCING, IN_DOUBT))));

    /** A refusal was just heard, and the look at the jobs is for its sake. */
    static final Guard REFUSAL_HEARD = Guard.named("just refused", END.is(End.ERROR));

    static final Guard NO_REFUSAL_HEARD = Guard.named("not refused", not(END.is(End.ERROR)));
    static final Guard LOST_UNWITNESSED = Guard.named("lost in a reopen, no witness", all(LOST_IN_REOPEN, NO_WITNESS));
    static final Guard LOST_WITNESSED = Guard.named("lost in a reopen, with a witness", all(LOST_IN_REOPEN, WITNESSED));

    /** A refusal that was heard is not forgotten for the sake of a clean end: a reopen ends its mirror itself. */
    static final Term<End> CLEAN_UNLESS_REFUSED =
            choose(END.is(End.ERROR), constant(Type.of(End.class), End.ERROR), constant(Type.of(End.class), End.CLEAN));

    /** An end on the source is a cancel if somebody cancelled, else a failure. */
    static final Term<Outcome> OUTCOME_ON_SOURCE = choose(
            any(
                    END.is(End.CLEAN),
                    END.is(End.CANCELLED),
                    JOURNAL.is(FORCING),
                    all(JOURNAL.is(CANCELLING), END.is(End.ABSENT))),
            constant(Type.of(Outcome.class), Outcome.CANCELLED),
            constant(Type.of(Outcome.class), Outcome.FAILED));

    /** Ended before it was ready, and we would have heard of it: while nobody listened, somebody else may have ended a ready one. */
    static final Guard SURELY_NEVER_READY = all(not(END.is(End.CLEAN)), READY_SEEN.is(false), GAP.is(false));

    /** A graceful end without error that no switch can have made: the copy of that instant. */
    static final Term<Copy> COPY_ON_SOURCE = choose(
            all(END.is(End.CLEAN), SWITCH_TOLD.is(false)),
            constant(Type.of(Copy.class), Copy.POINT_IN_TIME),
            choose(
                    SURELY_NEVER_READY,
                    constant(Type.of(Copy.class), Copy.WORTHLESS),
                    constant(Type.of(Copy.class), Copy.UNKNOWN)));

    /** Back to what was before the cancel that was refused. */
    static final Change STILL_COPYING = JOURNAL.becomes(choose(
            READY_SEEN.is(true),
            constant(Type.of(JobState.class), MIRRORING),
            constant(Type.of(JobState.class), STREAMING)));

    private Remembered() {}
}
