package dev.blockcopy.model.lifecycle;

import static dev.blockcopy.model.lifecycle.CopyEffect.CANCEL_SOFTLY;
import static dev.blockcopy.model.lifecycle.CopyEffect.REMOVE_FILE;
import static dev.blockcopy.model.lifecycle.CopyEffect.STOP;
import static dev.blockcopy.model.lifecycle.JobState.CANCELLING;
import static dev.blockcopy.model.lifecycle.JobState.CLEARING;
import static dev.blockcopy.model.lifecycle.JobState.CONCLUDED;
import static dev.blockcopy.model.lifecycle.JobState.CONVERGING;
import static dev.blockcopy.model.lifecycle.JobState.FAILED;
import static dev.blockcopy.model.lifecycle.JobState.FORCING;
import static dev.blockcopy.model.lifecycle.JobState.HOSED;
import static dev.blockcopy.model.lifecycle.JobState.IN_DOUBT;
import static dev.blockcopy.model.lifecycle.JobState.MIRRORING;
import static dev.blockcopy.model.lifecycle.JobState.PIVOTING;
import static dev.blockcopy.model.lifecycle.JobState.PLACING;
import static dev.blockcopy.model.lifecycle.JobState.RETREATING;
import static dev.blockcopy.model.lifecycle.JobState.STARTING;
import static dev.blockcopy.model.lifecycle.JobState.UNFORMATTING;
import static dev.blockcopy.model.lifecycle.Trigger.ANOTHER_QEMU;
import static dev.blockcopy.model.lifecycle.Trigger.CONNECTED;
import static dev.blockcopy.model.lifecycle.Trigger.MONITOR_LOST;
import static dev.blockcopy.model.lifecycle.Trigger.QEMU_GONE;
import static dev.blockcopy.model.lifecycle.Trigger.RESUMED;
import static dev.blockcopy.model.lifecycle.Trigger.STOPPED;

import dev.blockcopy.model.Printing;
import dev.blockcopy.model.Valuation;
import dev.blockcopy.model.lifecycle.Facts.Others;
import dev.blockcopy.model.lifecycle.Facts.Outcome;
import dev.blockcopy.model.lifecycle.Facts.Seal;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What must be true of every row of a table by itself, whatever led to it. */
final class RowClaims {
    /** The remembered states of which one has to be in the journal before the effect goes out. */
    private static final Map<CopyEffect, Set<JobState>> INTENTIONS = new EnumMap<>(Map.ofEntries(
            Map.entry(CopyEffect.PLACE_FILE, EnumSet.of(PLACING)),
            Map.entry(CopyEffect.MIRROR, EnumSet.of(STARTING)),
            Map.entry(CopyEffect.STOP, EnumSet.of(PIVOTING)),
            Map.entry(CopyEffect.COMPLETE, EnumSet.of(CONVERGING, PIVOTING)),
            Map.entry(CopyEffect.FINALIZE, EnumSet.of(PIVOTING, CANCELLING)),
            Map.entry(CopyEffect.MAKE_WITNESS, EnumSet.of(MIRRORING)),
            Map.entry(CopyEffect.HAND_OVER_WITNESS, EnumSet.of(MIRRORING)),
            Map.entry(CopyEffect.WITHDRAW_WITNESS, EnumSet.of(CONCLUDED)),
            Map.entry(CopyEffect.REMOVE_WITNESS, EnumSet.of(CONCLUDED)),
            Map.entry(CopyEffect.LOOK_AT_STEP, EnumSet.of(PIVOTING)),
            Map.entry(CopyEffect.REOPEN, EnumSet.of(PIVOTING)),
            Map.entry(CopyEffect.CANCEL_SOFTLY, EnumSet.of(CANCELLING)),
            Map.entry(CopyEffect.CANCEL_BY_FORCE, EnumSet.of(FORCING)),
            Map.entry(CopyEffect.CONT, EnumSet.of(CONCLUDED, RETREATING)),
            Map.entry(CopyEffect.DISMISS, EnumSet.of(CONCLUDED)),
            Map.entry(CopyEffect.DETACH, EnumSet.of(CONCLUDED)),
            Map.entry(CopyEffect.REMOVE_FILE, EnumSet.of(CONCLUDED))));

    /** Where the answer to our own stop may still be outstanding. */
    private static final Set<JobState> MAY_AWAIT_STOP =
            EnumSet.of(JobState.GAUGING, JobState.PAUSING, FORCING, JobState.JUDGING);

    private final TransitionTable table;
    private final Set<String> broken = new LinkedHashSet<>();

    private RowClaims(TransitionTable table) {
        this.table = table;
    }

