package dev.blockcopy.qemufake;

import dev.blockcopy.model.Rule;
import dev.blockcopy.model.Valuation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes rules of {@link ReopenHeart}: what each step needs of the host, and what it does to the graph. */
final class ReopenTurns {
    private ReopenTurns() {}

    /** Nothing but the reopen happens while one is under way: QEMU's main loop is in it. */
    static List<QemuMove> moves(QemuState q) {
        Reopen.Action action = q.reopen.current();
        Job job = q.job(action.device);
        if (enabled(action.beside(job), ReopenHeart.OWN.get(action.next())).isPresent()) {
            return List.of(new QemuMove.ReopenMove(action.next(), action.device));
        }
        List<QemuMove> moves = new ArrayList<>();
        for (JobStep step : JobStep.values()) {
            if (moves.isEmpty() && JobSteps.mayTake(q, job, step)) {
                moves.add(new QemuMove.JobMove(step, job.id()));
            }
        }
        return moves;
    }

    private static Optional<Rule> enabled(Valuation heart, List<Rule> rules) {
        return rules.stream().filter(rule -> heart.satisfies(rule.when())).findFirst();
    }

    /** The command has been understood, and nothing has happened yet. */
    static void begin(QemuState q, Reopen reopen) {
        q.reopen = reopen;
        q.descriptors.removeAll(reopen.witnesses());
        for (Reopen.Action action : reopen.actions) {
            turn(q, action, ReopenHeart.BEGINNINGS);
        }
    }

    private static void turn(QemuState q, Reopen.Action action, List<Rule> rules) {
        Job job = q.job(action.device);
        Valuation before = action.beside(job);
        Rule rule = enabled(before, rules).orElseThrow(() -> new IllegalStateException(action.device + ": " + before));
        action.heart = before.after(rule.changes());
        if (job != null) {
            action.lead(job);
        }
    }

    static HostWork work(QemuState q, QemuMove.ReopenMove move) {
        Reopen.Action action = q.reopen.of(move.disk());
        return switch (move.step()) {
            case CHECK ->
                new HostWork.Flush(q.graph.image(q.graph.backend(action.device).root()));
            case OPEN, PROVE -> plan(action).open(q);
            case TESTIFY -> new HostWork.Testify(q.reopen.witnesses());
            case FALL_BACK -> action.old.open(q);
            case NOTHING, CANCEL, CLOSE, DRAIN, SWITCH, ANSWER -> HostWork.NONE;
        };
    }

    static NodePlan plan(Reopen.Action action) {
        NodePlan file = NodePlan.file(action.newFile, NodeOptions.HIDDEN, null);
        return NodePlan.above(file, null, Driver.named(action.format), NodeOptions.HIDDEN, false);
    }

    static void take(QemuState q, QemuMove.ReopenMove move, HostResult result) {
        Reopen.Action action = q.reopen.of(move.disk());
        if (result instanceof HostResult.Failed || isUnknown(action, move.step())) {
            fail(q, action, failureOf(move.step()));
            return;
        }
        switch (move.step()) {
            case CLOSE -> q.graph.replace(backend(q, action), backend(q, action).on(""));
            case OPEN -> q.graph.replace(backend(q, action), backend(q, action).on(opened(q, plan(action), result)));
            case PROVE -> action.node = opened(q, plan(action), result);
            case FALL_BACK ->
                q.graph.replace(backend(q, action), backend(q, action).on(opened(q, action.old, result)));
            case SWITCH -> q.reopen.actions.forEach(each -> swap(q, each));
            case NOTHING, CANCEL, CHECK, DRAIN, TESTIFY, ANSWER -> {
                // Nothing of the graph.
            }
        }
        for (Reopen.Action each : together(q, move)) {
            turn(q, each, ReopenHeart.OWN.get(move.step()));
        }
        if (move.step() == ReopenStep.ANSWER) {
            answer(q);
        }
    }

    /** In a transaction the last three steps are one for all its disks. */
    private static List<Reopen.Action> together(QemuState q, QemuMove.ReopenMove move) {
        boolean isForAll = move.step() == ReopenStep.SWITCH
                || move.step() == ReopenStep.TESTIFY
                || move.step() == ReopenStep.ANSWER && q.reopen.failed() == null;
        return isForAll
                ? q.reopen.actions.stream()
                        .filter(each -> each.next() == move.step())
                        .toList()
                : List.of(q.reopen.of(move.disk()));
    }

    private static boolean isUnknown(Reopen.Action action, ReopenStep step) {
        return (step == ReopenStep.CHECK || step == ReopenStep.PROVE) && ReopenCommands.isUnknown(action);
    }

    private static ReopenFailure failureOf(ReopenStep step) {
        return switch (step) {
            case OPEN, PROVE -> ReopenFailure.OPEN_DESTINATION;
            case TESTIFY -> ReopenFailure.WRITE_WITNESS;
            case FALL_BACK -> ReopenFailure.OPEN_SOURCE;
            case NOTHING, CANCEL, CHECK, CLOSE, DRAIN, SWITCH, ANSWER -> ReopenFailure.CHECK;
        };
    }

    /** A new image that can't be proven by its witness is closed again. */
    static void fail(QemuState q, Reopen.Action action, ReopenFailure failure) {
        turn(q, action, ReopenHeart.FAILURES.get(failure));
        if (failure == ReopenFailure.WRITE_WITNESS && !action.heart.get(ReopenPlaces.ATOMIC)) {
            q.graph.replace(backend(q, action), backend(q, action).on(""));
        }
    }

    private static Backend backend(QemuState q, Reopen.Action action) {
        return q.graph.backend(action.device);
    }

    private static String opened(QemuState q, NodePlan plan, HostResult result) {
        return NodeCommands.opened(q, plan, result).name();
    }

    private static void swap(QemuState q, Reopen.Action action) {
        Job job = q.job(action.device);
        if (job != null) {
            JobTurns.leave(q, job);
        }
        q.graph.replace(backend(q, action), backend(q, action).on(action.node));
    }

    /** The error of 2012 says by the file that it names where the guest is. */
    private static void answer(QemuState q) {
        Reopen reopen = q.reopen;
        Reopen.Action failed = reopen.failed();
        q.reopen = null;
        if (!reopen.isWaitedFor(q.monitors.get(reopen.monitor))) {
            return;
        }
        if (failed == null) {
            Execution.answer(q, reopen.monitor, Map.of());
        } else {
            Refused refused = refusal(q, failed);
            Execution.refuse(q, reopen.monitor, refused.errorClass(), refused.getMessage());
        }
    }

    private static Refused refusal(QemuState q, Reopen.Action action) {
        if (ReopenCommands.isUnknown(action)) {
            return OldErrors.unknownFormat(q, action.format);
        }
        return switch (action.verdict()) {
            case IN_USE -> OldErrors.inUse(q, action.device);
            case FELL_BACK -> OldErrors.openFailed(q, action.newFile);
            case LOST ->
                OldErrors.openFailed(q, action.old.branches().get(0).plan().filename());
            case REFUSED ->
                action.heart.get(ReopenPlaces.ATOMIC) ? OldErrors.openFailed(q, action.newFile) : OldErrors.ioError(q);
            case OPEN, SWITCHED -> throw new IllegalStateException(action.device + ": " + action.heart);
        };
    }
}
