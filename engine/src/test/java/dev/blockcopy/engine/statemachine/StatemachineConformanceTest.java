package dev.blockcopy.engine.statemachine;

import static dev.blockcopy.model.lifecycle.Trigger.Kind.MONITOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.blockcopy.engine.statemachine.LaneMachine.Reaction;
import dev.blockcopy.model.Guard;
import dev.blockcopy.model.Valuation;
import dev.blockcopy.model.lifecycle.Cell;
import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.model.lifecycle.Decision;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.Facts.Destination;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.lifecycle.Lifecycle;
import dev.blockcopy.model.lifecycle.TransitionTable;
import dev.blockcopy.model.lifecycle.Trigger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What the checker explores is what runs in production: Spring decides each cell as the table does. */
class StatemachineConformanceTest {
    private static final TransitionTable TABLE = Lifecycle.TABLE;

    /** One question to both, and the row by which the table answers, if it moves. */
    private record Situation(Valuation job, Trigger trigger) {
        Optional<Decision.Step> step() {
            return TABLE.decide(job, trigger) instanceof Decision.Step step ? Optional.of(step) : Optional.empty();
        }
    }

    /** Every state, trigger, and way in which the guards of that cell may come out. */
    private static List<Situation> situations() {
        List<Situation> situations = new ArrayList<>();
        for (JobState state : JobState.values()) {
            for (Trigger trigger : Trigger.values()) {
                TABLE.situations(state, trigger).forEach(job -> situations.add(new Situation(job, trigger)));
            }
        }
        return situations;
    }

    private static LaneMachine machineOf(List<Cell.Row> rows) {
        return new LaneMachine(new StatemachineModel(rows));
    }

    /** Next state and effects, looked at one by one, not by way of the executor. */
    private static boolean agrees(LaneMachine machine, Situation situation) {
        Reaction reaction = machine.react(situation.job(), situation.trigger());
        JobState next = situation
                .step()
                .map(step -> step.after().get(Facts.STATE))
                .orElse(situation.job().get(Facts.STATE));
        List<CopyEffect> effects =
                situation.step().flatMap(Decision.Step::effect).stream().toList();
        return reaction.next() == next
                && reaction.taken().size() == (situation.step().isPresent() ? 1 : 0)
                && reaction.taken().stream()
                        .flatMap(row -> row.effect().stream())
                        .toList()
                        .equals(effects);
    }

    @Test
    void springDecidesEveryCellAsTheTableDoes() {
        LaneMachine machine = machineOf(TABLE.rows());
        assertThat(situations()).allMatch(situation -> agrees(machine, situation));
    }

    @Test
    void everyRowIsAmongTheSituations() {
        Set<Cell.Row> met = new HashSet<>();
        situations().forEach(situation -> situation.step().ifPresent(step -> met.add(step.row())));
        assertThat(met).isEqualTo(new LinkedHashSet<>(TABLE.rows()));
    }

    /** The machine is reset only where it stands elsewhere; along the way of one job it stands right already. */
    @Test
    void springFollowsAJobAlongItsWay() {
        LaneMachine machine = machineOf(TABLE.rows());
        Random random = new Random(20120312);
        Set<JobState> visited = EnumSet.noneOf(JobState.class);
        for (int way = 0; way < 200; way++) {
            Valuation job = Facts.LAYOUT.initial().with(Facts.DESTINATION, oneOf(Destination.values(), random));
            for (int i = 0; i < 60 && !job.get(Facts.STATE).isTerminal(); i++) {
                Situation situation = oneOf(movesOf(job), random);
                assertThat(situation).matches(each -> agrees(machine, each));
                job = situation.step().orElseThrow().after();
                visited.add(job.get(Facts.STATE));
            }
        }
        assertThat(visited).hasSizeGreaterThan(JobState.values().length / 2);
    }

    /** Once there is a monitor it stays, else few jobs would get far. */
    private static Situation[] movesOf(Valuation job) {
        return Arrays.stream(Trigger.values())
                .filter(trigger -> trigger == Trigger.CONNECTED ? !job.get(Facts.ONLINE) : trigger.kind() != MONITOR)
                .map(trigger -> new Situation(job, trigger))
                .filter(situation -> situation.step().isPresent())
                .toArray(Situation[]::new);
    }

