package dev.blockcopy.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.model.Change;
import dev.blockcopy.model.Guard;
import dev.blockcopy.model.lifecycle.Cell;
import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.lifecycle.Lifecycle;
import dev.blockcopy.model.lifecycle.TransitionTable;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.simulator.check.Bounds;
import dev.blockcopy.simulator.check.Property;
import dev.blockcopy.simulator.check.Verdict;
import dev.blockcopy.simulator.check.Watch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each guarantee is broken by a bug that was planted for it: only then its verdict counts. */
@Tag("once")
public class PlantedBugTest {
    private static final TransitionTable TABLE = Lifecycle.TABLE;

    /** A wrong table and the guarantee that must say so. */
    public record Planted(String guarantee, String faults, Mutant mutant, String variant) {
        Planted(String guarantee, String faults, Mutant mutant) {
            this(guarantee, faults, mutant, "guest=paused");
        }

        /** What the checker finds in the world that must show it. */
        public Answer answer() {
            Inquiry inquiry =
                    new Inquiry(Variant.of(List.of(variant.split(","))), Inquiry.faults(List.of(faults.split(","))), 1);
            if (guarantee.equals("L1")) {
                return inquiry.askForTheEnd(mutant.table(), Bounds.standard(), Watch.NONE);
            }
            List<Property> asked = Guarantees.named(List.of(guarantee));
            return inquiry.ask(
                    inquiry.world(mutant.table()), asked, Bounds.standard().stoppingAtViolation(), Watch.NONE);
        }
    }

    /** One for each guarantee. */
    public static final List<Planted> PLANTED = List.of(
            new Planted(
                    "S1",
                    "none",
                    doesAs(
                            "PROVING on ON_DESTINATION where paused by us, last to need it",
                            "PROVING on ON_SOURCE where paused by us, last to need it")),
            new Planted(
                    "S2",
                    "none",
                    doesAs(
                            "PROVING on ON_SOURCE where not paused by us",
                            "PROVING on ON_DESTINATION where not paused by us")),
            new Planted(
                    "S2",
                    "qemu=1",
                    doesAs(
                            "CONCLUDED on QEMU_GONE where outcome pivoted and no witness left",
                            "CONCLUDED on QEMU_GONE where outcome cancelled and no witness left")),
            new Planted(
                    "S3",
                    "open-dst=1",
                    doesAs(
                            "PROVING on ON_SOURCE where paused by us, last to need it",
                            "PROVING on NO_MEDIUM where lost in a reopen, no witness"),
                    "switch=reopen"),
            new Planted(
                    "S4",
                    "io=1",
                    remembering(
                            "PROVING on ON_SOURCE where not paused by us",
                            Facts.COPY.becomes(Facts.Copy.POINT_IN_TIME))),
            new Planted("S5", "none", pivotWhileStreaming()),
            new Planted(
                    "S7",
                    "mgr=1",
                    remembering(
                            "GAUGING on GUEST_RUNS where behind it MIRRORING and not let go for another disk",
                            Facts.JOURNAL.becomes(JobState.PAUSING))),
            new Planted(
                    "S8",
                    "none",
                    doesAs(
                            "DISMISSING on DONE where outcome on the source and no witness left",
                            "DETACHING on DONE where outcome cancelled")),
            new Planted(
                    "S9",
                    "none",
                    doesAs(
                            "PROVING on ON_DESTINATION where paused by us, last to need it",
                            "PROVING on ON_DESTINATION where not paused by us")),
            new Planted("S9", "stop=1", Mutant.dropped(TABLE, row("PAUSING on STOPPED where paused by us"))),
            new Planted("S9", "stop=1", Mutant.dropped(TABLE, row("FORCING on STOPPED where sealed, or paused by us"))),
            new Planted(
                    "S11",
                    "none",
                    doesAs(
                            "DETACHING on DONE where outcome cancelled",
                            "DETACHING on DONE where nothing of the formatting left and our file is worthless")),
            new Planted("S12", "qemu=1", exitFromAnEnd()),
            new Planted("S13", "cut=1", doesAs("STREAMING on MONITOR_LOST", "STREAMING on QEMU_GONE")),
            new Planted("L3", "none", impossible("SWITCHING on DONE where switch by complete")),
            new Planted("L1", "none", Mutant.dropped(TABLE, row("SWITCHING on ENDED where switch by complete"))));

    private static Cell.Row row(String name) {
        return Mutant.row(TABLE, name);
    }

    private static Mutant doesAs(String row, String other) {
        return Mutant.retargeted(TABLE, row(row), row(other));
    }

    private static Mutant pivotWhileStreaming() {
        Cell cell = Mutant.cell(TABLE, "STREAMING on PIVOT");
        Cell.Row pivot = row("APPROACHING on BACKLOG_SMALL where pivot without pause and switch in one step");
        return Mutant.of(
                "a pivot while streaming",
                TABLE,
                cell,
                new Cell.Row(
                        cell.from(), cell.on(), cell.when(), pivot.to(), pivot.changes(), pivot.effect(), "planted"));
    }

    private static Mutant remembering(String row, Change change) {
        UnaryOperator<List<Change>> otherwise = changes -> {
            changes.removeIf(one -> one.place() == change.place());
            changes.add(change);
            return changes;
        };
        return Mutant.remembering("remembering otherwise", TABLE, row(row), otherwise);
    }

    private static Mutant impossible(String name) {
        Cell cell = Mutant.cell(TABLE, name);
        return Mutant.of(
                name + " declared impossible",
                TABLE,
                cell,
                new Cell.Impossible(cell.from(), cell.on(), cell.when(), "planted"));
    }

    private static Mutant exitFromAnEnd() {
        Cell cell = Mutant.cell(TABLE, "FAILED on QEMU_GONE");
        List<Change> changes =
                List.of(Facts.STATE.becomes(JobState.IN_DOUBT), Facts.JOURNAL.becomes(JobState.IN_DOUBT));
        return Mutant.of(
                "an exit from FAILED",
                TABLE,
                cell,
                new Cell.Row(
                        JobState.FAILED,
                        Trigger.QEMU_GONE,
                        Guard.ALWAYS,
                        JobState.IN_DOUBT,
                        changes,
                        Optional.<CopyEffect>empty(),
                        "planted"));
    }

    @TestFactory
    Stream<DynamicTest> isCaught() {
        return PLANTED.stream()
                .map(planted -> DynamicTest.dynamicTest(
                        planted.guarantee() + ": " + planted.mutant().name(),
                        () -> assertThat(planted.answer()
                                        .result()
                                        .of(planted.guarantee())
                                        .verdict())
                                .isEqualTo(Verdict.VIOLATED)));
    }

    @Test
    void oneIsPlantedForEachGuarantee() {
        List<String> all =
                new ArrayList<>(Guarantees.SAFETY.stream().map(Property::name).toList());
        all.add("L1");
        assertThat(PLANTED.stream().map(Planted::guarantee).distinct()).containsExactlyInAnyOrderElementsOf(all);
    }
}
