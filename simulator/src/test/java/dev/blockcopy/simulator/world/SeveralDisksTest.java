package dev.blockcopy.simulator.world;

import static dev.blockcopy.simulator.world.Outside.DESTINATION_LACKS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.model.Change;
import dev.blockcopy.model.Composition;
import dev.blockcopy.model.Guard;
import dev.blockcopy.model.Place;
import dev.blockcopy.model.Process;
import dev.blockcopy.model.Rule;
import dev.blockcopy.model.Slot;
import dev.blockcopy.model.Valuation;
import dev.blockcopy.model.lifecycle.Cell;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.Lifecycle;
import dev.blockcopy.model.lifecycle.TransitionTable;
import dev.blockcopy.model.qmp.JobStatus;
import dev.blockcopy.qemufake.JobPlaces;
import dev.blockcopy.simulator.check.Bounds;
import dev.blockcopy.simulator.check.CheckResult;
import dev.blockcopy.simulator.check.Checker;
import dev.blockcopy.simulator.check.Finding;
import dev.blockcopy.simulator.check.Property;
import dev.blockcopy.simulator.check.Question;
import dev.blockcopy.simulator.check.Trace;
import dev.blockcopy.simulator.check.Verdict;
import dev.blockcopy.simulator.check.Watch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two disks of one domain in one world: one lane, one QEMU, one guest, and its one pause. */
@Tag("once")
class SeveralDisksTest {
    private static final Bounds BOUNDS = Bounds.standard();

    private static Inquiry twoDisks(String faults, int requests) {
        return new Inquiry(Variant.SHIPPED, Inquiry.faults(List.of(faults.split(","))), requests, 2);
    }

    private static List<String> violated(CheckResult result) {
        return result.findings().stream()
                .filter(finding -> finding.verdict() == Verdict.VIOLATED)
                .map(finding -> finding.property().name())
                .toList();
    }

    private static List<Verdict> verdicts(CheckResult result) {
        return result.findings().stream().map(Finding::verdict).toList();
    }

    /** The rows in which it matters that another disk needs the pause do what is right for a disk alone. */
    private static TransitionTable letGoByTheFirst() {
        TransitionTable table = Lifecycle.TABLE;
        for (String place : List.of("PROVING on ON_DESTINATION", "PROVING on ON_SOURCE")) {
            Cell.Row shared = Mutant.row(Lifecycle.TABLE, place + " where paused by us, another disk needs it");
            Cell.Row alone = Mutant.row(Lifecycle.TABLE, place + " where paused by us, last to need it");
            table = table.withCells(table.cells().stream()
                    .map(cell -> cell.equals(shared) ? as(shared, alone) : cell)
                    .toList());
        }
        return table;
    }

    private static Cell as(Cell.Row row, Cell.Row other) {
        return new Cell.Row(
                row.from(), row.on(), row.when(), other.to(), other.changes(), other.effect(), row.because());
    }

    @Test
    void keepEveryGuaranteeWithoutFaults() {
        Answer answer = twoDisks("none", 0).ask(Guarantees.SAFETY, BOUNDS, Watch.NONE);
        assertThat(answer.violated()).isEmpty();
        assertThat(answer.with(Verdict.HOLDS))
                .extracting(finding -> finding.property().name())
                .contains("S1", "S2", "S9");
    }

    @Test
    void areExploredOnceForBothOrdersAndJudgedTheSame() {
        Inquiry inquiry = twoDisks("none", 0);
        CopyWorld world = inquiry.world(Lifecycle.TABLE);
        Question once = world.question(Guarantees.SAFETY);
        CheckResult folded = Checker.check(once, BOUNDS);
        CheckResult unfolded = Checker.check(world.questionOfEveryOrder(Guarantees.SAFETY), BOUNDS);
        assertThat(verdicts(folded)).isEqualTo(verdicts(unfolded));
        long half = folded.size().states();
        assertThat(unfolded.size().states()).isBetween(2 * half - half / 10, 2 * half);
    }

