package dev.blockcopy.simulator.world;

import static dev.blockcopy.model.Guard.all;
import static dev.blockcopy.model.Guard.any;
import static dev.blockcopy.model.Guard.not;
import static dev.blockcopy.model.lifecycle.LifecycleProcess.AWAITED;
import static dev.blockcopy.model.lifecycle.LifecycleProcess.INBOX;
import static dev.blockcopy.model.lifecycle.LifecycleProcess.OUTBOX;
import static dev.blockcopy.simulator.world.Outside.COMMANDS;
import static dev.blockcopy.simulator.world.Outside.SESSION;
import static dev.blockcopy.simulator.world.Outside.UNANSWERED;

import dev.blockcopy.model.Change;
import dev.blockcopy.model.Guard;
import dev.blockcopy.model.Lifetime;
import dev.blockcopy.model.Place;
import dev.blockcopy.model.Process;
import dev.blockcopy.model.Rule;
import dev.blockcopy.model.Term;
import dev.blockcopy.model.lifecycle.Cell;
import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.LifecycleProcess;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.simulator.world.Outside.Session;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The manager of a world: the process of the table, with its inbox fed by the monitor and its outbox emptied into it.
 *
 * <p>A trigger is taken from where it comes from in the step that decides it, and an effect is performed in the step
 * that decided it where nothing durable changed in between: a crash there is the same as a crash before. Everything
 * else is a step of its own.
 */
final class ManagerSide {
    static final String UNHEARD = ", unheard";

    private static final Change SENT = UNANSWERED.becomes(Term.sum(UNANSWERED, 1));
    private static final Change ANSWERED = UNANSWERED.becomes(0);

    private final Variant variant;
    private final Budgets budgets;
    private final Doors doors;
    private final Map<String, Cell> cells = new LinkedHashMap<>();
    private final Map<CopyEffect, Rule> performing = new LinkedHashMap<>();
    private final List<Rule> rules = new ArrayList<>();

    ManagerSide(Variant variant, Mutant mutant, Doors doors, Budgets budgets, boolean isAlone) {
        this.variant = variant;
        this.budgets = budgets;
        this.doors = doors;
        LifecycleProcess life = new LifecycleProcess(mutant.table());
        for (Rule rule : life.process().rules()) {
            rule.effect().ifPresent(effect -> performing.put((CopyEffect) effect, rule));
        }
        for (Rule rule : life.process().rules()) {
            life.cellOf(rule).ifPresent(cell -> decide(rule, cell));
            if (mutant.isHasty()
                    && life.cellOf(rule).filter(mutant.cell()::equals).isPresent()) {
                performFirst(rule, (Cell.Row) mutant.cell(), isAlone);
            }
        }
        performing.values().forEach(this::perform);
        rules.add(doors.dropsStaleReply());
        rules.add(doors.dropsNewsOfAnotherTime());
        rules.add(doors.listensNoMore());
        if (variant.journal() == Variant.Journal.AFTER_REPLY) {
            rules.add(Writing.writes());
        }
    }

    Process process() {
        return new Process("manager", places(), rules);
    }

    static List<Place> places() {
        Set<Place> places = new LinkedHashSet<>(Facts.LAYOUT.places());
        places.addAll(List.of(OUTBOX, AWAITED));
        places.addAll(Outside.PLACES);
        places.addAll(History.PLACES);
        places.add(Writing.WRITTEN.variable());
        return List.copyOf(places);
    }

    /** The cell that a rule of the process decides. */
    Optional<Cell> cellOf(String rule) {
        return Optional.ofNullable(cells.get(rule));
    }

    private void decide(Rule rule, Cell cell) {
        for (Doors.Door door : doors.of(cell)) {
            Guard when = all(door.when(), withoutInbox(rule.when()));
            List<Change> changes = new ArrayList<>(door.changes());
            rule.changes().stream().filter(change -> change.place() != INBOX).forEach(changes::add);
            changes.addAll(notes(cell));
            changes.addAll(Writing.notes(variant, cell));
            String name = cell.name() + door.name();
            Optional<CopyEffect> effect = effectOf(cell);
            if (effect.isPresent() && !isDurable(cell) && !isGreeting(door)) {
                for (Rule perform : performances(performing.get(effect.get()))) {
                    decideAndPerform(name, when, changes, perform, cell);
                }
            } else {
                add(cell, new Rule(name, when, changes, Optional.empty(), cell.because()));
            }
        }
    }

    /**
     * The effect goes out before the row is in the journal, and the manager dies between the two. (Without a death there the
     * order makes no difference, and whoever acts before the death could as well act after it.)
     */
    private void performFirst(Rule rule, Cell.Row row, boolean isAlone) {
        if (!isAlone || !budgets.allows(Fault.MANAGER)) {
            return;
        }
        CopyEffect effect = row.effect().orElseThrow();
        List<Change> changes = new ArrayList<>(new Surroundings(variant, budgets, true).managerDies());
        if (FileWork.isOnFiles(effect)) {
            changes.addAll(FileWork.done(variant, effect));
        } else {
            changes.add(COMMANDS.append(effect));
            changes.addAll(sendNotes(effect));
        }
        for (Doors.Door door : doors.of(row)) {
            Guard room =
                    FileWork.isOnFiles(effect) ? Guard.ALWAYS : all(SESSION.is(Session.UP), not(COMMANDS.isFull()));
            Guard when = all(door.when(), withoutInbox(rule.when()), room, budgets.isLeft(Fault.MANAGER));
            rules.add(new Rule(
                    row.name() + door.name() + ", its effect first, and the manager is killed",
                    when,
                    changes,
                    Optional.empty(),
                    "the journal was to be written next"));
        }
    }

