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
import dev.blockcopy.model.lifecycle.Facts;
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
import java.util.List;
import java.util.Optional;

/** QEMU in a world: the rules of the fake's job as they are, and around them the commands, the nodes and the guest's pause. */
final class QemuSide {
    static final String DROPS_COMMANDS = "drops what an old session wrote";

    private static final Guard JOB_GONE = STATUS.is(JobStatus.NULL);
    private static final Guard JOB_OVER = STATUS.isOneOf(List.of(JobStatus.CONCLUDED, JobStatus.NULL));

    /** Others paused the guest between our look and the {@code stop} behind it: QEMU's event says when. */
    private static final Guard OTHERS_WERE_FIRST = all(GUEST.is(Run.PAUSED_BY_OTHERS), Facts.REPEATED.is(false));

    private final Variant variant;
    private final Budgets budgets;
    private final Voice voice;

    QemuSide(Variant variant, Budgets budgets) {
        this.variant = variant;
        this.budgets = budgets;
        boolean reopens = variant.switching() != Variant.Switching.COMPLETE;
        voice = new Voice(reopens ? ReopenSide.IDLE : Guard.ALWAYS);
        JobHeart.OWN.values().forEach(steps -> steps.forEach(step -> voice.own(step, step.when())));
        verbs();
        nodes(variant);
        jobs(variant);
        guest();
        new Looks(voice, variant, budgets);
        if (reopens) {
            new ReopenSide(voice, budgets);
        }
        stranger();
        refusals();
        voice.add(new Rule(
                DROPS_COMMANDS,
                all(not(SESSION.is(Session.UP)), not(COMMANDS.isEmpty())),
                List.of(COMMANDS.clear()),
                Optional.empty(),
                "of a closed session any suffix of unread commands is lost"));
    }

    Process process() {
        return new Process("qemu", List.of(), voice.rules());
    }

