package dev.blockcopy.model.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.model.Change;
import dev.blockcopy.model.Guard;
import dev.blockcopy.model.ModelException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Wrong rows are planted, and each is caught: by the construction, by a claim, or by a story. */
@Tag("once")
class MutationTest {
    /**
     * A wrong table.
     *
     * @param cell the name of the cell that goes wrong
     * @param wrong what it becomes; nothing if it is dropped
     * @param verdict a part of what has to be said against it
     */
    private record Mutant(String name, String cell, UnaryOperator<Optional<Cell>> wrong, String verdict) {
        TransitionTable table() {
            List<Cell> cells = new ArrayList<>();
            for (Cell one : Lifecycle.TABLE.cells()) {
                (one.name().equals(cell) ? wrong.apply(Optional.of(one)) : Optional.of(one)).ifPresent(cells::add);
            }
            assertThat(cells).as("the mutant differs").isNotEqualTo(Lifecycle.TABLE.cells());
            return Lifecycle.TABLE.withCells(cells);
        }
    }

    private static final List<Mutant> PLANTED = List.of(
            new Mutant(
                    "a dropped row",
                    "SWITCHING on ENDED where switch by complete",
                    cell -> Optional.empty(),
                    "hole: SWITCHING on ENDED"),
            new Mutant(
                    "a row taken everywhere",
                    "SWITCHING on REFUSED where paused by us, last to need it and switch in one step and told once",
                    row(row -> with(row, Guard.ALWAYS)),
                    "overlap: SWITCHING on REFUSED"),
            new Mutant(
                    "the way out of an end",
                    "FAILED on CONNECTED",
                    cell -> Optional.of(new Cell.Row(
                            JobState.FAILED,
                            Trigger.CONNECTED,
                            Guard.ALWAYS,
                            JobState.FAILED,
                            List.of(),
                            Optional.empty(),
                            "why not")),
                    "exit from an end: FAILED on CONNECTED"),
            new Mutant(
                    "a pause before its journal write",
                    "GAUGING on GUEST_RUNS where behind it MIRRORING and not let go for another disk",
                    row(row -> without(row, Facts.JOURNAL.becomes(JobState.PIVOTING))),
                    "wrong memory: GAUGING on GUEST_RUNS to PAUSING leaves MIRRORING"),
            new Mutant(
                    "a pivot that forgets that it may have been told",
                    "GAUGING on GUEST_RUNS where behind it MIRRORING and not let go for another disk",
                    row(row -> without(row, Facts.SWITCH_TOLD.becomes(true))),
                    "R1: a pivot is intended only with the word that it may have been told"),
            new Mutant(
                    "a pause that nobody undoes",
                    "GAUGING on GUEST_RUNS where behind it MIRRORING and not let go for another disk",
                    row(row -> without(row, Facts.RESUME_DUE.becomes(true))),
                    "S9: only a guest that is to be resumed is paused"),
            new Mutant(
                    "a guest let go by the first who leaves",
                    "PROVING on ON_DESTINATION where paused by us, another disk needs it",
                    row(row -> retargeted(row, row("PROVING on ON_DESTINATION where paused by us, last to need it"))),
                    "S9: the guest is let go only where no other disk needs its pause"),
            new Mutant(
                    "a pause left to nobody",
                    "PROVING on ON_SOURCE where paused by us, last to need it",
                    row(row -> retargeted(row, row("PROVING on ON_SOURCE where paused by us, another disk needs it"))),
                    "S9: a pause is left only to another disk that needs it"),
            new Mutant(
                    "a pause shared while it ends",
                    "GAUGING on GUEST_PAUSED where let go for another disk",
                    row(
                            row -> retargeted(
                                    row,
                                    row(
                                            "GAUGING on GUEST_PAUSED where behind it MIRRORING or CONVERGING and another disk needs the pause"))),
                    "S1: nobody joins a pause that is being let go"),
            new Mutant(
                    "a pivot that was never called ready",
                    "STREAMING on READY where to stay",
                    row(row -> without(row, Facts.READY_SEEN.becomes(true))),
                    "S5: no switch is told but of a ready job"),
            new Mutant(
                    "an effect that is not performed",
                    "RESUMING on DONE",
                    row(MutationTest::withoutEffect),
                    "unasked: RESUMING on DONE to DISMISSING performs nothing"),
            new Mutant(
                    "a graceful cancel where only force backs out",
                    "SWITCHING on DEADLINE where switch by complete",
                    row(row -> with(row, CopyEffect.CANCEL_SOFTLY)),
                    "unawaited effect: SWITCHING on DEADLINE to FORCING performs CANCEL_SOFTLY"),
            new Mutant(
                    "a force that is intended and not told",
                    "JUDGING on JOB_READY where behind it FORCING",
                    row(MutationTest::withoutEffect),
                    "R1: what is intended is told with a session: JUDGING on JOB_READY where behind it FORCING"),
            new Mutant(
                    "a refusal of the repetition taken for one of the first telling",
                    "SWITCHING on REFUSED where paused by us and switch in one step and perhaps told before",
                    row(
                            row -> retargeted(
                                    row,
                                    row(
                                            "SWITCHING on REFUSED where paused by us, last to need it and switch in one step and told once"))),
                    "S1: only the refusal of the one telling says that it was never told"),
            new Mutant(
                    "pending first finalized while the guest runs on",
                    "CONVERGING on PENDING",
                    row(row -> retargeted(
                            row,
                            row("GAUGING on GUEST_PAUSED where behind it CONVERGING and not paused for another disk"))),
                    "pending-first.txt"),
            new Mutant(
                    "a job that is finalized and no word of it in the journal",
                    "GAUGING on GUEST_RUNS where behind it CONVERGING and not let go for another disk",
                    row(row -> without(row, Facts.SWITCH_TOLD.becomes(true))),
                    "R1: a pivot is intended only with the word that it may have been told"),
            new Mutant(
                    "a broken seal overlooked",
                    "SWITCHING on RESUMED where sealed, or paused by us",
                    cell -> Optional.of(ignored(cell.orElseThrow())),
                    "S1: a resume by somebody else breaks the seal: SWITCHING"),
            new Mutant(
                    "the source named although it may lack writes",
                    "PIVOTING on QEMU_GONE where source may lack writes, no witness",
                    row(row -> retargeted(row, row("PIVOTING on QEMU_GONE where source has all and no witness left"))),
                    "S1: failed without QEMU only where the source has all"),
            new Mutant(
                    "the verdict of the job believed",
                    "JUDGING on JOB_CLEAN",
                    row(row -> retargeted(row, row("PROVING on ON_DESTINATION where not paused by us"))),
                    "S2: pivoted only where the graph shows the destination"),
            new Mutant(
                    "a guest let go and owed for ever",
                    "RESUMING on DONE",
                    row(row -> without(row, Facts.RESUME_DUE.becomes(false))),
                    "S9: no end leaves a guest paused by us"),
            new Mutant(
                    "a copy removed because somebody cancelled",
                    "DETACHING on DONE where outcome cancelled",
                    row(row -> retargeted(
                            row,
                            row("DETACHING on DONE where nothing of the formatting left and our file is worthless"))),
                    "S11: only a worthless file of our own is removed"),
            new Mutant(
                    "a READY that is swallowed",
                    "JUDGING on READY",
                    cell -> Optional.of(ignored(cell.orElseThrow())),
                    "news-overtakes-answers.txt"),
            new Mutant(
                    "an outcome that is not durable before the guest is let go",
                    "PROVING on ON_SOURCE where paused by us, last to need it",
                    row(row -> without(row, Facts.JOURNAL.becomes(JobState.CONCLUDED))),
                    "wrong memory: PROVING on ON_SOURCE to RESUMING"),
            new Mutant(
                    "a state that nothing leads to",
                    "APPROACHING on BACKLOG_SMALL where switch by reopen",
                    row(row -> retargeted(row, row("APPROACHING on BACKLOG_LARGE"))),
                    "never reached: WITNESSING"),
            new Mutant(
                    "a reopen told of a mirror that nobody saw in step",
                    "PAUSING on DONE where switch by reopen",
                    row(row -> retargeted(row, row("STEADYING on IN_STEP"))),
                    "S1: a reopen is told of a paused guest only when the mirror was seen in step"),
            new Mutant(
                    "a byte in the witness overlooked",
                    "TESTIFYING on WITNESS_WRITTEN where offline",
                    row(row -> retargeted(row, row("TESTIFYING on WITNESS_EMPTY where offline"))),
                    "S1: a byte in the witness never leads to the source"),
            new Mutant(
                    "a witness that nobody looks at",
                    "PIVOTING on QEMU_GONE where source may lack writes, but a witness",
                    row(row -> retargeted(row, row("PIVOTING on QEMU_GONE where source has all and no witness left"))),
                    "S1: failed without QEMU only where the source has all"),
            new Mutant(
                    "the witness of an earlier attempt believed",
                    "APPROACHING on BACKLOG_SMALL where switch by reopen",
                    row(row -> without(row, Facts.WITNESS.becomes(Facts.Witness.MADE))),
                    "S1: the witness of an earlier attempt is not believed"),
            new Mutant(
                    "a witness that QEMU did not take",
                    "HANDING_OVER on REFUSED where sealed pivot",
                    row(row -> retargeted(row, row("HANDING_OVER on DONE where sealed pivot"))),
                    "S1: a witness counts only once QEMU holds it"),
            new Mutant(
                    "a witness removed before its word is durable",
                    "TESTIFYING on WITNESS_WRITTEN where offline",
                    row(row -> without(row, Facts.JOURNAL.becomes(JobState.CONCLUDED))),
                    "wrong memory: TESTIFYING on WITNESS_WRITTEN to UNWITNESSING"),
            new Mutant(
                    "a witness left for ever",
                    "DISMISSING on DONE where a witness left",
                    row(row -> retargeted(row, row("DISMISSING on DONE where outcome pivoted and no witness left"))),
                    "S8: no end leaves a witness"),
            new Mutant(
                    "the pause of the guest's owner undone",
                    "SWITCHING on RESUMED where sealed, or paused by us",
                    row(row -> without(row, Facts.RESUME_DUE.becomes(false))),
                    "S9: what somebody else has resumed is not ours to resume: SWITCHING"),
            new Mutant(
                    "a job given up while its mirror lives",
                    "SWITCHING on REFUSED where switch by reopen",
                    row(row -> retargeted(row, row("SWITCHING on DONE where switch by reopen"))),
                    "window-reopen.txt"),
            new Mutant(
                    "failed because the monitor was lost",
                    "STREAMING on MONITOR_LOST",
                    row(row -> retargeted(row, row("STREAMING on QEMU_GONE"))),
                    "S13: failed only by an answer, or because QEMU is gone or another"));