    private static <T> T oneOf(T[] choices, Random random) {
        return choices[random.nextInt(choices.length)];
    }

    @Test
    void aRowThatLeadsElsewhereIsFound() {
        assertEachIsFound(
                row -> new Cell.Row(
                        row.from(), row.on(), row.when(), nextTo(row.to()), row.changes(), row.effect(), row.because()),
                step -> true);
    }

    private static JobState nextTo(JobState state) {
        return JobState.values()[(state.ordinal() + 1) % JobState.values().length];
    }

    @Test
    void aRowThatLostItsEffectIsFound() {
        assertEachIsFound(
                row -> new Cell.Row(
                        row.from(), row.on(), row.when(), row.to(), row.changes(), Optional.empty(), row.because()),
                step -> step.effect().isPresent());
    }

    @Test
    void aRowWithTheOppositeGuardIsFound() {
        assertEachIsFound(
                row -> new Cell.Row(
                        row.from(),
                        row.on(),
                        Guard.not(row.when()),
                        row.to(),
                        row.changes(),
                        row.effect(),
                        row.because()),
                step -> rowsAt(step.row().from(), step.row().on()) == 1);
    }

    private static long rowsAt(JobState state, Trigger trigger) {
        return TABLE.cellsAt(state, trigger).stream()
                .filter(Cell.Row.class::isInstance)
                .count();
    }

    @Test
    void aRowWithoutItsGuardIsFound() {
        LaneMachine machine = machineOf(TABLE.rows().stream()
                .map(row -> new Cell.Row(
                        row.from(), row.on(), Guard.ALWAYS, row.to(), row.changes(), row.effect(), row.because()))
                .toList());
        List<Situation> quiet = situations().stream()
                .filter(situation -> situation.step().isEmpty())
                .filter(situation -> rowsAt(situation.job().get(Facts.STATE), situation.trigger()) > 0)
                .toList();
        assertThat(quiet).isNotEmpty().noneMatch(situation -> agrees(machine, situation));
    }

    /** Spring alone gets a table whose rows are all wrong in one way: each must show that in some situation. */
    private static void assertEachIsFound(UnaryOperator<Cell.Row> mistake, Predicate<Decision.Step> matters) {
        LaneMachine machine = machineOf(TABLE.rows().stream().map(mistake).toList());
        for (Situation situation : situations()) {
            if (situation.step().filter(matters).isPresent()) {
                assertThat(situation).matches(each -> !agrees(machine, each));
            }
        }
    }

    @Test
    void aRowThatIsLackingIsFound() {
        LaneMachine machine = machineOf(List.of());
        for (Situation situation : situations()) {
            assertThat(agrees(machine, situation)).isNotEqualTo(situation.step().isPresent());
        }
    }

    @Test
    void aRowTooManyIsFound() {
        List<Cell.Row> rows = new ArrayList<>(TABLE.rows());
        Cell.Row row = rows.get(0);
        Situation quiet = situations().stream()
                .filter(situation -> situation.step().isEmpty())
                .findFirst()
                .orElseThrow();
        rows.add(new Cell.Row(
                quiet.job().get(Facts.STATE),
                quiet.trigger(),
                Guard.ALWAYS,
                JobState.HOSED,
                row.changes(),
                row.effect(),
                "a row too many"));
        assertThat(agrees(machineOf(rows), quiet)).isFalse();
    }

    @Test
    void theExecutorAnswersWithTheDecisionOfTheTable() {
        StatemachineExecutor executor = new StatemachineExecutor();
        for (Situation situation : situations()) {
            assertThat(executor.decide(situation.job(), situation.trigger()))
                    .isEqualTo(TABLE.decide(situation.job(), situation.trigger()));
        }
    }

    @Test
    void theExecutorStopsAtADifferenceAndNamesIt() {
        StatemachineExecutor executor = new StatemachineExecutor(new StatemachineModel(List.of()), TABLE);
        assertThatIllegalStateException()
                .isThrownBy(() -> executor.decide(Facts.LAYOUT.initial().with(Facts.ONLINE, true), Trigger.START))
                .withMessageStartingWith("Spring Statemachine and the table differ on START where state=REQUESTED")
                .withMessageContaining("Spring Reaction[next=REQUESTED, taken=[]]");
    }
}