    private void verbs() {
        verb(CopyEffect.COMPLETE, JobRequest.COMPLETE);
        verb(CopyEffect.FINALIZE, JobRequest.FINALIZE);
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
            if (!isDone) {
                changes.addAll(consequences(command));
            }
            Guard when = request == JobRequest.DISMISS ? all(not(JOB_GONE), ours(command), rule.when()) : rule.when();
            voice.answer(
                    new Voice.Answer(
                            command,
                            command + rule.name().substring(rule.name().indexOf(':')),
                            when,
                            isDone ? Trigger.DONE : Trigger.REFUSED,
                            JobContent.eventsOf(rule)),
                    changes);
        }
        if (request == JobRequest.DISMISS) {
            voice.says(command, any(JOB_GONE, not(ours(command))), Trigger.DONE);
        }
    }

    /** The mirror and the job that formats have different ids. */
    private static Guard ours(CopyEffect dismissal) {
        return MIRRORS.is(dismissal == CopyEffect.DISMISS);
    }

    // ---- nodes and new jobs

    private void nodes(Variant variant) {
        voice.does(CopyEffect.ATTACH, NODE.is(false), NODE.becomes(true));
        voice.says(CopyEffect.ATTACH, NODE.is(true), Trigger.REFUSED);
        Guard inUse = any(all(MIRRORS.is(true), not(JOB_OVER)), GUEST_ON.is(Side.TARGET));
        voice.does(CopyEffect.DETACH, all(NODE.is(true), not(inUse)), NODE.becomes(false));
        voice.says(CopyEffect.DETACH, NODE.is(false), Trigger.DONE);
        if (variant.endsAreHeard()) {
            // Where no node is made by name, none is deleted either: QEMU closes what its jobs have opened.
            voice.does(CopyEffect.DETACH, all(NODE.is(true), inUse), NODE.becomes(false));
        } else {
            voice.leaves(CopyEffect.DETACH, all(NODE.is(true), inUse));
        }
        voice.does(CopyEffect.OPEN_FILE, BARE.is(false), BARE.becomes(true));
        voice.says(CopyEffect.OPEN_FILE, BARE.is(true), Trigger.REFUSED);
        Guard formats = all(MIRRORS.is(false), not(JOB_OVER));
        voice.does(CopyEffect.CLOSE_FILE, all(BARE.is(true), not(formats)), BARE.becomes(false));
        voice.says(CopyEffect.CLOSE_FILE, BARE.is(false), Trigger.DONE);
        voice.leaves(CopyEffect.CLOSE_FILE, all(BARE.is(true), formats));
    }

    private void jobs(Variant variant) {
        Change[] format = newJob(false, JobStatus.RUNNING);
        Guard canFormat = all(BARE.is(true), JOB_GONE);
        voice.does(CopyEffect.FORMAT, canFormat, format);
        voice.answer(
                new Voice.Answer(CopyEffect.FORMAT, "FORMAT at once", canFormat, Trigger.DONE, List.of(Trigger.ENDED)),
                List.of(newJob(false, JobStatus.CONCLUDED)));
        voice.says(CopyEffect.FORMAT, not(canFormat), Trigger.REFUSED);
        Guard canMirror = all(NODE.is(true), JOB_GONE);
        voice.does(CopyEffect.MIRROR, canMirror, newJob(true, JobStatus.RUNNING));
        if (variant.switching() != Variant.Switching.REOPEN) {
            readyAtOnce(canMirror);
        }
        voice.says(CopyEffect.MIRROR, not(canMirror), Trigger.REFUSED);
    }

    /** QEMU of 2012 says by no event that a job is ready: it is looked at once it has begun. */
    private void readyAtOnce(Guard canMirror) {
        List<Change> ready = new ArrayList<>(List.of(newJob(true, JobStatus.READY)));
        ready.removeIf(change -> change.equals(BEHIND.becomes(true)) || change.equals(STARTED.becomes(false)));
        ready.addAll(List.of(
                BEHIND.becomes(false),
                STARTED.becomes(true),
                Outside.DESTINATION_LACKS.becomes(false),
                History.EVER_READY.becomes(true)));
        voice.answer(
                new Voice.Answer(
                        CopyEffect.MIRROR, "MIRROR of an empty disk", canMirror, Trigger.DONE, List.of(Trigger.READY)),
                ready);
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
        boolean mayOthersBeFirst = budgets.allows(Fault.OTHERS_STOP);
        Guard weAreFirst = mayOthersBeFirst ? not(OTHERS_WERE_FIRST) : Guard.ALWAYS;
        stops("STOP drains", all(drains, weAreFirst), List.of(Trigger.READY), pause);
        stops("STOP: done", all(not(drains), weAreFirst), List.of(), pause);
        if (mayOthersBeFirst) {
            Guard drained = not(drains);
            stops(
                    "STOP drains, others first",
                    all(drains, OTHERS_WERE_FIRST),
                    List.of(Trigger.READY, Trigger.STOPPED),
                    pause);
            stops("STOP: others first", all(drained, OTHERS_WERE_FIRST), List.of(Trigger.STOPPED), pause);
        }
        Change early = History.noting(
                History.LET_GO_EARLY, all(GUEST_ON.is(Side.TARGET), not(Facts.OUTCOME.is(Facts.Outcome.PIVOTED))));
        voice.answer(
                new Voice.Answer(
                        CopyEffect.CONT, "CONT", not(GUEST.is(Run.RUNS)), Trigger.DONE, List.of(Trigger.RESUMED)),
                List.of(
                        GUEST.becomes(Run.RUNS),
                        early,
                        History.noting(History.OTHERS_LET_GO, GUEST.is(Run.PAUSED_BY_OTHERS))));
        voice.says(CopyEffect.CONT, GUEST.is(Run.RUNS), Trigger.DONE);
    }

    private void stops(String name, Guard when, List<Trigger> before, Change pause) {
        voice.answer(new Voice.Answer(CopyEffect.STOP, name, when, Trigger.DONE, before), List.of(pause));
    }

    /** Another QEMU knows nothing of ours, and that counts as taken away. */
    private void stranger() {
        for (CopyEffect command :
                List.of(CopyEffect.DISMISS, CopyEffect.DETACH, CopyEffect.DISMISS_FORMAT, CopyEffect.CLOSE_FILE)) {
            voice.add(new Rule(
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
                voice.answer(
                        new Voice.Answer(
                                command,
                                command + ": refused",
                                budgets.isLeft(Fault.REFUSAL),
                                Trigger.REFUSED,
                                List.of()),
                        changes);
            }
        }
    }

    /** A cancel that was refused is not under way; what can't be taken away is listed. */
    private static List<Change> consequences(CopyEffect command) {
        return switch (command) {
            case DISMISS, DISMISS_FORMAT, DETACH, CLOSE_FILE, CONT -> List.of(History.LEFT_OVER.becomes(true));
            case CANCEL_SOFTLY, CANCEL_BY_FORCE -> List.of(History.CANCEL_SENT.becomes(false));
            default -> List.of();
        };
    }

    /** An error at the very end: where it is finalized by hand, that is when it is finalized. */
    void failuresOfCompletion(Fault fault, List<Rule> failures) {
        if (variant.around() != Variant.Around.PENDING_FIRST) {
            failures(fault, failures);
        } else if (budgets.allows(fault)) {
            for (Rule failure : failures) {
                voice.answer(
                        new Voice.Answer(
                                CopyEffect.FINALIZE,
                                failure.name(),
                                all(STATUS.is(JobStatus.PENDING), failure.when(), budgets.isLeft(fault)),
                                Trigger.DONE,
                                JobContent.eventsOf(failure)),
                        with(JobContent.withContent(failure), budgets.spend(fault)));
            }
        }
    }

    /** What hosts and other people may inflict on a job. */
    void failures(Fault fault, List<Rule> failures) {
        if (budgets.allows(fault)) {
            for (Rule failure : failures) {
                Rule spending = new Rule(
                        failure.name(),
                        failure.when(),
                        with(failure.changes(), budgets.spend(fault)),
                        failure.effect(),
                        failure.because());
                voice.own(spending, all(failure.when(), budgets.isLeft(fault)));
            }
        }
    }

    private static List<Change> with(List<Change> changes, Change more) {
        List<Change> all = new ArrayList<>(changes);
        all.add(more);
        return all;
    }
}
