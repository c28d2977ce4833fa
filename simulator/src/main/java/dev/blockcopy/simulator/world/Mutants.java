package dev.blockcopy.simulator.world;

import dev.blockcopy.model.Lifetime;
import dev.blockcopy.model.lifecycle.Cell;
import dev.blockcopy.model.lifecycle.TransitionTable;
import dev.blockcopy.model.lifecycle.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every table in which one row is wrong. */
public final class Mutants {
    private Mutants() {}

    /** Every row dropped, doing what its neighbour does, robbed of its effect, and with the effect ahead of the journal. */
    public static List<Mutant> of(TransitionTable table) {
        List<Mutant> mutants = new ArrayList<>();
        table.rows().forEach(row -> mutants.addAll(of(table, row)));
        return mutants;
    }

    /** What may be wrong with one row. */
    static List<Mutant> of(TransitionTable table, Cell.Row row) {
        List<Mutant> mutants = new ArrayList<>(List.of(Mutant.dropped(table, row)));
        neighbour(table.rows(), row).ifPresent(other -> mutants.add(Mutant.retargeted(table, row, other)));
        if (row.effect().isPresent()) {
            mutants.add(Mutant.withoutEffect(table, row));
            if (isJournalled(row)) {
                mutants.add(Mutant.hasty(table, row));
            }
        }
        return mutants;
    }

    /** The next row of the same state that leads elsewhere. */
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
}
