package dev.blockcopy.model.lifecycle;

import dev.blockcopy.model.Change;
import dev.blockcopy.model.Guard;
import dev.blockcopy.model.ModelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A table being written, state by state; {@link #table()} fails and names every hole and every overlap. */
final class TableDraft {
    /** All that is volatile, but for the state. */
    private static final Change[] FORGOTTEN = {
        Facts.ONLINE.becomes(false),
        Facts.REPEATED.becomes(false),
        Facts.GAP.becomes(false),
        Facts.END.becomes(Facts.End.NONE)
    };

    private final List<Cell> cells = new ArrayList<>();
    private final Map<JobState, Set<JobState>> anchors = new EnumMap<>(JobState.class);
    private final Map<JobState, Set<CopyEffect>> awaited = new EnumMap<>(JobState.class);
    private JobState from = JobState.REQUESTED;

    /** The rows that follow leave this state; what is remembered stands behind it. */
    TableDraft in(JobState state) {
        if (!state.isDurable() && !anchors.containsKey(state)) {
            throw new ModelException(state + " is passing: say which remembered states stand behind it");
        }
        from = state;
        return this;
    }

    /** As {@link #in(JobState)}, for a passing state and the remembered states that may stand behind it. */
    TableDraft in(JobState passing, JobState... behind) {
        anchors.put(passing, EnumSet.copyOf(Arrays.asList(behind)));
        return in(passing);
    }

    /** The state waits for the answer to one of these effects. */
    TableDraft awaits(CopyEffect... effects) {
        awaited.put(from, EnumSet.copyOf(Arrays.asList(effects)));
        return this;
    }

    TableDraft on(Trigger trigger, Guard when, JobState to, CopyEffect effect, String because, Change... changes) {
        List<Change> all = new ArrayList<>();
        all.add(Facts.STATE.becomes(to));
        if (to.isDurable()) {
            all.add(Facts.JOURNAL.becomes(to));
        }
        all.addAll(Arrays.asList(changes));
        cells.add(new Cell.Row(from, trigger, when, to, all, Optional.ofNullable(effect), because));
        return this;
    }

    /** One row for each of two triggers that mean the same here. */
    TableDraft onEither(
            Trigger one, Trigger other, Guard when, JobState to, CopyEffect effect, String because, Change... changes) {
        return on(one, when, to, effect, because, changes).on(other, when, to, effect, because, changes);
    }

    /** Cells that several states have in common. */
    TableDraft with(UnaryOperator<TableDraft> cellsInCommon) {
        return cellsInCommon.apply(this);
    }

    /** The trigger changes facts, but the job stays where it is. */
    TableDraft stays(Trigger trigger, Guard when, String because, Change... changes) {
        List<Change> all = new ArrayList<>(List.of(Facts.STATE.becomes(from)));
        all.addAll(Arrays.asList(changes));
        cells.add(new Cell.Row(from, trigger, when, from, all, Optional.empty(), because));
        return this;
    }

    /** A new session: what happened in between is not known. */
    TableDraft onConnected(Guard when, JobState to, CopyEffect effect, String because, Change... changes) {
        List<Change> all = new ArrayList<>(List.of(Facts.ONLINE.becomes(true), Facts.GAP.becomes(true)));
        all.addAll(Arrays.asList(changes));
        return on(Trigger.CONNECTED, when, to, effect, because, all.toArray(Change[]::new));
    }

    /**
     * A lost monitor leads back to what is remembered, as a crash does: one row for each state that may stand behind.
     */
    TableDraft onLostGoBack() {
        Set<JobState> behind = anchors.getOrDefault(from, EnumSet.of(from));
        for (JobState anchor : behind) {
            Guard when = behind.size() == 1 ? Guard.ALWAYS : Facts.behind(anchor);
            on(
                    Trigger.MONITOR_LOST,
                    when,
                    anchor,
                    null,
                    "what is remembered is where evidence is collected from on return",
                    FORGOTTEN);
        }
        return this;
    }

    TableDraft refuse(Refusal refusal, Trigger... triggers) {
        return refuseWhen(Guard.ALWAYS, refusal, triggers);
    }

    TableDraft refuseWhen(Guard when, Refusal refusal, Trigger... triggers) {
        for (Trigger trigger : triggers) {
            cells.add(new Cell.Refuse(from, trigger, when, refusal));
        }
        return this;
    }

    TableDraft ignore(String because, Trigger... triggers) {
        return ignoreWhen(Guard.ALWAYS, because, triggers);
    }

    TableDraft ignoreWhen(Guard when, String because, Trigger... triggers) {
        for (Trigger trigger : triggers) {
            cells.add(new Cell.Ignore(from, trigger, when, because));
        }
        return this;
    }

    TableDraft impossible(String because, Trigger... triggers) {
        return impossibleWhen(Guard.ALWAYS, because, triggers);
    }

    TableDraft impossibleWhen(Guard when, String because, Trigger... triggers) {
        for (Trigger trigger : triggers) {
            cells.add(new Cell.Impossible(from, trigger, when, because));
        }
        return this;
    }

    /** The edge passes on only the answer to the effect that a state waits for: all others are impossible. */
    TableDraft otherAnswersAreImpossible() {
        for (JobState state : JobState.values()) {
            Set<Trigger> expected = EnumSet.noneOf(Trigger.class);
            awaited.getOrDefault(state, Set.of()).forEach(effect -> expected.addAll(effect.answers()));
            for (Trigger trigger : Trigger.values()) {
                if (trigger.kind() == Trigger.Kind.ANSWER && !expected.contains(trigger)) {
                    cells.add(new Cell.Impossible(
                            state,
                            trigger,
                            Guard.ALWAYS,
                            "nothing here waits for this answer, and others are dropped"));
                }
            }
        }
        return this;
    }

    TransitionTable table() {
        return TableCheck.sound(new TransitionTable(cells, anchors, awaited));
    }
}