    @TestFactory
    Stream<DynamicTest> catches() {
        return PLANTED.stream()
                .map(mutant -> DynamicTest.dynamicTest(
                        mutant.name(),
                        () -> assertThat(String.join("\n", saidAgainst(mutant.table())))
                                .contains(mutant.verdict())));
    }

    @Test
    void findsNothingToSayAgainstTheTableItself() {
        assertThat(saidAgainst(Lifecycle.TABLE)).isEmpty();
    }

    /** Everything that is wrong with a table, by whatever finds it first: each needs what the one before has proven. */
    private static List<String> saidAgainst(TransitionTable table) {
        try {
            TableCheck.sound(table);
        } catch (ModelException e) {
            return e.getMessage().lines().toList();
        }
        List<String> verdicts = new ArrayList<>(RowClaims.brokenIn(table));
        if (verdicts.isEmpty()) {
            ToyWorld world = new ToyWorld(table);
            verdicts.addAll(world.explore(world.beginnings().get(9)).brokenClaims);
        }
        if (verdicts.isEmpty()) {
            Scenarios.files().stream()
                    .filter(file -> !isPlayedAsWritten(table, file))
                    .forEach(file -> verdicts.add(file.getFileName().toString()));
        }
        return verdicts;
    }

    private static boolean isPlayedAsWritten(TransitionTable table, Path file) {
        List<String> written = Scenarios.linesOf(file);
        return Scenario.played(table, written).equals(written);
    }

