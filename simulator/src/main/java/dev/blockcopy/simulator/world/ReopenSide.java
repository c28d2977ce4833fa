package dev.blockcopy.simulator.world;

import static dev.blockcopy.model.Guard.all;
import static dev.blockcopy.model.Guard.not;

import dev.blockcopy.model.Change;
import dev.blockcopy.model.Guard;
import dev.blockcopy.model.Rule;
import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.qemufake.ReopenFailure;
import dev.blockcopy.qemufake.ReopenHeart;
import dev.blockcopy.qemufake.ReopenPlaces;
import dev.blockcopy.qemufake.ReopenPlaces.Verdict;
import dev.blockcopy.qemufake.ReopenStep;
import dev.blockcopy.simulator.world.Outside.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The reopen of the fake in a world: its rules as they are, begun by a command, and answered at the end. */
final class ReopenSide {
    /** QEMU reads no command while it reopens. */
    static final Guard IDLE = ReopenPlaces.NEXT.is(ReopenStep.NOTHING);

    private static final Guard MAY_BEGIN = Outside.COMMANDS.startsWith(CopyEffect.REOPEN);

    private static final Map<ReopenFailure, Fault> FAULTS = Map.of(
            ReopenFailure.CHECK, Fault.REFUSAL,
            ReopenFailure.OPEN_DESTINATION, Fault.OPEN_DESTINATION,
            ReopenFailure.OPEN_SOURCE, Fault.OPEN_SOURCE,
            ReopenFailure.WRITE_WITNESS, Fault.WITNESS);

    private final Voice voice;

    ReopenSide(Voice voice, Budgets budgets) {
        this.voice = voice;
        ReopenHeart.BEGINNINGS.forEach(this::begins);
        ReopenHeart.OWN.forEach((step, rules) -> {
            if (step == ReopenStep.ANSWER) {
                rules.forEach(this::answers);
            } else {
                rules.forEach(rule -> voice.own(rule, rule.when()));
            }
        });
        ReopenHeart.FAILURES.forEach((failure, rules) -> {
            Fault fault = FAULTS.get(failure);
            if (budgets.allows(fault)) {
                rules.forEach(rule -> voice.own(
                        new Rule(
                                rule.name(),
                                rule.when(),
                                with(rule.changes(), budgets.spend(fault)),
                                rule.effect(),
                                rule.because()),
                        all(rule.when(), budgets.isLeft(fault))));
            }
        });
    }

    private void begins(Rule rule) {
        voice.own(
                new Rule(
                        rule.name(),
                        rule.when(),
                        with(with(rule.changes(), Outside.COMMANDS.take()), Outside.WITNESS_HELD.becomes(false)),
                        rule.effect(),
                        rule.because()),
                all(rule.when(), MAY_BEGIN));
    }

    /** The guest may have written by now; whether the manager hears of it is another matter. */
    private void answers(Rule rule) {
        Guard switched = ReopenPlaces.VERDICT.is(Verdict.SWITCHED);
        says(rule, switched, Trigger.DONE);
        says(rule, not(switched), Trigger.REFUSED);
        voice.add(new Rule(
                rule.name() + ", unheard",
                all(Outside.OURS_LIVES, not(Outside.SESSION.is(Session.UP)), rule.when()),
                with(rule.changes(), ReopenPlaces.VERDICT.becomes(Verdict.OPEN)),
                Optional.empty(),
                rule.because()));
    }

    private void says(Rule rule, Guard when, Trigger reply) {
        List<Change> changes = with(rule.changes(), ReopenPlaces.VERDICT.becomes(Verdict.OPEN));
        voice.add(new Rule(
                rule.name() + ", " + reply,
                all(Outside.HEARD, rule.when(), when, Voice.room(1)),
                Voice.saying(changes, List.of(reply)),
                Optional.empty(),
                rule.because()));
    }

    private static List<Change> with(List<Change> changes, Change more) {
        List<Change> all = new ArrayList<>(changes);
        all.add(more);
        return all;
    }
}
