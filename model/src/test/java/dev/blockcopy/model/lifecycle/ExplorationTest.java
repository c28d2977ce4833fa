package dev.blockcopy.model.lifecycle;

import static dev.blockcopy.model.lifecycle.JobState.CONCLUDED;
import static dev.blockcopy.model.lifecycle.JobState.HOSED;
import static dev.blockcopy.model.lifecycle.JobState.IN_DOUBT;
import static dev.blockcopy.model.lifecycle.JobState.PAUSING;
import static dev.blockcopy.model.lifecycle.JobState.PIVOTING;
import static dev.blockcopy.model.lifecycle.JobState.RETREATING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.model.Composition;
import dev.blockcopy.model.Exploration;
import dev.blockcopy.model.Valuation;
import dev.blockcopy.model.lifecycle.Facts.Copy;
import dev.blockcopy.model.lifecycle.Facts.Destination;
import dev.blockcopy.model.lifecycle.Facts.Outcome;
import dev.blockcopy.model.lifecycle.Facts.Switch;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The table in the middle of an outside that knows nothing: everything that it can come to, for every kind of job. */
class ExplorationTest {
    private static final LifecycleProcess LIFE = new LifecycleProcess(Lifecycle.TABLE);
    private static final Composition WORLD = Composition.of(LIFE.process(), ToyOutside.process());

    private static final Set<Cell> TAKEN = new LinkedHashSet<>();
    private static final Set<JobState> REACHED = EnumSet.noneOf(JobState.class);
    private static final Set<Valuation> WITHOUT_END = new LinkedHashSet<>();
    private static final Set<String> UNTRUE = new LinkedHashSet<>();
    private static int states;
    private static int steps;

    @BeforeAll
    static void explore() {
        for (Valuation beginning : LifecycleProcess.beginnings(WORLD.layout())) {
            Exploration exploration = Exploration.of(WORLD, Facts.STATE, List.of(beginning));
            states += exploration.size();
            steps += exploration.steps().size();
            for (int number = 0; number < exploration.size(); number++) {
                look(exploration.state(number));
            }
            exploration.steps().forEach(step -> LIFE.cellOf(step.move().rule()).ifPresent(TAKEN::add));
            WITHOUT_END.addAll(exploration.neverReaching(ExplorationTest::isAnEndOrInDoubt));
        }
    }

    private static boolean isAnEndOrInDoubt(Valuation job) {
        return job.get(Facts.STATE).isTerminal() || job.get(Facts.STATE) == IN_DOUBT;
    }

    @Test
    void reachesExactlySoManyStatesBySoManySteps() {
        assertThat(states).isEqualTo(543_015);
        assertThat(steps).isEqualTo(1_551_793);
    }

    @Test
    void reachesExactlySoManyStatesWithAnExistingDestinationAndASealedPivot() {
        Exploration one = Exploration.of(WORLD, Facts.STATE, List.of(WORLD.initial()));
        assertThat(one.size()).isEqualTo(17_001);
        assertThat(one.steps()).hasSize(48_620);
    }

    @Test
    void reachesEveryState() {
        assertThat(REACHED).containsExactlyInAnyOrder(JobState.values());
    }

    @Test
    void takesEveryRow() {
        assertThat(Lifecycle.TABLE.rows())
                .filteredOn(row -> !TAKEN.contains(row))
                .isEmpty();
    }

    @Test
    void refusesInEveryWayAndIgnoresAllButWhatIsNotHeardWithoutAMonitor() {
        assertThat(Lifecycle.TABLE.cells())
                .filteredOn(cell -> !(cell instanceof Cell.Impossible) && !TAKEN.contains(cell))
                .extracting(Cell::name)
                .containsExactly(
                        "REQUESTED on ENDED",
                        "REQUESTED on RESUMED",
                        "REQUESTED on MONITOR_LOST",
                        "PIVOTING on MONITOR_LOST",
                        "CONCLUDED on READY",
                        "CONCLUDED on ENDED",
                        "CONCLUDED on RESUMED",
                        "CONCLUDED on MONITOR_LOST");
    }

