package dev.blockcopy.simulator.world;

import dev.blockcopy.model.Change;
import dev.blockcopy.model.Lifetime;
import dev.blockcopy.model.lifecycle.Cell;
import dev.blockcopy.model.lifecycle.TransitionTable;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.simulator.check.Bounds;
import dev.blockcopy.simulator.check.Finding;
import dev.blockcopy.simulator.check.Watch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every table in which one row is wrong, and which guarantee says so. */
public final class Mutants {
    private Mutants() {}

    /** Every row dropped, doing what its neighbour does, robbed of its effect, and with the effect ahead of the journal. */
    public static List<Mutant> of(TransitionTable table) {
        List<Mutant> mutants = new ArrayList<>();
        List<Cell.Row> rows = table.rows();
        for (Cell.Row row : rows) {
            mutants.add(Mutant.dropped(table, row));
            neighbour(rows, row).ifPresent(other -> mutants.add(Mutant.retargeted(table, row, other)));
            if (row.effect().isPresent()) {
                mutants.add(Mutant.withoutEffect(table, row));
                if (isJournalled(row)) {
                    mutants.add(Mutant.remembering("before its journal write", table, row, Mutants::unwritten));
                }
            }
        }
        return mutants;
    }

    private static Optional<Cell.Row> neighbour(List<Cell.Row> rows, Cell.Row row) {
        int index = rows.indexOf(row);
        for (int step = 1; step < rows.size(); step++) {
            Cell.Row other = rows.get((index + step) % rows.size());
            if (other.from() == row.from() && other.to() != row.to() && isPossible(row, other)) {
                return Optional.of(other);
            }
        }
        return Optional.empty();
    }

    /** Nothing can be performed where the monitor was just lost. */
    private static boolean isPossible(Cell.Row row, Cell.Row other) {
        return row.on() != Trigger.MONITOR_LOST || other.effect().isEmpty();
    }

    private static boolean isJournalled(Cell.Row row) {
        return row.changes().stream().anyMatch(change -> change.place().lifetime() == Lifetime.DURABLE);
    }

    /** A crash behind the effect finds the journal as it was before: nothing of the row is ever written. */
    private static List<Change> unwritten(List<Change> changes) {
        changes.removeIf(change -> change.place().lifetime() == Lifetime.DURABLE);
        return changes;
    }

    /** The first guarantee that is broken by a mutant, if one is. */
    public static Optional<Finding> caughtBy(Inquiry inquiry, Mutant mutant, Bounds bounds, Watch watch) {
        Answer answer =
                inquiry.ask(inquiry.world(mutant.table()), Guarantees.SAFETY, bounds.stoppingAtViolation(), watch);
        if (!answer.violated().isEmpty()) {
            return Optional.of(answer.violated().get(0));
        }
        return inquiry.askForTheEnd(mutant.table(), bounds, watch).violated().stream()
                .findFirst();
    }
}
