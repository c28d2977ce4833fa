package dev.blockcopy.model.lifecycle;

import static dev.blockcopy.model.Guard.all;
import static dev.blockcopy.model.lifecycle.LifecycleProcess.AWAITED;
import static dev.blockcopy.model.lifecycle.LifecycleProcess.INBOX;

import dev.blockcopy.model.Change;
import dev.blockcopy.model.Guard;
import dev.blockcopy.model.Lifetime;
import dev.blockcopy.model.Process;
import dev.blockcopy.model.Rule;
import dev.blockcopy.model.Slot;
import dev.blockcopy.model.Type;
import dev.blockcopy.model.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything around a manager, knowing nothing: any answer that an effect may have, any news at any time while the
 * monitor is up, any request, the monitor lost and back, QEMU gone or another, the manager killed.
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
                case REQUEST -> rules.add(trigger == Trigger.START ? start() : tell(trigger, ROOM));
                case MONITOR -> rules.add(monitor(trigger));
                case NEWS -> rules.add(tell(trigger, news(trigger)));
                case ANSWER -> {}
            }
        }
        for (CopyEffect effect : CopyEffect.values()) {
            for (Trigger answer : Trigger.values()) {
                if (effect.answers().contains(answer)) {
                    rules.add(answer(effect, answer));
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

    private static Rule start() {
        return tell(Trigger.START, all(ROOM, SESSION.is(Session.NEVER)), SESSION.becomes(Session.UP));
    }

    private static Rule monitor(Trigger trigger) {
        return switch (trigger) {
            case CONNECTED -> tell(trigger, all(ROOM, SESSION.is(Session.LOST)), SESSION.becomes(Session.UP));
            case MONITOR_LOST -> tell(trigger, all(ROOM, SESSION.is(Session.UP)), SESSION.becomes(Session.LOST));
            default -> tell(trigger, all(ROOM, SESSION.is(Session.LOST)));
        };
    }

    private static Rule answer(CopyEffect effect, Trigger answer) {
        return new Rule(
                answer + " to " + effect,
                all(AWAITED.startsWith(effect), ROOM),
                List.of(AWAITED.take(), INBOX.append(answer)),
                Optional.empty(),
                answer.meaning());
    }

    private static Rule tell(Trigger trigger, Guard when, Change... changes) {
        List<Change> all = new ArrayList<>(List.of(changes));
        all.add(INBOX.append(trigger));
        return new Rule("tell " + trigger, when, all, Optional.empty(), trigger.meaning());
    }
}
