package dev.blockcopy.simulator.world;

import static dev.blockcopy.model.Guard.all;
import static dev.blockcopy.model.Guard.any;
import static dev.blockcopy.model.Guard.not;
import static dev.blockcopy.qemufake.JobPlaces.ASKED;
import static dev.blockcopy.qemufake.JobPlaces.BEHIND;
import static dev.blockcopy.qemufake.JobPlaces.FAILED;
import static dev.blockcopy.qemufake.JobPlaces.GUEST_ON;
import static dev.blockcopy.qemufake.JobPlaces.MIRRORS;
import static dev.blockcopy.qemufake.JobPlaces.STARTED;
import static dev.blockcopy.qemufake.JobPlaces.STATUS;
import static dev.blockcopy.simulator.world.Outside.BARE;
import static dev.blockcopy.simulator.world.Outside.COMMANDS;
import static dev.blockcopy.simulator.world.Outside.GUEST;
import static dev.blockcopy.simulator.world.Outside.LIFE;
import static dev.blockcopy.simulator.world.Outside.MESSAGES;
import static dev.blockcopy.simulator.world.Outside.NODE;
import static dev.blockcopy.simulator.world.Outside.SESSION;

import dev.blockcopy.model.Change;
import dev.blockcopy.model.Guard;
import dev.blockcopy.model.Process;
import dev.blockcopy.model.Rule;
import dev.blockcopy.model.Term;
import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.model.qmp.JobStatus;
import dev.blockcopy.qemufake.JobHeart;
import dev.blockcopy.qemufake.JobPlaces.Asked;
import dev.blockcopy.qemufake.JobPlaces.Side;
import dev.blockcopy.qemufake.JobReply;
import dev.blockcopy.qemufake.JobRequest;
import dev.blockcopy.simulator.world.Outside.Life;
import dev.blockcopy.simulator.world.Outside.Run;
import dev.blockcopy.simulator.world.Outside.Session;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** QEMU in a world: the rules of the fake's job as they are, and around them the commands, the nodes and the guest's pause. */
final class QemuSide {
    /** What an answer to a command is made of. */
    private record Answer(CopyEffect command, String name, Guard when, Trigger reply, List<Trigger> before) {}

    private static final Guard JOB_GONE = STATUS.is(JobStatus.NULL);
    private static final Guard JOB_OVER = STATUS.isOneOf(List.of(JobStatus.CONCLUDED, JobStatus.NULL));
    private static final Guard CONCLUDED = STATUS.is(JobStatus.CONCLUDED);

    /** Ours reads from our session; what was written to a lost session it may read as well. */
    private static final Guard OURS_READS =
            any(LIFE.is(Life.ALIVE), all(LIFE.is(Life.ELSEWHERE), not(SESSION.is(Session.UP))));

    private final Budgets budgets;
    private final List<Rule> rules = new ArrayList<>();

    QemuSide(Budgets budgets) {
        this.budgets = budgets;
        JobHeart.OWN.values().forEach(steps -> steps.forEach(step -> own(step, step.when())));
        verbs();
        nodes();
        jobs();
        guest();
        looks();
        stranger();
        refusals();
        add(new Rule(
                "drops what an old session wrote",
                all(not(SESSION.is(Session.UP)), not(COMMANDS.isEmpty())),
                List.of(COMMANDS.clear()),
                Optional.empty(),
                "of a closed session any suffix of unread commands is lost"));
    }

    Process process() {
        return new Process("qemu", List.of(), rules);
    }

    /** Two rules of one name get a number. */
    private void add(Rule rule) {
        long others = rules.stream()
                .filter(other ->
                        other.name().equals(rule.name()) || other.name().startsWith(rule.name() + " #"))
                .count();
        String name = others == 0 ? rule.name() : rule.name() + " #" + (others + 1);
        rules.add(new Rule(name, rule.when(), rule.changes(), rule.effect(), rule.because()));
    }

    // ---- what jobs do