    private void add(Cell cell, Rule rule) {
        cells.put(rule.name(), cell);
        rules.add(rule);
    }

    private void decideAndPerform(String name, Guard when, List<Change> decided, Rule perform, Cell cell) {
        List<Change> changes = new ArrayList<>();
        decided.stream().filter(change -> change.place() != OUTBOX).forEach(changes::add);
        perform.changes().stream().filter(change -> change.place() != OUTBOX).forEach(changes::add);
        boolean isNextInTurn = changes.containsAll(List.of(ANSWERED, SENT));
        if (isNextInTurn) {
            changes.removeAll(List.of(ANSWERED, SENT));
        }
        String suffix = perform.name().endsWith(UNHEARD) ? UNHEARD : "";
        add(
                cell,
                new Rule(
                        name + suffix,
                        all(when, withoutOutbox(perform.when())),
                        changes,
                        perform.effect(),
                        cell.because()));
    }

    private static Guard withoutInbox(Guard guard) {
        return without(guard, "inbox");
    }

    private static Guard withoutOutbox(Guard guard) {
        return without(guard, "outbox");
    }

    private static Guard without(Guard guard, String queue) {
        return new Guard.All(((Guard.All) guard)
                .parts().stream().filter(part -> !speaksOf(part, queue)).toList());
    }

    private static boolean speaksOf(Guard part, String queue) {
        return part instanceof Guard.All all
                && all.parts().stream()
                        .anyMatch(one -> one instanceof Guard.Same<?> same
                                && same.left() instanceof Term.Head<?> head
                                && head.fifo().name().equals(queue));
    }

    private static Optional<CopyEffect> effectOf(Cell cell) {
        return cell instanceof Cell.Row row ? row.effect() : Optional.empty();
    }

    /** With a session that is new, the effect is a step of its own. */
    private static boolean isGreeting(Doors.Door door) {
        return door.changes().stream().anyMatch(change -> change.place() == Outside.SESSION.variable());
    }

    /** Whether anything that the journal keeps may change. */
    private static boolean isDurable(Cell cell) {
        return cell instanceof Cell.Row row
                && row.changes().stream().anyMatch(change -> change.place().lifetime() == Lifetime.DURABLE);
    }

    private static List<Change> notes(Cell cell) {
        List<Change> notes = new ArrayList<>();
        if (cell instanceof Cell.Impossible) {
            notes.add(History.IMPOSSIBLE.becomes(true));
        }
        if (cell.on().kind() == Trigger.Kind.REQUEST && !(cell instanceof Cell.Impossible)) {
            notes.add(History.noting(History.IMPOSSIBLE, Heeding.isMissing(cell)));
        }
        if (cell instanceof Cell.Row row && row.to().isTerminal()) {
            notes.add(History.ENDED.becomes(true));
        }
        return notes;
    }

    private void perform(Rule rule) {
        rules.addAll(performances(rule));
    }

    /** An effect on files is done at once; a command is written to the monitor, or to nobody. */
    private List<Rule> performances(Rule rule) {
        CopyEffect effect = (CopyEffect) rule.effect().orElseThrow();
        Guard when = rule.when();
        if (FileWork.isOnFiles(effect)) {
            return List.of(with(rule, "", all(when), FileWork.done(variant, effect)));
        }
        List<Change> sent = new ArrayList<>(List.of(COMMANDS.append(effect), SENT));
        sent.addAll(sendNotes(effect));
        if (effect == CopyEffect.MIRROR && variant.endsAreHeard()) {
            sent.add(Outside.END_HEARD.becomes(Facts.End.NONE));
        }
        return List.of(
                with(rule, "", all(when, SESSION.is(Session.UP), not(COMMANDS.isFull())), sent),
                with(rule, UNHEARD, all(when, not(SESSION.is(Session.UP))), List.of()));
    }

    private static List<Change> sendNotes(CopyEffect effect) {
        return switch (effect) {
            case COMPLETE, REOPEN ->
                List.of(History.noting(
                        History.EARLY_PIVOT, any(History.EVER_READY.is(false), History.CANCEL_SENT.is(true))));
            case CANCEL_SOFTLY, CANCEL_BY_FORCE -> List.of(History.CANCEL_SENT.becomes(true));
            default -> List.of();
        };
    }

    private static Rule with(Rule rule, String suffix, Guard when, List<Change> more) {
        List<Change> changes = new ArrayList<>(rule.changes());
        changes.addAll(more);
        return new Rule(rule.name() + suffix, when, changes, rule.effect(), rule.because());
    }
}
