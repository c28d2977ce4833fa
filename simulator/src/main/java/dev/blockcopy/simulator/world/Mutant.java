package dev.blockcopy.simulator.world;

import dev.blockcopy.model.Change;
import dev.blockcopy.model.lifecycle.Cell;
import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.model.lifecycle.TransitionTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A table in which one cell is wrong.
 *
 * @param name what is wrong
 * @param cell the cell that was changed, as it was
 * @param table the wrong table
 * @param isHasty whether instead the table is right, and the effect of this row is performed before it is in the journal
 */
public record Mutant(String name, Cell cell, TransitionTable table, boolean isHasty) {
    /** Nothing is wrong. */
    static Mutant none(TransitionTable table) {
        return new Mutant("nothing", null, table, false);
    }

    /** The row's effect is performed before the row is in the journal. */
    static Mutant hasty(TransitionTable table, Cell.Row row) {
        return new Mutant(row.name() + " with its effect first", row, table, true);
    }

    /** The row is not there: its trigger is let pass. */
    static Mutant dropped(TransitionTable table, Cell.Row row) {
        return of("drop " + row.name(), table, row, new Cell.Ignore(row.from(), row.on(), row.when(), "dropped"));
    }

    /** The row does what another one does. */
    static Mutant retargeted(TransitionTable table, Cell.Row row, Cell.Row other) {
        Cell.Row wrong = new Cell.Row(
                row.from(), row.on(), row.when(), other.to(), other.changes(), other.effect(), row.because());
        return of(row.name() + " does as " + other.name(), table, row, wrong);
    }

    /** The row decides, and performs nothing. */
    static Mutant withoutEffect(TransitionTable table, Cell.Row row) {
        return of(row.name() + " without its effect", table, row, with(row, row.changes(), Optional.empty()));
    }

    /** The row performs another effect. */
    static Mutant withEffect(TransitionTable table, Cell.Row row, CopyEffect effect) {
        return of(row.name() + " with " + effect, table, row, with(row, row.changes(), Optional.of(effect)));
    }

    /** The row remembers otherwise. */
    static Mutant remembering(String name, TransitionTable table, Cell.Row row, UnaryOperator<List<Change>> changes) {
        List<Change> others = changes.apply(new ArrayList<>(row.changes()));
        return of(row.name() + " " + name, table, row, with(row, others, row.effect()));
    }

    /** Any other cell in the place of this. */
    static Mutant of(String name, TransitionTable table, Cell cell, Cell wrong) {
        List<Cell> cells =
                table.cells().stream().map(one -> one == cell ? wrong : one).toList();
        return new Mutant(name, cell, table.withCells(cells), false);
    }

    private static Cell.Row with(Cell.Row row, List<Change> changes, Optional<CopyEffect> effect) {
        return new Cell.Row(row.from(), row.on(), row.when(), row.to(), changes, effect, row.because());
    }

    /** The one cell with this name. */
    static Cell cell(TransitionTable table, String name) {
        return table.cells().stream()
                .filter(cell -> cell.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no cell is named '" + name + "'"));
    }

    static Cell.Row row(TransitionTable table, String name) {
        return (Cell.Row) cell(table, name);
    }
}
