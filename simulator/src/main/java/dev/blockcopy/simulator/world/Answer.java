package dev.blockcopy.simulator.world;

import dev.blockcopy.model.Composition;
import dev.blockcopy.model.lifecycle.Cell;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.simulator.check.CheckResult;
import dev.blockcopy.simulator.check.Finding;
import dev.blockcopy.simulator.check.Question;
import dev.blockcopy.simulator.check.Verdict;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What was found out.
 *
 * @param inquiry what was asked
 * @param world where it was asked
 * @param question the same in the checker's words
 * @param result what the checker says
 */
public record Answer(Inquiry inquiry, CopyWorld world, Question question, CheckResult result) {
    /** The findings that have gone wrong. */
    public List<Finding> violated() {
        return with(Verdict.VIOLATED);
    }

    /** The findings with a verdict. */
    public List<Finding> with(Verdict verdict) {
        return result.findings().stream()
                .filter(finding -> finding.verdict() == verdict)
                .toList();
    }

    /** The rows of the table that no run takes. */
    public List<Cell.Row> rowsNeverTaken() {
        Set<Cell> taken = cellsTaken();
        return world.table().rows().stream().filter(row -> !taken.contains(row)).toList();
    }

    /** The rows that ask for nothing but what this world has: its variant, its faults, its requests, where it begins. */
    public List<Cell.Row> rowsOfThisWorld() {
        Set<Cell> thinkable = cellsOf(question.thinkableMoves());
        return world.table().rows().stream().filter(thinkable::contains).toList();
    }

    private Set<Cell> cellsTaken() {
        return cellsOf(result.taken());
    }

    private Set<Cell> cellsOf(Collection<Composition.Move> moves) {
        Set<Cell> cells = new LinkedHashSet<>();
        moves.forEach(move -> world.cellOf(move.rule()).ifPresent(cells::add));
        return cells;
    }

    /** The states of the table that no run comes to. */
    public Set<JobState> statesNeverReached() {
        Set<JobState> never = EnumSet.allOf(JobState.class);
        never.remove(JobState.REQUESTED);
        cellsTaken().stream()
                .filter(Cell.Row.class::isInstance)
                .map(Cell.Row.class::cast)
                .forEach(row -> never.remove(row.to()));
        return never;
    }
}
