package dev.blockcopy.simulator.world;

import dev.blockcopy.model.Composition.Move;
import dev.blockcopy.model.Rule;
import dev.blockcopy.model.Slot;
import dev.blockcopy.model.Valuation;
import dev.blockcopy.model.lifecycle.Cell;
import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.LifecycleProcess;
import dev.blockcopy.model.lifecycle.TransitionTable;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.qemufake.JobFailure;
import dev.blockcopy.qemufake.JobHeart;
import dev.blockcopy.qemufake.ReopenFailure;
import dev.blockcopy.qemufake.ReopenHeart;
import dev.blockcopy.qemufake.ReopenStep;
import dev.blockcopy.simulator.check.Question;
import dev.blockcopy.simulator.check.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run as something to be carried out elsewhere, step by step.
 *
 * @param inquiry in which world it was found
 * @param table what the manager of that world decides by
 * @param job the facts that the job begins with
 * @param beginning how everything stands at first
 * @param deeds the steps in their order
 */
public record Script(Inquiry inquiry, TransitionTable table, Valuation job, Standing beginning, List<Deed> deeds) {
    public Script {
        deeds = List.copyOf(deeds);
    }

    /** The run of an answer. */
    public static Script of(Answer answer, Trace trace) {
        return of(answer.inquiry(), answer.world(), answer.question(), trace);
    }

    /** A run that was found before, in the world of today's table. */
    public static Script of(TraceFile file) {
        CopyWorld world = file.inquiry().world(VariantTable.of(file.inquiry().variant()));
        Question question = world.question(Guarantees.SAFETY);
        return of(file.inquiry(), world, question, file.trace(question));
    }

    private static Script of(Inquiry inquiry, CopyWorld world, Question question, Trace trace) {
        List<Valuation> states = trace.replay(question);
        List<Move> moves = trace.moves(question.world());
        List<Deed> deeds = new ArrayList<>();
        for (int i = 0; i < moves.size(); i++) {
            deeds.add(deed(world, moves.get(i), states.get(i), states.get(i + 1)));
        }
        Valuation begun = states.get(0);
        Valuation job = Facts.LAYOUT.initial();
        for (Slot<?> slot : Facts.SLOTS) {
            job = copied(job, begun, slot);
        }
        return new Script(inquiry, world.table(), job, Standing.of(begun), deeds);
    }

    private static <V> Valuation copied(Valuation to, Valuation from, Slot<V> slot) {
        return to.with(slot, from.get(slot));
    }

    private static Deed deed(CopyWorld world, Move move, Valuation before, Valuation after) {
        Rule rule = move.rule();
        Optional<Cell> cell = world.cellOf(rule);
        Optional<ReopenStep> step = reopenStep(rule);
        Deed.Kind kind = kind(move, cell, step, before, after);
        return new Deed(
                kind,
                move.toString(),
                before.get(Facts.STATE),
                cell.map(Cell::on).orElse(null),
                effect(kind, rule, before),
                step.orElse(null),
                cell.filter(Cell.Ignore.class::isInstance).isPresent(),
                !after.messages(LifecycleProcess.OUTBOX).isEmpty(),
                Standing.of(after));
    }

    private static CopyEffect effect(Deed.Kind kind, Rule rule, Valuation before) {
        return switch (kind) {
            case PERFORMS -> (CopyEffect) rule.effect().orElseThrow();
            case ANSWERS -> before.messages(Outside.COMMANDS).get(0);
            default -> null;
        };
    }

    private static Deed.Kind kind(
            Move move, Optional<Cell> cell, Optional<ReopenStep> step, Valuation before, Valuation after) {
        Rule rule = move.rule();
        return switch (move.process().name()) {
            case "manager" -> ofManager(rule, cell, before);
            case "guest" -> Deed.Kind.GUEST_WRITES;
            case "qemu" -> ofQemu(rule, step, before, after);
            case "others" -> rule.name().startsWith("pause") ? Deed.Kind.OTHERS_STOP : Deed.Kind.OTHERS_RESUME;
            default ->
                switch (rule.name()) {
                    case "the manager is killed" -> Deed.Kind.MANAGER_DIES;
                    case "the monitor is cut" -> Deed.Kind.CUT;
                    case "QEMU is killed" -> Deed.Kind.QEMU_DIES;
                    default -> Deed.Kind.OTHER;
                };
        };
    }

    private static Deed.Kind ofManager(Rule rule, Optional<Cell> cell, Valuation before) {
        if (cell.isPresent()) {
            return Deed.Kind.HEARS;
        }
        if (rule.effect().isPresent()) {
            return Deed.Kind.PERFORMS;
        }
        List<Trigger> messages = before.messages(Outside.MESSAGES);
        if (rule.name().equals(Doors.LISTENS_NO_MORE)) {
            return Deed.Kind.LISTENS_NO_MORE;
        }
        if (messages.isEmpty() || rule.name().equals(Writing.WRITES)) {
            return Deed.Kind.WRITES_DOWN;
        }
        return messages.get(0).kind() == Trigger.Kind.ANSWER ? Deed.Kind.DROPS_REPLY : Deed.Kind.DROPS_NEWS;
    }

    private static Deed.Kind ofQemu(Rule rule, Optional<ReopenStep> step, Valuation before, Valuation after) {
        int taken = before.messages(Outside.COMMANDS).size()
                - after.messages(Outside.COMMANDS).size();
        if (rule.name().equals(QemuSide.DROPS_COMMANDS)) {
            return Deed.Kind.DROPS_COMMANDS;
        }
        if (taken == 1) {
            return Deed.Kind.ANSWERS;
        }
        if (step.isPresent()) {
            return Deed.Kind.REOPEN_STEP;
        }
        return failure(rule);
    }

    private static Deed.Kind failure(Rule rule) {
        if (isOneOf(rule, ReopenHeart.FAILURES.get(ReopenFailure.OPEN_DESTINATION))) {
            return Deed.Kind.DESTINATION_UNOPENED;
        }
        if (isOneOf(rule, ReopenHeart.FAILURES.get(ReopenFailure.OPEN_SOURCE))) {
            return Deed.Kind.SOURCE_UNOPENED;
        }
        if (isOneOf(rule, JobHeart.FAILURES.get(JobFailure.REPORTED))) {
            return Deed.Kind.IO_ERROR;
        }
        boolean isOwn = JobHeart.OWN.values().stream().anyMatch(rules -> isOneOf(rule, rules));
        return isOwn ? Deed.Kind.JOB_STEP : Deed.Kind.OTHER;
    }

    private static Optional<ReopenStep> reopenStep(Rule rule) {
        return ReopenHeart.OWN.entrySet().stream()
                .filter(entry -> isOneOf(rule, entry.getValue()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** A world says the rules of the fake in several forms, each with something behind the name. */
    private static boolean isOneOf(Rule rule, List<Rule> hearts) {
        return hearts.stream()
                .anyMatch(heart -> rule.name().equals(heart.name())
                        || rule.name().startsWith(heart.name() + ", ")
                        || rule.name().startsWith(heart.name() + " #"));
    }
}
