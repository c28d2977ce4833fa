package dev.blockcopy.simulator.world;

import static dev.blockcopy.model.Guard.any;
import static dev.blockcopy.model.Guard.not;

import dev.blockcopy.model.Change;
import dev.blockcopy.model.Guard;
import dev.blockcopy.model.Slot;
import dev.blockcopy.model.Term;
import dev.blockcopy.model.lifecycle.Cell;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.Facts.Outcome;
import dev.blockcopy.model.lifecycle.Facts.Wish;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.lifecycle.Trigger;
import java.util.List;
import java.util.stream.Stream;

/** Whether a request that is not refused is heeded: what was asked for is remembered once the request was decided. */
final class Heeding {
    private static final List<JobState> PIVOTING = List.of(JobState.CONVERGING, JobState.PIVOTING);
    private static final List<JobState> FORCED = andEnded(JobState.FORCING);
    private static final List<JobState> CANCELLED = andEnded(JobState.CANCELLING, JobState.FORCING);

    private Heeding() {}

    private static List<JobState> andEnded(JobState... states) {
        Stream<JobState> ended = Stream.concat(Stream.of(JobState.CONCLUDED), JobState.terminal().stream());
        return Stream.concat(Stream.of(states), ended).toList();
    }

    /** A request that is let pass, or makes the job do anything, and not what was asked for. */
    static Guard isMissing(Cell cell) {
        return not(isThere(cell));
    }

    private static Guard isThere(Cell cell) {
        return switch (cell.on()) {
            case PIVOT -> any(is(cell, Facts.WISH, List.of(Wish.PIVOT)), is(cell, Facts.JOURNAL, PIVOTING));
            case CANCEL, CANCEL_IF_READY -> is(cell, Facts.JOURNAL, CANCELLED);
            case FORCE -> is(cell, Facts.JOURNAL, FORCED);
            case KEEP_SOURCE -> is(cell, Facts.OUTCOME, List.of(Outcome.FAILED, Outcome.CANCELLED));
            case KEEP_DESTINATION -> is(cell, Facts.OUTCOME, List.of(Outcome.PIVOTED));
            default -> cell instanceof Cell.Ignore && cell.on() == Trigger.START ? not(Guard.ALWAYS) : Guard.ALWAYS;
        };
    }

    /** Whether this is so after the step. */
    private static <V> Guard is(Cell cell, Slot<V> slot, List<V> wanted) {
        if (cell instanceof Cell.Row row) {
            for (Change change : row.changes()) {
                if (change instanceof Change.Assign<?> assign && assign.slot().equals(slot)) {
                    boolean isWrong = assign.value() instanceof Term.Constant<?> value
                            && !wanted.contains(value.type().valueOf(value.number()));
                    return isWrong ? not(Guard.ALWAYS) : Guard.ALWAYS;
                }
            }
        }
        return slot.isOneOf(wanted);
    }
}
