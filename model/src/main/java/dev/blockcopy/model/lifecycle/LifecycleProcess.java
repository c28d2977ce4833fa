package dev.blockcopy.model.lifecycle;

import static dev.blockcopy.model.Guard.all;

import dev.blockcopy.model.Change;
import dev.blockcopy.model.Fifo;
import dev.blockcopy.model.Layout;
import dev.blockcopy.model.Lifetime;
import dev.blockcopy.model.Place;
import dev.blockcopy.model.Process;
import dev.blockcopy.model.Rule;
import dev.blockcopy.model.Slot;
import dev.blockcopy.model.Type;
import dev.blockcopy.model.Valuation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table as a process of the language: every cell is a rule, and so a checker explores the very table that ships.
 *
 * <p>A step is two rules. The first takes a trigger and makes all facts what the row says, the journal among them, and
 * leaves the effect in the outbox; the second performs it. A crash between the two is a step of its own, and it loses
 * the effect but not the intention. (What a manager decided but did not commit dies with it unseen, so that deciding
 * and committing may be one rule.)
 *
 * <p>The edge is in here as far as the table relies on it: the inbox holds one trigger, the outbox is empty before the
 * next is taken, a newer effect makes the answer to an older one void, and so does the loss of the monitor.
 */
public final class LifecycleProcess {
    /** The trigger that is to be decided next. */
    public static final Fifo<Trigger> INBOX = new Fifo<>("inbox", Type.of(Trigger.class), Lifetime.VOLATILE, 1);

    /** The effect that is decided, durable where it must be, and not yet performed. */
    public static final Fifo<CopyEffect> OUTBOX = new Fifo<>("outbox", Type.of(CopyEffect.class), Lifetime.VOLATILE, 1);

    /** The effect that was performed last, as long as its answer is wanted. */
    public static final Fifo<CopyEffect> AWAITED =
            new Fifo<>("awaited", Type.of(CopyEffect.class), Lifetime.VOLATILE, 1);

    private static final List<Slot<?>> CHOSEN_AT_THE_START =
            List.of(Facts.WISH, Facts.DESTINATION, Facts.SWITCH, Facts.PAUSE);

    private final Process process;
    private final Map<String, Cell> cells = new LinkedHashMap<>();

    public LifecycleProcess(TransitionTable table) {
        List<Rule> rules = new ArrayList<>();
        for (Cell cell : table.cells()) {
            Rule rule = deciding(cell);
            cells.put(rule.name(), cell);
            rules.add(rule);
        }
        for (CopyEffect effect : CopyEffect.values()) {
            rules.add(performing(effect));
        }
        process = new Process("manager", places(), rules);
    }

    public Process process() {
        return process;
    }

    /** The cell behind a rule of the process; none behind the rules that perform effects. */
    public Optional<Cell> cellOf(Rule rule) {
        return Optional.ofNullable(cells.get(rule.name()));
    }

    /** Every job as it may be asked for, in a fixed order. */
    public static List<Valuation> beginnings(Layout layout) {
        List<Valuation> beginnings = List.of(layout.initial());
        for (Slot<?> slot : CHOSEN_AT_THE_START) {
            beginnings = multiplied(beginnings, slot);
        }
        return beginnings;
    }

    private static <V> List<Valuation> multiplied(List<Valuation> jobs, Slot<V> slot) {
        return jobs.stream()
                .flatMap(job -> slot.type().values().stream().map(value -> job.with(slot, value)))
                .toList();
    }

    /**
     * The death of the manager and its return: what was volatile is gone, the job stands where the journal says.
     *
     * @param meanwhile what it does to places outside of the manager, its sessions for instance
     */
    public static Rule crash(Change... meanwhile) {
        List<Change> changes = new ArrayList<>();
        changes.add(Facts.STATE.becomes(Facts.JOURNAL));
        for (Slot<?> slot : Facts.SLOTS) {
            if (slot.variable().lifetime() == Lifetime.VOLATILE && slot != Facts.STATE) {
                changes.add(forgotten(slot));
            }
        }
        changes.addAll(List.of(INBOX.clear(), OUTBOX.clear(), AWAITED.clear()));
        changes.addAll(List.of(meanwhile));
        return new Rule("crash", Facts.ALWAYS, changes, Optional.empty(), "a manager may die at any step");
    }

    private static <V> Change forgotten(Slot<V> slot) {
        return slot.becomes(slot.variable().initial());
    }

    private static List<Place> places() {
        List<Place> places = new ArrayList<>(Facts.LAYOUT.places());
        places.addAll(List.of(INBOX, OUTBOX, AWAITED));
        return places;
    }

    private static Rule deciding(Cell cell) {
        List<Change> changes = new ArrayList<>();
        changes.add(INBOX.take());
        if (cell.on() == Trigger.MONITOR_LOST) {
            changes.add(AWAITED.clear());
        }
        if (cell instanceof Cell.Row row) {
            changes.addAll(row.changes());
            row.effect().ifPresent(effect -> changes.addAll(List.of(AWAITED.clear(), OUTBOX.append(effect))));
        }
        return new Rule(
                cell.name(),
                all(INBOX.startsWith(cell.on()), Facts.STATE.is(cell.from()), OUTBOX.isEmpty(), cell.when()),
                changes,
                Optional.empty(),
                cell.because());
    }

    private static Rule performing(CopyEffect effect) {
        return new Rule(
                "perform " + effect,
                OUTBOX.startsWith(effect),
                List.of(OUTBOX.take(), AWAITED.append(effect)),
                Optional.of(effect),
                effect.meaning());
    }
}
