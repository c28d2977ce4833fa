package dev.blockcopy.model.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blockcopy.model.ModelException;
import dev.blockcopy.model.Valuation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table is decided everywhere, exactly once, and its rows keep the claims that are made of each. */
class LifecycleTest {
    private static final TransitionTable TABLE = Lifecycle.TABLE;

    @Test
    void isDecidedByExactlySoManyCells() {
        assertThat("%d rows, %d refusals, %d ignores, %d impossibilities"
                        .formatted(
                                countOf(Cell.Row.class),
                                countOf(Cell.Refuse.class),
                                countOf(Cell.Ignore.class),
                                countOf(Cell.Impossible.class)))
                .isEqualTo("366 rows, 221 refusals, 250 ignores, 929 impossibilities");
    }

    private static long countOf(Class<? extends Cell> kind) {
        return TABLE.cells().stream().filter(kind::isInstance).count();
    }

    @Test
    void decidesEveryTriggerInEveryStateWhateverElseIsKnown() {
        for (JobState state : JobState.values()) {
            for (Trigger trigger : Trigger.values()) {
                assertThat(TABLE.situations(state, trigger))
                        .isNotEmpty()
                        .allSatisfy(job -> assertThat(TABLE.cellsAt(state, trigger))
                                .filteredOn(cell -> job.satisfies(cell.when()))
                                .hasSize(1));
            }
        }
    }

    @Test
    void namesTheHoleThatAnyMissingCellLeaves() {
        for (Cell cell : TABLE.cells()) {
            List<Cell> others = new ArrayList<>(TABLE.cellsAt(cell.from(), cell.on()));
            others.remove(cell);
            assertThat(TableCheck.problemAt(TABLE.withCells(others), cell.from(), cell.on()))
                    .as(cell.name())
                    .get()
                    .asString()
                    .startsWith("hole: " + cell.from() + " on " + cell.on() + " where ");
        }
    }

    @Test
    void namesTheOverlapThatAnyDoubledCellMakes() {
        for (Cell cell : TABLE.cells()) {
            List<Cell> more = new ArrayList<>(TABLE.cellsAt(cell.from(), cell.on()));
            more.add(cell);
            assertThat(TableCheck.problemAt(TABLE.withCells(more), cell.from(), cell.on()))
                    .as(cell.name())
                    .get()
                    .asString()
                    .startsWith("overlap: " + cell.from() + " on " + cell.on() + " where ");
        }
    }

    @Test
    void failsToBeConstructedAndListsEveryHole() {
        List<Cell> cells = new ArrayList<>(TABLE.cells());
        cells.removeIf(cell -> cell.from() == JobState.PIVOTED && cell.on().kind() == Trigger.Kind.REQUEST);
        assertThatThrownBy(() -> TableCheck.sound(TABLE.withCells(cells)))
                .isInstanceOf(ModelException.class)
                .hasMessage("the table is not well made:"
                        + "\n  hole: PIVOTED on START where nothing is said"
                        + "\n  hole: PIVOTED on PIVOT where nothing is said"
                        + "\n  hole: PIVOTED on CANCEL where nothing is said"
                        + "\n  hole: PIVOTED on CANCEL_IF_READY where nothing is said"
                        + "\n  hole: PIVOTED on FORCE where nothing is said"
                        + "\n  hole: PIVOTED on KEEP_SOURCE where nothing is said"
                        + "\n  hole: PIVOTED on KEEP_DESTINATION where nothing is said");
    }

    @Test
    void namesWhereAHoleIs() {
        List<Cell> cells = new ArrayList<>(TABLE.cells());
        cells.removeIf(cell -> cell.name().equals("FORCING on QEMU_GONE where source may lack writes, no witness"));
        assertThatThrownBy(() -> TableCheck.sound(TABLE.withCells(cells)))
                .hasMessageContaining(
                        "hole: FORCING on QEMU_GONE where switchTold is true, seal is NONE, witness is NONE");
    }

    @Test
    void refusesAPassingStateOfWhichNobodySaysWhatStandsBehind() {
        assertThatThrownBy(() -> new TableDraft().in(JobState.JUDGING))
                .isInstanceOf(ModelException.class)
                .hasMessage("JUDGING is passing: say which remembered states stand behind it");
    }

    @Test
    void keepsEveryClaimInEveryRow() {
        assertThat(RowClaims.brokenIn(TABLE)).isEmpty();
    }

    @Test
    void leavesNoTerminalState() {
        assertThat(TABLE.rows()).filteredOn(row -> row.from().isTerminal()).isEmpty();
        for (JobState end : List.of(JobState.PIVOTED, JobState.CANCELLED, JobState.FAILED, JobState.HOSED)) {
            for (Trigger trigger : Trigger.values()) {
                assertThat(TABLE.decide(Jobs.in(end), trigger)).isNotInstanceOf(Decision.Step.class);
            }
        }
    }

    @Test
    void decidesNothingForAJobThatNoTableForesees() {
        Valuation odd = Jobs.in(JobState.JUDGING).with(Facts.JOURNAL, JobState.PIVOTED);
        assertThat(TABLE.decide(odd, Trigger.JOB_RUNNING)).isInstanceOf(Decision.Impossible.class);
    }
}
