package dev.blockcopy.model.lifecycle;

import dev.blockcopy.model.Change;
import dev.blockcopy.model.ModelException;
import dev.blockcopy.model.Reads;
import dev.blockcopy.model.Slot;
import dev.blockcopy.model.Valuation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What makes a table well made; every problem is a line that names the cell. */
final class TableCheck {
    private final TransitionTable table;
    private final List<String> problems = new ArrayList<>();

    private TableCheck(TransitionTable table) {
        this.table = table;
    }

    /** The same table, if it is well made; otherwise all that is wrong with it is in the message. */
    static TransitionTable sound(TransitionTable table) {
        List<String> problems = problemsOf(table);
        if (!problems.isEmpty()) {
            throw new ModelException("the table is not well made:\n  " + String.join("\n  ", problems));
        }
        return table;
    }

    private static List<String> problemsOf(TransitionTable table) {
        TableCheck check = new TableCheck(table);
        for (JobState state : JobState.values()) {
            for (Trigger trigger : Trigger.values()) {
                check.exactlyOneCell(state, trigger).ifPresent(check.problems::add);
            }
        }
        table.rows().forEach(check::rowIsSound);
        check.everyStateIsReached();
        return check.problems;
    }

    /** The hole or the overlap at one place of a table, if there is one. */
    static Optional<String> problemAt(TransitionTable table, JobState state, Trigger trigger) {
        return new TableCheck(table).exactlyOneCell(state, trigger);
    }

    /** For every valuation of what the guards of a cell read, exactly one of its entries speaks. */
    private Optional<String> exactlyOneCell(JobState state, Trigger trigger) {
        List<Cell> cells = table.cellsAt(state, trigger);
        for (Valuation job : situations(state, cells)) {
            long speaking =
                    cells.stream().filter(cell -> job.satisfies(cell.when())).count();
            if (speaking != 1) {
                return Optional.of((speaking == 0 ? "hole: " : "overlap: ") + state + " on " + trigger + " where "
                        + show(job, cells));
            }
        }
        return Optional.empty();
    }

    private static String show(Valuation job, List<Cell> cells) {
        List<String> parts = new ArrayList<>();
        slotsRead(cells).forEach(slot -> parts.add(slot + " is " + job.get(slot)));
        return parts.isEmpty() ? "nothing is said" : String.join(", ", parts);
    }

    /** Every way in which a job may stand in a state, as far as these cells can tell them apart. */
    static List<Valuation> situationsOf(TransitionTable table, JobState state, List<? extends Cell> cells) {
        return new TableCheck(table).situations(state, cells);
    }

    /** Every way in which a row may be taken, as far as its guard and its changes can tell them apart. */
    static List<Valuation> situationsAround(TransitionTable table, Cell.Row row) {
        return situationsOf(table, row.from(), List.of(row)).stream()
                .filter(job -> job.satisfies(row.when()))
                .flatMap(job -> widened(job, row.changes()).stream())
                .toList();
    }

    private List<Valuation> situations(JobState state, List<? extends Cell> cells) {
        Set<Slot<?>> slots = slotsRead(cells);
        slots.remove(Facts.JOURNAL);
        List<Valuation> situations = new ArrayList<>();
        for (JobState anchor : table.anchorsOf(state)) {
            situations.add(Facts.LAYOUT.initial().with(Facts.STATE, state).with(Facts.JOURNAL, anchor));
        }
        for (Slot<?> slot : slots) {
            situations = multiplied(situations, slot);
        }
        return situations;
    }

    private static <V> List<Valuation> multiplied(List<Valuation> situations, Slot<V> slot) {
        List<Valuation> more = new ArrayList<>();
        for (Valuation situation : situations) {
            slot.type().values().forEach(value -> more.add(situation.with(slot, value)));
        }
        return more;
    }

    private static Set<Slot<?>> slotsRead(List<? extends Cell> cells) {
        Set<Slot<?>> slots = new LinkedHashSet<>();
        for (Cell cell : cells) {
            slots.addAll(Reads.of(cell.when()));
        }
        slots.remove(Facts.STATE);
        return slots;
    }

    private void rowIsSound(Cell.Row row) {
        String name = row.from() + " on " + row.on() + " to " + row.to();
        if (row.from().isTerminal()) {
            problems.add("exit from an end: " + name);
        }
        if (entersPassing(row) && row.effect().isEmpty()) {
            problems.add("unasked: " + name + " performs nothing, but " + row.to() + " waits for an answer");
        }
        row.effect()
                .filter(effect -> !table.awaitedIn(row.to()).contains(effect))
                .ifPresent(effect -> problems.add("unawaited effect: " + name + " performs " + effect + ", which "
                        + row.to() + " does not wait for"));
        situationsAround(table, row).stream()
                .map(before -> before.after(row.changes()).get(Facts.JOURNAL))
                .filter(anchor -> !table.anchorsOf(row.to()).contains(anchor))
                .findFirst()
                .ifPresent(anchor -> problems.add("wrong memory: " + name + " leaves " + anchor + " in the journal"));
    }

    private static boolean entersPassing(Cell.Row row) {
        return row.to().kind() == JobState.Kind.PASSING && row.to() != row.from();
    }

    private static List<Valuation> widened(Valuation before, List<Change> changes) {
        List<Valuation> situations = List.of(before);
        for (Slot<?> slot : Reads.of(changes)) {
            if (!slot.equals(Facts.JOURNAL) && !slot.equals(Facts.STATE)) {
                situations = multiplied(situations, slot);
            }
        }
        return situations;
    }

    private void everyStateIsReached() {
        Set<JobState> reached = EnumSet.of(JobState.REQUESTED);
        while (table.rows().stream().anyMatch(row -> reached.contains(row.from()) && reached.add(row.to()))) {
            continue;
        }
        EnumSet.complementOf(EnumSet.copyOf(reached)).forEach(state -> problems.add("never reached: " + state));
    }
}