    private void own(Rule step, Guard when) {
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

    private static Guard room(int messages) {
        return messages > 1 ? MESSAGES.isEmpty() : not(MESSAGES.isFull());
    }

    private static List<Change> saying(List<Change> changes, List<Trigger> messages) {
        List<Change> all = new ArrayList<>(changes);
        messages.forEach(message -> all.add(MESSAGES.append(message)));
        return all;
    }

    private void verbs() {
        verb(CopyEffect.COMPLETE, JobRequest.COMPLETE);
        verb(CopyEffect.CANCEL_SOFTLY, JobRequest.CANCEL);
        verb(CopyEffect.CANCEL_BY_FORCE, JobRequest.FORCE);
        verb(CopyEffect.DISMISS, JobRequest.DISMISS);
        verb(CopyEffect.DISMISS_FORMAT, JobRequest.DISMISS);
    }

    private void verb(CopyEffect command, JobRequest request) {
        for (JobHeart.Answer answer : JobHeart.ANSWERS.get(request)) {
            Rule rule = answer.rule();
            boolean isDone = answer.reply() == JobReply.DONE;
            List<Change> changes =
                    new ArrayList<>(request == JobRequest.DISMISS ? rule.changes() : JobContent.withContent(rule));
            if (!isDone && request != JobRequest.DISMISS) {
                changes.add(History.CANCEL_SENT.becomes(false));
            }
            Guard when = request == JobRequest.DISMISS ? all(not(JOB_GONE), ours(command), rule.when()) : rule.when();
            answer(
                    new Answer(
                            command,
                            command + rule.name().substring(rule.name().indexOf(':')),
                            when,
                            isDone ? Trigger.DONE : Trigger.REFUSED,
                            JobContent.eventsOf(rule)),
                    changes);
        }
        if (request == JobRequest.DISMISS) {
            says(command, any(JOB_GONE, not(ours(command))), Trigger.DONE);
        }
    }

    /** The mirror and the job that formats have different ids. */
    private static Guard ours(CopyEffect dismissal) {
        return MIRRORS.is(dismissal == CopyEffect.DISMISS);
    }

    // ---- nodes and new jobs

    private void nodes() {
        does(CopyEffect.ATTACH, NODE.is(false), NODE.becomes(true));
        says(CopyEffect.ATTACH, NODE.is(true), Trigger.REFUSED);
        Guard inUse = any(all(MIRRORS.is(true), not(JOB_OVER)), GUEST_ON.is(Side.TARGET));
        does(CopyEffect.DETACH, all(NODE.is(true), not(inUse)), NODE.becomes(false));
        says(CopyEffect.DETACH, NODE.is(false), Trigger.DONE);
        leaves(CopyEffect.DETACH, all(NODE.is(true), inUse));
        does(CopyEffect.OPEN_FILE, BARE.is(false), BARE.becomes(true));
        says(CopyEffect.OPEN_FILE, BARE.is(true), Trigger.REFUSED);
        Guard formats = all(MIRRORS.is(false), not(JOB_OVER));
        does(CopyEffect.CLOSE_FILE, all(BARE.is(true), not(formats)), BARE.becomes(false));
        says(CopyEffect.CLOSE_FILE, BARE.is(false), Trigger.DONE);
        leaves(CopyEffect.CLOSE_FILE, all(BARE.is(true), formats));
    }

    private void jobs() {
        Change[] format = newJob(false, JobStatus.RUNNING);
        Guard canFormat = all(BARE.is(true), JOB_GONE);
        does(CopyEffect.FORMAT, canFormat, format);
        answer(
                new Answer(CopyEffect.FORMAT, "FORMAT at once", canFormat, Trigger.DONE, List.of(Trigger.ENDED)),
                List.of(newJob(false, JobStatus.CONCLUDED)));
        says(CopyEffect.FORMAT, not(canFormat), Trigger.REFUSED);
        Guard canMirror = all(NODE.is(true), JOB_GONE);
        does(CopyEffect.MIRROR, canMirror, newJob(true, JobStatus.RUNNING));
        List<Change> ready = new ArrayList<>(List.of(newJob(true, JobStatus.READY)));
        ready.removeIf(change -> change.equals(BEHIND.becomes(true)) || change.equals(STARTED.becomes(false)));
        ready.addAll(List.of(
                BEHIND.becomes(false),
                STARTED.becomes(true),
                Outside.DESTINATION_LACKS.becomes(false),
                History.EVER_READY.becomes(true)));
        answer(
                new Answer(
                        CopyEffect.MIRROR, "MIRROR of an empty disk", canMirror, Trigger.DONE, List.of(Trigger.READY)),
                ready);
        says(CopyEffect.MIRROR, not(canMirror), Trigger.REFUSED);
    }

    private static Change[] newJob(boolean mirrors, JobStatus status) {
        return new Change[] {
            STATUS.becomes(status),
            MIRRORS.becomes(mirrors),
            STARTED.becomes(false),
            BEHIND.becomes(true),
            FAILED.becomes(false),
            ASKED.becomes(Asked.NOTHING)
        };
    }

    // ---- the guest's pause

    private void guest() {
        Guard drains = all(STATUS.is(JobStatus.READY), MIRRORS.is(true));
        Change pause =
                GUEST.becomes(Term.choose(GUEST.is(Run.RUNS), Term.constant(GUEST.type(), Run.PAUSED_BY_US), GUEST));
        answer(
                new Answer(CopyEffect.STOP, "STOP drains", drains, Trigger.DONE, List.of(Trigger.READY)),
                List.of(pause));
        does(CopyEffect.STOP, not(drains), pause);
        Change early = History.noting(
                History.LET_GO_EARLY,
                all(
                        GUEST_ON.is(Side.TARGET),
                        not(dev.blockcopy.model.lifecycle.Facts.OUTCOME.is(
                                dev.blockcopy.model.lifecycle.Facts.Outcome.PIVOTED))));
        answer(
                new Answer(CopyEffect.CONT, "CONT", not(GUEST.is(Run.RUNS)), Trigger.DONE, List.of(Trigger.RESUMED)),
                List.of(GUEST.becomes(Run.RUNS), early));
        says(CopyEffect.CONT, GUEST.is(Run.RUNS), Trigger.DONE);
    }

    // ---- queries

    private void looks() {
        Guard running =
                STATUS.isOneOf(List.of(JobStatus.UNDEFINED, JobStatus.CREATED, JobStatus.RUNNING, JobStatus.PAUSED));
        Guard ready = STATUS.isOneOf(List.of(JobStatus.READY, JobStatus.STANDBY));
        says(CopyEffect.LOOK_AT_JOBS, running, Trigger.JOB_RUNNING);
        says(CopyEffect.LOOK_AT_JOBS, ready, Trigger.JOB_READY);
        says(
                CopyEffect.LOOK_AT_JOBS,
                STATUS.isOneOf(List.of(JobStatus.WAITING, JobStatus.PENDING, JobStatus.ABORTING)),
                Trigger.JOB_ENDING);
        says(CopyEffect.LOOK_AT_JOBS, JOB_GONE, Trigger.JOB_ABSENT);
        says(CopyEffect.LOOK_AT_JOBS, all(CONCLUDED, ASKED.is(Asked.FORCE)), Trigger.JOB_CANCELLED);
        says(CopyEffect.LOOK_AT_JOBS, all(CONCLUDED, not(ASKED.is(Asked.FORCE)), FAILED.is(true)), Trigger.JOB_ERROR);
        says(CopyEffect.LOOK_AT_JOBS, all(CONCLUDED, not(ASKED.is(Asked.FORCE)), FAILED.is(false)), Trigger.JOB_CLEAN);
        says(CopyEffect.LOOK_AT_BACKLOG, STATUS.is(JobStatus.READY), Trigger.BACKLOG_SMALL);
        says(CopyEffect.LOOK_AT_BACKLOG, not(STATUS.is(JobStatus.READY)), Trigger.BACKLOG_LARGE);
        says(CopyEffect.LOOK_AT_GUEST, GUEST.is(Run.RUNS), Trigger.GUEST_RUNS);
        says(CopyEffect.LOOK_AT_GUEST, not(GUEST.is(Run.RUNS)), Trigger.GUEST_PAUSED);
        says(CopyEffect.LOOK_AT_GRAPH, GUEST_ON.is(Side.SOURCE), Trigger.ON_SOURCE);
        says(CopyEffect.LOOK_AT_GRAPH, GUEST_ON.is(Side.TARGET), Trigger.ON_DESTINATION);
        if (budgets.allows(Fault.BACKLOG)) {
            answer(
                    new Answer(
                            CopyEffect.LOOK_AT_BACKLOG,
                            "LOOK_AT_BACKLOG: far behind",
                            all(STATUS.is(JobStatus.READY), budgets.isLeft(Fault.BACKLOG)),
                            Trigger.BACKLOG_LARGE,
                            List.of()),
                    List.of(budgets.spend(Fault.BACKLOG)));
        }
    }

    // ---- shapes of answers

    private void does(CopyEffect command, Guard when, Change... changes) {
        answer(new Answer(command, command + ": done", when, Trigger.DONE, List.of()), Arrays.asList(changes));
    }

    private void says(CopyEffect command, Guard when, Trigger reply) {
        answer(new Answer(command, command + ": " + reply, when, reply, List.of()), List.of());
    }

    /** QEMU can't take it away, and the report lists it. */
    private void leaves(CopyEffect command, Guard when) {
        answer(
                new Answer(command, command + ": in use", when, Trigger.REFUSED, List.of()),
                List.of(History.LEFT_OVER.becomes(true)));
    }

    private void answer(Answer answer, List<Change> changes) {
        List<Trigger> messages = new ArrayList<>(answer.before());
        messages.add(answer.reply());
        List<Change> taking = new ArrayList<>(changes);
        taking.add(COMMANDS.take());
        String because = answer.command().meaning();
        Guard when = all(OURS_READS, COMMANDS.startsWith(answer.command()), answer.when());
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

    /** Another QEMU knows nothing of ours, and that counts as taken away. */
    private void stranger() {
        for (CopyEffect command :
                List.of(CopyEffect.DISMISS, CopyEffect.DETACH, CopyEffect.DISMISS_FORMAT, CopyEffect.CLOSE_FILE)) {
            add(new Rule(
                    "another QEMU: " + command,
                    all(
                            LIFE.isOneOf(List.of(Life.ELSEWHERE, Life.REPLACED)),
                            SESSION.is(Session.UP),
                            COMMANDS.startsWith(command),
                            not(MESSAGES.isFull())),
                    List.of(COMMANDS.take(), MESSAGES.append(Trigger.DONE)),
                    Optional.empty(),
                    "it knows no such thing"));
        }
    }

    private void refusals() {
        if (!budgets.allows(Fault.REFUSAL)) {
            return;
        }
        for (CopyEffect command : CopyEffect.values()) {
            if (!FileWork.isOnFiles(command)) {
                List<Change> changes = new ArrayList<>(List.of(budgets.spend(Fault.REFUSAL)));
                changes.addAll(consequences(command));
                answer(
                        new Answer(
                                command,
                                command + ": refused",
                                budgets.isLeft(Fault.REFUSAL),
                                Trigger.REFUSED,
                                List.of()),
                        changes);
            }
        }
    }

    private static List<Change> consequences(CopyEffect command) {
        return switch (command) {
            case DISMISS, DISMISS_FORMAT, DETACH, CLOSE_FILE, CONT -> List.of(History.LEFT_OVER.becomes(true));
            case CANCEL_SOFTLY, CANCEL_BY_FORCE -> List.of(History.CANCEL_SENT.becomes(false));
            default -> List.of();
        };
    }

    /** Failures that a host may inflict on a job. */
    void failures(Fault fault, List<Rule> failures) {
        if (budgets.allows(fault)) {
            for (Rule failure : failures) {
                Rule spending = new Rule(
                        failure.name(),
                        failure.when(),
                        with(failure.changes(), budgets.spend(fault)),
                        failure.effect(),
                        failure.because());
                own(spending, all(failure.when(), budgets.isLeft(fault)));
            }
        }
    }

    private static List<Change> with(List<Change> changes, Change more) {
        List<Change> all = new ArrayList<>(changes);
        all.add(more);
        return all;
    }
}
