package dev.blockcopy.simulator.world;

import static dev.blockcopy.model.Guard.all;
import static dev.blockcopy.model.Guard.any;
import static dev.blockcopy.model.Guard.not;
import static dev.blockcopy.simulator.world.Outside.COMMANDS;
import static dev.blockcopy.simulator.world.Outside.LIFE;
import static dev.blockcopy.simulator.world.Outside.MESSAGES;
import static dev.blockcopy.simulator.world.Outside.SESSION;

import dev.blockcopy.model.Change;
import dev.blockcopy.model.Guard;
import dev.blockcopy.model.Rule;
import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.simulator.world.Outside.Life;
import dev.blockcopy.simulator.world.Outside.Session;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How QEMU speaks in a world: each rule in two forms, heard by the manager or not, and each answer behind its events. */
final class Voice {
    /** What an answer to a command is made of; the events come before the reply. */
    record Answer(CopyEffect command, String name, Guard when, Trigger reply, List<Trigger> before) {}

    /** Ours reads from our session; what was written to a lost session it may read as well. */
    private static final Guard OURS_READS =
            any(LIFE.is(Life.ALIVE), all(LIFE.is(Life.ELSEWHERE), not(SESSION.is(Session.UP))));

    private final Guard isFree;
    private final List<Rule> rules = new ArrayList<>();

    /** A QEMU that reads its next command where it is free to. */
    Voice(Guard isFree) {
        this.isFree = isFree;
    }

    List<Rule> rules() {
        return rules;
    }

    /** Two rules of one name get a number. */
    void add(Rule rule) {
        long others = rules.stream()
                .filter(other ->
                        other.name().equals(rule.name()) || other.name().startsWith(rule.name() + " #"))
                .count();
        String name = others == 0 ? rule.name() : rule.name() + " #" + (others + 1);
        rules.add(new Rule(name, rule.when(), rule.changes(), rule.effect(), rule.because()));
    }

    /** A step that QEMU takes by itself. */
    void own(Rule step, Guard when) {
        List<Change> changes = JobContent.withContent(step);
        List<Trigger> events = JobContent.eventsOf(step);
        if (events.isEmpty()) {
            add(new Rule(step.name(), all(Outside.OURS_LIVES, when), changes, Optional.empty(), step.because()));
            return;
        }
        add(new Rule(
                step.name(),
                all(Outside.HEARD, when, room(events.size())),
                saying(changes, events),
                Optional.empty(),
                step.because()));
        add(new Rule(
                step.name() + ", unheard",
                all(Outside.OURS_LIVES, not(Outside.HEARD), when),
                changes,
                Optional.empty(),
                step.because()));
    }

    static Guard room(int messages) {
        return messages > 1 ? MESSAGES.isEmpty() : not(MESSAGES.isFull());
    }

    static List<Change> saying(List<Change> changes, List<Trigger> messages) {
        List<Change> all = new ArrayList<>(changes);
        messages.forEach(message -> all.add(MESSAGES.append(message)));
        return all;
    }

    void does(CopyEffect command, Guard when, Change... changes) {
        answer(new Answer(command, command + ": done", when, Trigger.DONE, List.of()), Arrays.asList(changes));
    }

    void says(CopyEffect command, Guard when, Trigger reply) {
        answer(new Answer(command, command + ": " + reply, when, reply, List.of()), List.of());
    }

    /** QEMU can't take it away, and the report lists it. */
    void leaves(CopyEffect command, Guard when) {
        answer(
                new Answer(command, command + ": in use", when, Trigger.REFUSED, List.of()),
                List.of(History.LEFT_OVER.becomes(true)));
    }

    void answer(Answer answer, List<Change> changes) {
        List<Trigger> messages = new ArrayList<>(answer.before());
        messages.add(answer.reply());
        List<Change> taking = new ArrayList<>(changes);
        taking.add(COMMANDS.take());
        String because = answer.command().meaning();
        Guard when = all(OURS_READS, isFree, COMMANDS.startsWith(answer.command()), answer.when());
        add(new Rule(
                answer.name(),
                all(when, Outside.HEARD, room(messages.size())),
                saying(taking, messages),
                Optional.empty(),
                because));
        add(new Rule(
                answer.name() + ", unheard",
                all(when, not(SESSION.is(Session.UP))),
                taking,
                Optional.empty(),
                because));
    }
}