    private static UnaryOperator<Optional<Cell>> row(UnaryOperator<Cell.Row> change) {
        return cell -> cell.map(Cell.Row.class::cast).map(change);
    }

    private static Cell.Row row(String name) {
        return Lifecycle.TABLE.rows().stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no row is named " + name));
    }

    private static Cell.Row with(Cell.Row row, Guard when) {
        return new Cell.Row(row.from(), row.on(), when, row.to(), row.changes(), row.effect(), row.because());
    }

    private static Cell.Row with(Cell.Row row, CopyEffect effect) {
        return new Cell.Row(
                row.from(), row.on(), row.when(), row.to(), row.changes(), Optional.of(effect), row.because());
    }

    private static Cell.Row withoutEffect(Cell.Row row) {
        return new Cell.Row(row.from(), row.on(), row.when(), row.to(), row.changes(), Optional.empty(), row.because());
    }

    private static Cell.Row without(Cell.Row row, Change change) {
        List<Change> changes = new ArrayList<>(row.changes());
        assertThat(changes.remove(change)).as("the row has the change").isTrue();
        return new Cell.Row(row.from(), row.on(), row.when(), row.to(), changes, row.effect(), row.because());
    }

    /** The row where it was, doing what another does. */
    private static Cell.Row retargeted(Cell.Row row, Cell.Row other) {
        return new Cell.Row(
                row.from(), row.on(), row.when(), other.to(), other.changes(), other.effect(), row.because());
    }

    private static Cell ignored(Cell cell) {
        return new Cell.Ignore(cell.from(), cell.on(), cell.when(), "nothing new");
    }
}