    /** The outside does not know what a job is: it calls ready what was not started, or lets it stream anew. */
    @Test
    void hitsWhatIsImpossibleOnlyWhereTheOutsideIsTooFree() {
        assertThat(TAKEN)
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
                        "JUDGING on JOB_RUNNING where behind it MIRRORING or PIVOTING or IN_DOUBT");
    }

    @Test
    void canAlwaysComeToAnEndOrBeInDoubt() {
        assertThat(WITHOUT_END).isEmpty();
    }

    @Test
    void keepsWhatIsTrueInEveryState() {
        assertThat(UNTRUE).isEmpty();
    }

    private static void look(Valuation job) {
        JobState state = job.get(Facts.STATE);
        JobState journal = job.get(Facts.JOURNAL);
        REACHED.add(state);
        expect("a remembered state is in the journal", job, it -> !state.isDurable() || journal == state);
        expect(
                "what stands behind a passing state is declared",
                job,
                it -> Lifecycle.TABLE.anchorsOf(state).contains(journal));
        expect(
                "S5: no switch is told but with the intention in the journal",
                job,
                it -> !isToBePerformed(it, CopyEffect.COMPLETE, CopyEffect.REOPEN)
                        || journal == PIVOTING && it.get(Facts.READY_SEEN) && it.get(Facts.SWITCH_TOLD));
        expect(
                "S3: hosed only where the switch is not atomic",
                job,
                it -> state != HOSED || it.get(Facts.SWITCH) == Switch.REOPEN && it.get(Facts.SWITCH_TOLD));
        expect(
                "S9: a guest is paused only to be resumed",
                job,
                it -> !isToBePerformed(it, CopyEffect.STOP) || it.get(Facts.RESUME_DUE));
        expect(
                "a guest is resumed only if it was paused by us",
                job,
                it -> !isToBePerformed(it, CopyEffect.CONT) || it.get(Facts.RESUME_DUE));
        expect(
                "pausing and retreating owe a resume",
                job,
                it -> state != PAUSING && state != RETREATING || it.get(Facts.RESUME_DUE));
        expect(
                "S11: only a worthless file of our own is removed",
                job,
                it -> !isToBePerformed(it, CopyEffect.REMOVE_FILE)
                        || it.get(Facts.OUTCOME) == Outcome.FAILED
                                && it.get(Facts.COPY) == Copy.WORTHLESS
                                && it.get(Facts.DESTINATION) != Destination.EXISTING);
        expect(
                "S12: no effect at an end",
                job,
                it -> !state.isTerminal()
                        || it.messages(LifecycleProcess.OUTBOX).isEmpty());
        expect(
                "an outcome stands behind every clean-up",
                job,
                it -> journal != CONCLUDED || it.get(Facts.OUTCOME) != Outcome.NONE);
        expect(
                "S4: a copy of an instant is claimed only of a job that was not told to switch",
                job,
                it -> it.get(Facts.COPY) != Copy.POINT_IN_TIME || !it.get(Facts.SWITCH_TOLD));
        expect(
                "a switch is told only behind a journal that says so",
                job,
                it -> !it.get(Facts.SWITCH_TOLD)
                        || EnumSet.of(PIVOTING, JobState.FORCING, IN_DOUBT, CONCLUDED)
                                .contains(journal)
                        || journal.isTerminal());
    }

    private static boolean isToBePerformed(Valuation job, CopyEffect... effects) {
        return List.of(effects).containsAll(job.messages(LifecycleProcess.OUTBOX))
                && !job.messages(LifecycleProcess.OUTBOX).isEmpty();
    }

    private static void expect(String claim, Valuation job, Predicate<Valuation> holds) {
        if (!holds.test(job)) {
            UNTRUE.add(claim);
        }
    }
}
