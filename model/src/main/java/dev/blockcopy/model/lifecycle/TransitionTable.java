package dev.blockcopy.model.lifecycle;

import dev.blockcopy.model.Valuation;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The life cycle as a table of decided cells. Construction fails, naming every hole and every overlap.
 *
 * <p>Immutable and safe to share. {@link #decide} is total and pure: what it returns is work for the shell.
 */
public final class TransitionTable {
    private final List<Cell> cells;
    private final Map<JobState, Set<JobState>> anchors;
    private final Map<JobState, Set<CopyEffect>> awaited;
    private final Map<JobState, Map<Trigger, List<Cell>>> index = new EnumMap<>(JobState.class);

    TransitionTable(List<Cell> cells, Map<JobState, Set<JobState>> anchors, Map<JobState, Set<CopyEffect>> awaited) {
        this.cells = List.copyOf(cells);
        this.anchors = Map.copyOf(anchors);
        this.awaited = Map.copyOf(awaited);
        for (Cell cell : cells) {
            index.computeIfAbsent(cell.from(), state -> new EnumMap<>(Trigger.class))
                    .computeIfAbsent(cell.on(), trigger -> new ArrayList<>())
                    .add(cell);
        }
    }

    /** The same states with other cells, unchecked: what a variant or a mutation of a table is made with. */
    public TransitionTable withCells(List<Cell> others) {
        return new TransitionTable(others, anchors, awaited);
    }

    /** What a trigger means to a job that stands like this. */
    public Decision decide(Valuation job, Trigger trigger) {
        for (Cell cell : cellsAt(job.get(Facts.STATE), trigger)) {
            if (job.satisfies(cell.when())) {
                return decision(cell, job, trigger);
            }
        }
        return new Decision.Impossible("the job stands as no table foresees: " + job);
    }

    private static Decision decision(Cell cell, Valuation job, Trigger trigger) {
        if (cell instanceof Cell.Row row) {
            return new Decision.Step(job, trigger, row, job.after(row.changes()));
        }
        if (cell instanceof Cell.Refuse refuse) {
            return new Decision.Refused(refuse.refusal());
        }
        if (cell instanceof Cell.Ignore ignore) {
            return new Decision.Ignored(ignore.because());
        }
        return new Decision.Impossible(cell.because());
    }

    /** A job found in the journal: the durable facts kept, the volatile ones as at the beginning. */
    public static Valuation restored(Valuation durable) {
        Valuation crashed = durable.afterCrash();
        return crashed.with(Facts.STATE, crashed.get(Facts.JOURNAL));
    }

    public List<Cell> cells() {
        return cells;
    }

    public List<Cell.Row> rows() {
        return cells.stream()
                .filter(Cell.Row.class::isInstance)
                .map(Cell.Row.class::cast)
                .toList();
    }

    public List<Cell> cellsAt(JobState state, Trigger trigger) {
        return index.getOrDefault(state, Map.of()).getOrDefault(trigger, List.of());
    }

    /**
     * Every way in which a job may stand at a place of the table, as far as its cells can tell them apart: for whoever
     * walks all of it.
     */
    public List<Valuation> situations(JobState state, Trigger trigger) {
        return TableCheck.situationsOf(this, state, cellsAt(state, trigger));
    }

    /** The remembered states that may stand behind a state; a remembered state stands behind itself. */
    public Set<JobState> anchorsOf(JobState state) {
        return anchors.getOrDefault(state, Set.of(state));
    }

    /** The effects whose answer a state waits for. */
    public Set<CopyEffect> awaitedIn(JobState state) {
        return awaited.getOrDefault(state, Set.of());
    }
}
