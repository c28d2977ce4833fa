package dev.blockcopy.simulator.world;

import static dev.blockcopy.model.Guard.all;
import static dev.blockcopy.model.Guard.not;
import static dev.blockcopy.model.lifecycle.Facts.GAP;
import static dev.blockcopy.model.lifecycle.Facts.JOURNAL;
import static dev.blockcopy.model.lifecycle.Facts.RESUME_DUE;
import static dev.blockcopy.model.lifecycle.JobState.CONCLUDED;
import static dev.blockcopy.model.lifecycle.JobState.DISMISSING;
import static dev.blockcopy.model.lifecycle.JobState.FAILED;
import static dev.blockcopy.model.lifecycle.JobState.JUDGING;
import static dev.blockcopy.model.lifecycle.JobState.RESUMING;

import dev.blockcopy.model.Change;
import dev.blockcopy.model.Guard;
import dev.blockcopy.model.Printing;
import dev.blockcopy.model.lifecycle.Cell;
import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.Facts.Copy;
import dev.blockcopy.model.lifecycle.Facts.Outcome;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.lifecycle.Lifecycle;
import dev.blockcopy.model.lifecycle.TransitionTable;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.simulator.world.Variant.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The shipped table with the rows that a variant decides otherwise. */
final class VariantTable {
    private final Variant variant;
    private final List<Cell> cells = new ArrayList<>();

    private VariantTable(Variant variant) {
        this.variant = variant;
        Lifecycle.TABLE.cells().forEach(this::add);
    }

    static TransitionTable of(Variant variant) {
        return variant.isShipped() ? Lifecycle.TABLE : Lifecycle.TABLE.withCells(new VariantTable(variant).cells);
    }

    private void add(Cell cell) {
        if (isConclusionFromJobs(cell) && !variant.has(Evidence.GRAPH)) {
            concludeWithoutGraph(cell);
        } else if (isReplyOfReopen(cell) && !variant.has(Evidence.GRAPH)) {
            believeReply(cell);
        } else if (isDoubtOverDeadQemu(cell) && variant.has(Evidence.COMPARISON)) {
            compareImages((Cell.Row) cell);
        } else if (isDoubtOverDeadQemu(cell) && !variant.has(Evidence.GRAPH)) {
            end((Cell.Row) cell, cell.when(), FAILED, Outcome.FAILED, Copy.UNKNOWN, "the source was named last");
        } else {
            cells.add(cell);
        }
    }

    private static boolean isConclusionFromJobs(Cell cell) {
        return cell.from() == JUDGING
                && List.of(Trigger.JOB_CLEAN, Trigger.JOB_ERROR, Trigger.JOB_CANCELLED, Trigger.JOB_ABSENT)
                        .contains(cell.on());
    }

    /** The reply of a reopen; that of a completion says only that it was accepted. */
    private static boolean isReplyOfReopen(Cell cell) {
        return cell instanceof Cell.Row row
                && row.from() == JobState.SWITCHING
                && List.of(Trigger.DONE, Trigger.REFUSED).contains(row.on())
                && Printing.of(row.when()).equals("switch by reopen");
    }

    private static boolean isDoubtOverDeadQemu(Cell cell) {
        return cell.on() == Trigger.QEMU_GONE && cell instanceof Cell.Row row && row.to() == JobState.IN_DOUBT;
    }

    /**
     * Only the job is believed: where a pivot is known to have been told, a job without error has switched; a job that nobody
     * knows any more has switched if its end was heard. Everything else ended on the source.
     */
    private void concludeWithoutGraph(Cell cell) {
        Guard pivoted = switch (cell.on()) {
            case JOB_CLEAN -> Facts.SWITCH_TOLD.is(true);
            case JOB_ABSENT -> all(Facts.SWITCH_TOLD.is(true), GAP.is(false));
            default -> not(Guard.ALWAYS);
        };
        conclude(cell, "switched, as the job says", pivoted, Outcome.PIVOTED, Copy.DISK);
        Outcome end = cell.on() == Trigger.JOB_ERROR ? Outcome.FAILED : Outcome.CANCELLED;
        Copy copy = cell.on() == Trigger.JOB_CLEAN ? Copy.POINT_IN_TIME : Copy.UNKNOWN;
        conclude(cell, "not switched, as the job says", not(pivoted), end, copy);
    }

    private void believeReply(Cell cell) {
        boolean isDone = cell.on() == Trigger.DONE;
        conclude(
                cell,
                "as the reply says",
                cell.when(),
                isDone ? Outcome.PIVOTED : Outcome.FAILED,
                isDone ? Copy.DISK : Copy.UNKNOWN);
    }

    private void conclude(Cell cell, String because, Guard when, Outcome outcome, Copy copy) {
        row(cell, all(when, RESUME_DUE.is(true)), RESUMING, CopyEffect.CONT, because, outcome, copy);
        row(cell, all(when, RESUME_DUE.is(false)), DISMISSING, CopyEffect.DISMISS, because, outcome, copy);
    }

    private void row(
            Cell cell, Guard when, JobState to, CopyEffect effect, String because, Outcome outcome, Copy copy) {
        List<Change> changes = List.of(
                Facts.STATE.becomes(to),
                JOURNAL.becomes(CONCLUDED),
                Facts.OUTCOME.becomes(outcome),
                Facts.COPY.becomes(copy));
        cells.add(new Cell.Row(cell.from(), cell.on(), when, to, changes, Optional.of(effect), because));
    }

    private void end(Cell.Row row, Guard when, JobState to, Outcome outcome, Copy copy, String because) {
        List<Change> changes = List.of(
                Facts.STATE.becomes(to), JOURNAL.becomes(to), Facts.OUTCOME.becomes(outcome), Facts.COPY.becomes(copy));
        cells.add(new Cell.Row(row.from(), row.on(), when, to, changes, Optional.empty(), because));
    }

    private void compareImages(Cell.Row row) {
        Guard equal = all(Outside.SOURCE_LACKS.is(false), Outside.DESTINATION_LACKS.is(false));
        cells.add(new Cell.Row(
                row.from(),
                row.on(),
                all(row.when(), not(equal)),
                row.to(),
                row.changes(),
                row.effect(),
                row.because()));
        end(row, all(row.when(), equal), FAILED, Outcome.FAILED, Copy.UNKNOWN, "the images are equal");
    }
}