    /** Every claim that a row breaks, with the name of the row. */
    static Set<String> brokenIn(TransitionTable table) {
        RowClaims claims = new RowClaims(table);
        table.rows().forEach(claims::ends);
        table.rows().forEach(claims::evidence);
        table.rows().forEach(claims::witness);
        table.rows().forEach(claims::switching);
        table.rows().forEach(claims::effects);
        table.rows().forEach(claims::sharedPause);
        for (JobState state : JobState.values()) {
            claims.seal(state);
        }
        return claims.broken;
    }

    private void ends(Cell.Row row) {
        boolean isSettled =
                row.from() == CONCLUDED || table.anchorsOf(row.from()).equals(Set.of(CONCLUDED));
        boolean isBeyondLettingGo = row.on() == QEMU_GONE || row.on() == ANOTHER_QEMU || row.to() == HOSED;
        claim(row, "S12: nothing leaves an end", !row.from().isTerminal());
        claim(
                row,
                "S12: no effect at an end",
                !row.to().isTerminal() || row.effect().isEmpty());
        claim(
                row,
                "S8: no end leaves a witness, unless there is nothing but it to tell what was lost",
                !row.to().isTerminal()
                        || row.to() == HOSED
                        || always(row, step -> step.after.get(Facts.WITNESS) == Facts.Witness.NONE));
        claim(
                row,
                "S9: the outcome is durable before an end",
                !row.to().isTerminal() || isSettled || isBeyondLettingGo);
    }

    private void evidence(Cell.Row row) {
        claim(
                row,
                "S13: failed only by an answer, or because QEMU is gone or another",
                row.to() != FAILED
                        || row.on().kind() == Trigger.Kind.ANSWER
                        || row.on() == QEMU_GONE
                        || row.on() == ANOTHER_QEMU);
        claim(
                row,
                "S13: a lost monitor is no evidence",
                row.on() != MONITOR_LOST
                        || row.effect().isEmpty()
                                && always(
                                        row,
                                        step -> !new Decision.Step(step.before, row.on(), row, step.after)
                                                .isDurable()));
        claim(
                row,
                "S1: failed without QEMU only where the source has all",
                !isGivenUp(row)
                        || row.on() != QEMU_GONE
                        || Set.of(CONCLUDED).equals(table.anchorsOf(row.from()))
                        || always(row, step -> step.before.satisfies(Facts.SOURCE_HAS_ALL)));
        claim(
                row,
                "S2: pivoted only where the graph shows the destination, or a person says so",
                row.on() == Trigger.ON_DESTINATION
                        || row.on() == Trigger.KEEP_DESTINATION && row.from() == IN_DOUBT
                        || isOfTheDead(row) && row.on() == Trigger.WITNESS_WRITTEN
                        || always(
                                row,
                                step -> step.after.get(Facts.OUTCOME) == step.before.get(Facts.OUTCOME)
                                        || step.after.get(Facts.OUTCOME) != Outcome.PIVOTED));
    }

    private boolean isGivenUp(Cell.Row row) {
        return row.to() == FAILED || row.changes().contains(Facts.OUTCOME.becomes(Outcome.FAILED));
    }

    /** A witness names an image only where no QEMU is there to be asked. */
    private boolean isOfTheDead(Cell.Row row) {
        return EnumSet.of(Trigger.WITNESS_WRITTEN, Trigger.WITNESS_EMPTY).contains(row.on())
                && always(row, step -> !step.before.get(Facts.ONLINE));
    }

    private void witness(Cell.Row row) {
        claim(
                row,
                "S1: a byte in the witness never leads to the source, an empty one never to the destination",
                row.from() != JobState.TESTIFYING
                        || always(
                                row,
                                step -> step.after.get(Facts.OUTCOME)
                                        != (row.on() == Trigger.WITNESS_WRITTEN ? Outcome.FAILED : Outcome.PIVOTED)));
        claim(
                row,
                "S1: the witness of an earlier attempt is not believed",
                !row.effect().equals(Optional.of(CopyEffect.MAKE_WITNESS))
                        || row.changes().contains(Facts.WITNESS.becomes(Facts.Witness.MADE)));
        claim(
                row,
                "S1: a witness counts only once QEMU holds it",
                !row.changes().contains(Facts.WITNESS.becomes(Facts.Witness.GIVEN))
                        || row.from() == JobState.HANDING_OVER && row.on() == Trigger.DONE);
        claim(
                row,
                "S1: a reopen is told of a paused guest only when the mirror was seen in step",
                !row.effect().equals(Optional.of(CopyEffect.REOPEN))
                        || row.on() == Trigger.IN_STEP
                        || Printing.meaningOf(row.when()).contains(Printing.meaningOf(Facts.UNSEALED)));
    }

