package dev.blockcopy.model.lifecycle;

import static dev.blockcopy.model.Guard.all;
import static dev.blockcopy.model.lifecycle.LifecycleProcess.AWAITED;
import static dev.blockcopy.model.lifecycle.LifecycleProcess.INBOX;

import dev.blockcopy.model.Change;
import dev.blockcopy.model.Guard;
import dev.blockcopy.model.Lifetime;
import dev.blockcopy.model.Process;
import dev.blockcopy.model.Reads;
import dev.blockcopy.model.Rule;
import dev.blockcopy.model.Slot;
import dev.blockcopy.model.Type;
import dev.blockcopy.model.Variable;
import dev.blockcopy.model.lifecycle.Facts.Others;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything around a manager, knowing nothing: any answer that an effect may have, any news at any time while the
 * monitor is up, any request, the monitor lost and back, QEMU gone or another, the manager killed, and the domain's other
 * jobs as they like.
 */
final class ToyOutside {
    /** Whether there is a session, and whether the job was begun by this process. */
    enum Session {
        NEVER,
        UP,
        LOST
    }

    static final Slot<Session> SESSION =
            Variable.of("session", Type.of(Session.class), Lifetime.OUTSIDE, Session.NEVER);

    private static final Guard ROOM = INBOX.isEmpty();

    private ToyOutside() {}

    static Process process() {
        List<Rule> rules = new ArrayList<>();
        for (Trigger trigger : Trigger.values()) {
            switch (trigger.kind()) {
                case REQUEST -> rules.addAll(trigger == Trigger.START ? start() : tell(trigger, ROOM));
                case MONITOR -> rules.addAll(monitor(trigger));
                case NEWS -> rules.addAll(tell(trigger, news(trigger)));
                case ANSWER -> {}
            }
        }
        for (CopyEffect effect : CopyEffect.values()) {
            for (Trigger answer : Trigger.values()) {
                if (effect.answers().contains(answer)) {
                    rules.addAll(answer(effect, answer));
                }
            }
        }
        rules.add(LifecycleProcess.crash(SESSION.becomes(Session.LOST)));
        return new Process("outside", List.of(SESSION.variable(), INBOX, AWAITED), rules);
    }

    private static Guard news(Trigger trigger) {
        return switch (trigger) {
            case DEADLINE -> ROOM;
            case PENDING -> all(ROOM, SESSION.is(Session.UP), Facts.PENDING_FIRST);
            default -> all(ROOM, SESSION.is(Session.UP));
        };
    }

    private static List<Rule> start() {
        return tell(Trigger.START, all(ROOM, SESSION.is(Session.NEVER)), SESSION.becomes(Session.UP));
    }

    private static List<Rule> monitor(Trigger trigger) {
        return switch (trigger) {
            case CONNECTED -> tell(trigger, all(ROOM, SESSION.is(Session.LOST)), SESSION.becomes(Session.UP));
            case MONITOR_LOST -> tell(trigger, all(ROOM, SESSION.is(Session.UP)), SESSION.becomes(Session.LOST));
            default -> tell(trigger, all(ROOM, SESSION.is(Session.LOST)));
        };
    }

    private static List<Rule> answer(CopyEffect effect, Trigger answer) {
        return telling(answer + " to " + effect, answer, all(AWAITED.startsWith(effect), ROOM), AWAITED.take());
    }

    private static List<Rule> tell(Trigger trigger, Guard when, Change... changes) {
        return telling("tell " + trigger, trigger, when, changes);
    }

    /** One rule, or one for each thing that the domain's other jobs may do, where the table asks for that. */
    private static List<Rule> telling(String name, Trigger trigger, Guard when, Change... changes) {
        boolean isAsked = Lifecycle.TABLE.cells().stream()
                .filter(cell -> cell.on() == trigger)
                .anyMatch(cell -> Reads.of(cell.when()).contains(Facts.OTHERS));
        List<Rule> rules = new ArrayList<>();
        for (Others others : isAsked ? Others.values() : new Others[] {Others.NONE}) {
            List<Change> all = new ArrayList<>(List.of(changes));
            all.add(INBOX.append(trigger));
            all.add(Facts.OTHERS.becomes(others));
            String suffix = others == Others.NONE ? "" : ", others " + others;
            rules.add(new Rule(name + suffix, when, all, Optional.empty(), trigger.meaning()));
        }
        return rules;
    }
}