    @Test
    void loseAWriteWhereTheFirstWhoLeavesLetsTheGuestGo() {
        Inquiry inquiry = twoDisks("qemu=1", 0);
        Answer answer = inquiry.ask(
                inquiry.world(letGoByTheFirst()),
                Guarantees.named(List.of("S1", "S9")),
                BOUNDS.stoppingAtViolation(),
                Watch.NONE);
        assertThat(violated(answer.result())).isNotEmpty();
    }

    /**
     * S10, as history tells it: two graceful cancels make two copies, each of an instant, and a write fell between. It holds
     * a write that came after one that the other copy lacks, so no instant is both.
     */
    @Test
    void makeCopiesThatAreNotOfOneInstantWhereAWriteFallsBetweenTwoCancels() throws IOException {
        Question asked = tornCopies();
        Trace trace = Checker.check(asked, BOUNDS.stoppingAtViolation())
                .of("one instant")
                .traces()
                .get(0);
        String told = "two copies that are not of one instant\n\n" + StoryText.table(Storyline.of(asked, trace));
        Path file = Path.of("src/test/resources/history/two-copies-that-are-not-of-one-instant.txt");
        if (Boolean.getBoolean("history.rewrite")) {
            Files.writeString(file, told);
        }
        assertThat(told).isEqualTo(Files.readString(file));
    }

    /** Both are to be finished; noted is a write to the second disk after one that the first one's copy lacks. */
    private static Question tornCopies() {
        Disks disks = new Disks(2);
        Question question = twoDisks("none", 0).world(Lifecycle.TABLE).question(List.of());
        Guard firstIsLeft = Guard.all(
                JobPlaces.STATUS.is(JobStatus.NULL), History.EQUAL_AT_END.is(true), DESTINATION_LACKS.is(true));
        Change noted = History.noting(TORN, disks.guard(firstIsLeft, 0));
        List<Process> processes = question.world().processes().stream()
                .map(process -> isGuestOfTheSecond(process) ? noting(process, noted) : process)
                .toList();
        Composition world = Composition.of(processes.toArray(Process[]::new));
        Guard isCopy = Facts.COPY.is(Facts.Copy.POINT_IN_TIME);
        Guard both = Guard.all(disks.guard(isCopy, 0), disks.guard(isCopy, 1));
        List<Valuation> beginnings = question.beginnings().stream()
                .filter(state -> state.satisfies(disks.guard(Facts.WISH.is(Facts.Wish.FINISH), 0))
                        && state.satisfies(disks.guard(Facts.WISH.is(Facts.Wish.FINISH), 1)))
                .map(state -> moved(state, world))
                .toList();
        return new Question(
                world,
                beginnings,
                List.of(new Property.Always("one instant", "the copies are of one instant", both, TORN.is(false))));
    }

    private static final Slot<Boolean> TORN = Outside.flag("torn");
    private static final String MIRRORED = "writes, mirrored @disk2";

    private static boolean isGuestOfTheSecond(Process process) {
        return process.rules().stream().anyMatch(rule -> rule.name().equals(MIRRORED));
    }

    private static Process noting(Process guest, Change noted) {
        List<Rule> rules = guest.rules().stream()
                .map(rule -> rule.name().equals(MIRRORED) ? with(rule, noted) : rule)
                .toList();
        return new Process(guest.name(), List.of(TORN.variable()), rules);
    }

    private static Rule with(Rule rule, Change more) {
        List<Change> changes = new ArrayList<>(rule.changes());
        changes.add(more);
        return new Rule(rule.name(), rule.when(), changes, rule.effect(), rule.because());
    }

    private static Valuation moved(Valuation state, Composition world) {
        int[] numbers = new int[world.layout().width()];
        for (Place place : state.layout().places()) {
            for (int i = 0; i < place.width(); i++) {
                numbers[world.layout().offsetOf(place) + i] =
                        state.numberAt(state.layout().offsetOf(place) + i);
            }
        }
        return world.layout().state(numbers);
    }
}
