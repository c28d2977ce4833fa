package dev.blockcopy.model.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.model.Change;
import dev.blockcopy.model.Composition;
import dev.blockcopy.model.Slot;
import dev.blockcopy.model.Valuation;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Everything that the table can come to when anything may be answered at any time. */
@Tag("once")
class ExplorationTest {
    /**
     * Every wish with every switch, with and without a pause; each kind of destination in a third of them. A reopen in a
     * transaction differs from one without in a single row, so it is wished for only; and so is
     * pending first, to keep this short.
     */
    private static final ToyWorld EVERY_JOB = new ToyWorld(Lifecycle.TABLE);

    private static boolean isChosen(Valuation beginning) {
        int others = beginning.get(Facts.WISH).ordinal()
                + beginning.get(Facts.SWITCH).ordinal()
                + (beginning.get(Facts.PAUSE) ? 1 : 0);
        boolean isPendingFirst = beginning.get(Facts.SWITCH) == Facts.Switch.FINALIZE;
        boolean isInTransaction = beginning.get(Facts.SWITCH) == Facts.Switch.TRANSACTION_REOPEN;
        return beginning.get(Facts.DESTINATION).ordinal() == others % 3
                && (!isInTransaction && !isPendingFirst || beginning.get(Facts.WISH) == Facts.Wish.PIVOT);
    }

    @BeforeAll
    static void explore() {
        EVERY_JOB.beginnings().stream().filter(ExplorationTest::isChosen).forEach(EVERY_JOB::explore);
    }

    @Test
    void reachesExactlySoManyStatesBySoManySteps() {
        assertThat(EVERY_JOB.beginnings())
                .hasSize(72)
                .filteredOn(ExplorationTest::isChosen)
                .hasSize(16);
        assertThat(EVERY_JOB.size()).isEqualTo("1019105 states, 4609713 steps");
    }

    @Test
    void reachesExactlySoManyStatesWithAnExistingDestinationAndASealedPivot() {
        ToyWorld one = new ToyWorld(Lifecycle.TABLE);
        one.explore(one.beginnings().get(1));
        assertThat(one.size()).isEqualTo("36458 states, 165016 steps");
    }

    @Test
    void reachesEveryState() {
        assertThat(EVERY_JOB.reached).containsExactlyInAnyOrder(JobState.values());
    }

    @Test
    void takesEveryRow() {
        assertThat(Lifecycle.TABLE.rows())
                .filteredOn(row -> !EVERY_JOB.taken.contains(row))
                .isEmpty();
    }

    @Test
    void refusesInEveryWayAndIgnoresAllButWhatIsNotHeardWithoutAMonitor() {
        assertThat(Lifecycle.TABLE.cells())
                .filteredOn(cell -> !(cell instanceof Cell.Impossible) && !EVERY_JOB.taken.contains(cell))
                .extracting(Cell::name)
                .containsExactly(
                        "REQUESTED on ENDED",
                        "REQUESTED on RESUMED",
                        "REQUESTED on STOPPED",
                        "REQUESTED on MONITOR_LOST",
                        "PIVOTING on MONITOR_LOST",
                        "TESTIFYING on PENDING",
                        "CONCLUDED on READY",
                        "CONCLUDED on PENDING",
                        "CONCLUDED on ENDED",
                        "CONCLUDED on RESUMED",
                        "CONCLUDED on STOPPED",
                        "CONCLUDED on MONITOR_LOST",
                        "WITHDRAWING on PENDING",
                        "UNWITNESSING on PENDING",
                        "HOSED on PENDING");
    }

    /** The outside does not know what a job is: it calls ready what was not started, or lets it stream anew. */
    @Test
    void hitsWhatIsImpossibleOnlyWhereTheOutsideIsTooFree() {
        assertThat(EVERY_JOB.taken)
                .filteredOn(Cell.Impossible.class::isInstance)
                .extracting(Cell::name)
                .containsExactlyInAnyOrder(
                        "MAKING on READY",
                        "PLACING on READY",
                        "OPENING on READY",
                        "FORMATTING on READY",
                        "FORMATTING on JOB_READY",
                        "FORMATTED on READY",
                        "CLOSING on READY",
                        "ATTACHING on READY",
                        "RETREATING on CONNECTED where paused by us, another disk needs it",
                        "ATTACHING on PENDING",
                        "STARTING on PENDING",
                        "STREAMING on PENDING",
                        "FINISHING on PENDING",
                        "GAUGING on PENDING",
                        "PAUSING on PENDING",
                        "SWITCHING on PENDING",
                        "PAUSING on REFUSED where not paused by us",
                        "MAKING on PENDING",
                        "PLACING on PENDING",
                        "OPENING on PENDING",
                        "FORMATTING on PENDING",
                        "FORMATTED on PENDING",
                        "CLOSING on PENDING",
                        "JUDGING on JOB_READY where behind it PIVOTING and pending first",
                        "JUDGING on JOB_RUNNING where behind it MIRRORING or CONVERGING or PIVOTING or IN_DOUBT");
    }

    @Test
    void canAlwaysComeToAnEndOrBeInDoubt() {
        assertThat(EVERY_JOB.withoutEnd).isEmpty();
    }

    @Test
    void keepsEveryClaimInEveryState() {
        assertThat(EVERY_JOB.brokenClaims).isEmpty();
    }

    @Test
    void forgetsInACrashExactlyWhatARestoredJobDoesNotKnow() {
        Valuation job = Jobs.in(JobState.PROVING, JobState.PIVOTING)
                .with(Facts.GAP, true)
                .with(Facts.REPEATED, true)
                .with(Facts.SWITCH_TOLD, true)
                .with(Facts.END, Facts.End.CLEAN);
        Valuation running = Composition.of(new LifecycleProcess(Lifecycle.TABLE).process())
                .initial()
                .after(List.of(
                        LifecycleProcess.INBOX.append(Trigger.ON_SOURCE),
                        LifecycleProcess.OUTBOX.append(CopyEffect.CONT),
                        LifecycleProcess.AWAITED.append(CopyEffect.STOP)));
        Valuation crashed =
                withFactsOf(job, running).after(LifecycleProcess.crash().changes());
        assertThat(crashed).isEqualTo(withFactsOf(TransitionTable.restored(job), running.after(emptied())));
    }

    private static List<Change> emptied() {
        return List.of(
                LifecycleProcess.INBOX.clear(), LifecycleProcess.OUTBOX.clear(), LifecycleProcess.AWAITED.clear());
    }

    private static Valuation withFactsOf(Valuation job, Valuation world) {
        for (Slot<?> slot : Facts.SLOTS) {
            world = copied(slot, job, world);
        }
        return world;
    }

    private static <V> Valuation copied(Slot<V> slot, Valuation from, Valuation to) {
        return to.with(slot, from.get(slot));
    }
}