    private void switching(Cell.Row row) {
        claim(
                row,
                "S1: only the refusal of the one telling says that it was never told",
                !row.changes().contains(Facts.SWITCH_TOLD.becomes(false))
                        || always(row, step -> !step.before.get(Facts.REPEATED)));
        claim(
                row,
                "R1: a pivot is intended only with the word that it may have been told",
                always(
                        row,
                        step -> step.after.get(Facts.JOURNAL) != PIVOTING
                                || step.before.get(Facts.JOURNAL) == PIVOTING
                                || step.after.get(Facts.SWITCH_TOLD)));
    }

    /** From the switch to the outcome nobody else may resume the guest unnoticed. */
    private void seal(JobState state) {
        for (JobState behind : table.anchorsOf(state)) {
            Valuation sealed = Jobs.in(state, behind).with(Facts.SEAL, Seal.WHOLE);
            Decision decision = table.decide(sealed, RESUMED);
            boolean isOpen = Set.of(PIVOTING, FORCING, IN_DOUBT).contains(behind) && state != PIVOTING;
            boolean isBroken =
                    decision instanceof Decision.Step step && step.after().get(Facts.SEAL) == Seal.BROKEN;
            if (isOpen && !isBroken) {
                broken.add("S1: a resume by somebody else breaks the seal: " + state + " behind which is " + behind);
            }
            boolean isLeft = table.decide(sealed.with(Facts.RESUME_DUE, true), RESUMED) instanceof Decision.Step step
                    && !step.after().get(Facts.RESUME_DUE);
            if (isOpen && !isLeft && !MAY_AWAIT_STOP.contains(state)) {
                broken.add("S9: what somebody else has resumed is not ours to resume: " + state);
            }
        }
    }

    private void effects(Cell.Row row) {
        boolean isOffline = row.on() == MONITOR_LOST
                || row.from() == PIVOTING
                || Printing.meaningOf(row.when()).contains(Printing.meaningOf(Facts.OFFLINE));
        claim(
                row,
                "R1: what is intended is told with a session",
                isOffline
                        || row.effect().isPresent()
                        || row.to() == row.from()
                        || table.awaitedIn(row.to()).isEmpty());
        row.effect().ifPresent(effect -> {
            Set<JobState> intended = INTENTIONS.getOrDefault(effect, EnumSet.allOf(JobState.class));
            claim(
                    row,
                    "R1: the journal names the intention before " + effect,
                    always(row, step -> intended.contains(step.after.get(Facts.JOURNAL))));
            claim(
                    row,
                    "S9: only a guest that is to be resumed is paused",
                    effect != STOP || always(row, step -> step.after.get(Facts.RESUME_DUE)));
            claim(
                    row,
                    "S1: never a graceful cancel once a switch was told",
                    effect != CANCEL_SOFTLY || !Set.of(PIVOTING, FORCING).contains(row.from()));
            claim(
                    row,
                    "S11: only a worthless file of our own is removed",
                    effect != REMOVE_FILE
                            || Set.of(UNFORMATTING, CLEARING).contains(row.from())
                            || always(row, step -> step.after.satisfies(Facts.REMOVAL_IS_DUE)));
        });
    }

    /** One guest, several jobs that may have paused it. */
    private void sharedPause(Cell.Row row) {
        boolean isLettingGo = row.effect().equals(Optional.of(CopyEffect.CONT));
        boolean isLetGo = table.awaitedIn(row.from()).equals(Set.of(CopyEffect.CONT)) && row.on() != CONNECTED;
        claim(
                row,
                "S9: the guest is let go only where no other disk needs its pause",
                !isLettingGo || always(row, step -> step.before.get(Facts.OTHERS) != Others.NEED_PAUSE));
        claim(
                row,
                "S9: a pause is left only to another disk that needs it, or because somebody else has ended it",
                !row.changes().contains(Facts.RESUME_DUE.becomes(false))
                        || isLetGo
                        || row.on() == RESUMED
                        || row.on() == STOPPED
                        || always(row, step -> step.before.get(Facts.OTHERS) == Others.NEED_PAUSE));
        claim(
                row,
                "S1: nobody joins a pause that is being let go",
                !row.changes().contains(Facts.RESUME_DUE.becomes(true))
                        || always(row, step -> step.before.get(Facts.OTHERS) != Others.LET_GO));
    }

    private void claim(Cell.Row row, String claim, boolean holds) {
        if (!holds) {
            broken.add(claim + ": " + row.name());
        }
    }

    private record Step(Valuation before, Valuation after) {}

    /** Whether something holds of a row wherever it may be taken, as far as its guard can tell. */
    private boolean always(Cell.Row row, Predicate<Step> holds) {
        return TableCheck.situationsAround(table, row).stream()
                .map(before -> new Step(before, before.after(row.changes())))
                .allMatch(holds);
    }
}
