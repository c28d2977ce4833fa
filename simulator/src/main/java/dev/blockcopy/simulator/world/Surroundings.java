package dev.blockcopy.simulator.world;

import static dev.blockcopy.model.Guard.all;
import static dev.blockcopy.model.Guard.any;
import static dev.blockcopy.model.Guard.not;
import static dev.blockcopy.model.Term.choose;
import static dev.blockcopy.model.Term.constant;
import static dev.blockcopy.model.lifecycle.LifecycleProcess.AWAITED;
import static dev.blockcopy.model.lifecycle.LifecycleProcess.OUTBOX;
import static dev.blockcopy.qemufake.JobPlaces.BEHIND;
import static dev.blockcopy.qemufake.JobPlaces.GUEST_ON;
import static dev.blockcopy.qemufake.JobPlaces.STATUS;
import static dev.blockcopy.simulator.world.Outside.DESTINATION_LACKS;
import static dev.blockcopy.simulator.world.Outside.GUEST;
import static dev.blockcopy.simulator.world.Outside.LIFE;
import static dev.blockcopy.simulator.world.Outside.SESSION;
import static dev.blockcopy.simulator.world.Outside.SOURCE_LACKS;

import dev.blockcopy.model.Change;
import dev.blockcopy.model.Guard;
import dev.blockcopy.model.Process;
import dev.blockcopy.model.Rule;
import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.LifecycleProcess;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.model.qmp.JobStatus;
import dev.blockcopy.qemufake.JobPlaces;
import dev.blockcopy.qemufake.JobPlaces.Side;
import dev.blockcopy.qemufake.ReopenHeart;
import dev.blockcopy.qemufake.ReopenPlaces;
import dev.blockcopy.qemufake.ReopenStep;
import dev.blockcopy.simulator.world.Outside.Changed;
import dev.blockcopy.simulator.world.Outside.Life;
import dev.blockcopy.simulator.world.Outside.Run;
import dev.blockcopy.simulator.world.Outside.Session;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The guest that writes, and whatever breaks or interferes. */
final class Surroundings {
    private static final Guard GUEST_WRITES = all(Outside.OURS_LIVES, GUEST.is(Run.RUNS));

    /** The job takes note of what the guest writes. */
    private static final Guard MIRRORED = all(
            JobPlaces.MIRRORS.is(true),
            STATUS.isOneOf(List.of(JobStatus.RUNNING, JobStatus.PAUSED, JobStatus.READY, JobStatus.STANDBY)));

    /** By write-blocking, once ready, each write is on both images before the guest hears of it. */
    private static final Guard WRITTEN_TWICE = STATUS.isOneOf(List.of(JobStatus.READY, JobStatus.STANDBY));

    /** In pending the disk is drained, and a write of the guest waits. */
    private static final Guard DRAINED = STATUS.is(JobStatus.PENDING);

    /** Once our {@code stop} is on its way, nobody can tell any more who is first. */
    private static final Guard STOP_IS_NOT_UNDER_WAY = not(Outside.COMMANDS.startsWith(CopyEffect.STOP));

    /** From our look to our {@code stop}: the engine hears with the answer to that who was first. */
    private static final Guard IS_TOLD_BY_ANSWER =
            any(AWAITED.startsWith(CopyEffect.LOOK_AT_GUEST), OUTBOX.startsWith(CopyEffect.STOP));

    private static final Guard IS_TOLD_BY_EVENT = not(IS_TOLD_BY_ANSWER);

    /** Of several disks, what has to be so of each. */
    static final Set<Guard> OF_EVERY_DISK = Set.of(STOP_IS_NOT_UNDER_WAY, IS_TOLD_BY_EVENT);

    private static final Guard GOES_ON = not(Facts.STATE.isOneOf(Doors.ends()));

    private final Variant variant;
    private final Budgets budgets;
    private final boolean isAlone;

    Surroundings(Variant variant, Budgets budgets, boolean isAlone) {
        this.variant = variant;
        this.budgets = budgets;
        this.isAlone = isAlone;
    }

    /** In the middle of a reopen a write of the guest waits, and without a medium it fails. */
    private Guard guestWrites() {
        return variant.switching() == Variant.Switching.COMPLETE
                ? GUEST_WRITES
                : all(GUEST_WRITES, ReopenHeart.GUEST_MAY_WRITE);
    }

    Process guest() {
        Guard writes = guestWrites();
        return new Process(
                "guest",
                List.of(),
                List.of(
                        rule(
                                "writes, mirrored",
                                all(
                                        writes,
                                        budgets.writeIsLeft(),
                                        GUEST_ON.is(Side.SOURCE),
                                        MIRRORED,
                                        variant.copy() == Variant.CopyMode.BACKGROUND
                                                ? Guard.ALWAYS
                                                : not(WRITTEN_TWICE),
                                        any(BEHIND.is(false), DESTINATION_LACKS.is(false))),
                                "an acknowledged write that is still to be carried over",
                                with(budgets.spendWrite(), BEHIND.becomes(true), DESTINATION_LACKS.becomes(true))),
                        rule(
                                "writes to the source",
                                all(
                                        writes,
                                        GUEST_ON.is(Side.SOURCE),
                                        not(MIRRORED),
                                        not(DRAINED),
                                        DESTINATION_LACKS.is(false)),
                                "an acknowledged write that nobody carries over",
                                DESTINATION_LACKS.becomes(true)),
                        rule(
                                "writes to the destination",
                                all(writes, GUEST_ON.is(Side.TARGET), SOURCE_LACKS.is(false)),
                                "an acknowledged write that the source never sees",
                                SOURCE_LACKS.becomes(true))));
    }

    Process faults() {
        List<Rule> rules = new ArrayList<>();
        if (budgets.allows(Fault.MANAGER)) {
            rules.add(managerIsKilled());
        }
        if (budgets.allows(Fault.CUT)) {
            rules.add(rule(
                    "the monitor is cut",
                    all(SESSION.is(Session.UP), budgets.isLeft(Fault.CUT), GOES_ON),
                    Fault.CUT.meaning(),
                    with(silence(), SESSION.becomes(Session.BROKEN), budgets.spend(Fault.CUT))));
        }
        if (budgets.allows(Fault.QEMU)) {
            rules.add(rule(
                    "QEMU is killed",
                    all(Outside.ALIVE, not(SESSION.is(Session.NEVER)), budgets.isLeft(Fault.QEMU), GOES_ON),
                    Fault.QEMU.meaning(),
                    with(qemuDies(), budgets.spend(Fault.QEMU))));
        }
        if (budgets.allows(Fault.ANOTHER)) {
            rules.add(rule(
                    "another QEMU takes the monitor",
                    all(Outside.ALIVE, not(SESSION.is(Session.NEVER)), budgets.isLeft(Fault.ANOTHER), GOES_ON),
                    "ours lives on, unreachable",
                    with(silence(), LIFE.becomes(Life.ELSEWHERE), sessionBreaks(), budgets.spend(Fault.ANOTHER))));
            rules.add(rule(
                    "the other QEMU goes away",
                    all(LIFE.is(Life.ELSEWHERE), GOES_ON),
                    "ours answers on the monitor again",
                    with(silence(), LIFE.becomes(Life.ALIVE), sessionBreaks(), Outside.COMMANDS.clear())));
            rules.add(rule(
                    "another QEMU is started",
                    all(LIFE.is(Life.DEAD), budgets.isLeft(Fault.ANOTHER), GOES_ON),
                    "on the same monitor",
                    LIFE.becomes(Life.REPLACED),
                    budgets.spend(Fault.ANOTHER)));
        }
        return new Process("faults", List.of(), rules);
    }

    private Rule managerIsKilled() {
        return new Rule(
                "the manager is killed",
                all(not(SESSION.is(Session.NEVER)), budgets.isLeft(Fault.MANAGER), GOES_ON),
                managerDies(),
                Optional.empty(),
                "a manager may die at any step");
    }

    /** What the manager's death changes, and the loss of its session. */
    List<Change> managerDies() {
        Rule crash =
                LifecycleProcess.crash(with(silence(), SESSION.becomes(Session.NONE), budgets.spend(Fault.MANAGER)));
        List<Change> changes = crash.changes().stream()
                .filter(change -> change.place() != LifecycleProcess.INBOX)
                .collect(Collectors.toCollection(ArrayList::new));
        if (variant.endsAreHeard()) {
            changes.add(Outside.END_HEARD.becomes(Facts.End.NONE));
        }
        if (variant.journal() != Variant.Journal.BEFORE) {
            changes.removeIf(change -> change.place() == Facts.STATE.variable());
            changes.addAll(Writing.forgotten());
        }
        if (!isAlone) {
            changes.add(Hearing.HEARD.becomes(Hearing.Heard.NOTHING));
        }
        return changes;
    }

    /** Replies and events that were not read are lost; commands may still be read. */
    private static List<Change> silence() {
        return List.of(Outside.MESSAGES.clear(), Outside.UNANSWERED.becomes(0));
    }

    private static Change sessionBreaks() {
        return SESSION.becomes(choose(SESSION.is(Session.UP), constant(SESSION.type(), Session.BROKEN), SESSION));
    }

    /** The images stay; all that lived in the process is gone. */
    private List<Change> qemuDies() {
        List<Change> changes = new ArrayList<>(silence());
        changes.addAll(List.of(
                LIFE.becomes(Life.DEAD),
                sessionBreaks(),
                Outside.COMMANDS.clear(),
                GUEST.becomes(Run.RUNS),
                Outside.NODE.becomes(false),
                Outside.BARE.becomes(false),
                Outside.WITNESS_HELD.becomes(false),
                STATUS.becomes(JobStatus.NULL),
                JobPlaces.PAUSED.becomes(false),
                JobPlaces.ASKED.becomes(JobPlaces.Asked.NOTHING),
                JobPlaces.STARTED.becomes(false),
                JobPlaces.FAILED.becomes(false),
                JobPlaces.MIRRORS.becomes(true),
                BEHIND.becomes(true),
                GUEST_ON.becomes(Side.SOURCE)));
        if (variant.switching() != Variant.Switching.COMPLETE) {
            changes.add(ReopenPlaces.NEXT.becomes(ReopenStep.NOTHING));
            changes.add(ReopenPlaces.VERDICT.becomes(ReopenPlaces.Verdict.OPEN));
        }
        return changes;
    }

    private static Change[] with(List<Change> changes, Change... more) {
        List<Change> all = new ArrayList<>(changes);
        all.addAll(Arrays.asList(more));
        return all.toArray(Change[]::new);
    }

    private static Rule rule(String name, Guard when, String because, Change... changes) {
        return new Rule(name, when, Arrays.asList(changes), Optional.empty(), because);
    }

    /** Somebody else at the same monitor, or at the guest. */
    Process others() {
        List<Rule> rules = new ArrayList<>();
        if (budgets.allows(Fault.OTHERS_RESUME)) {
            Guard paused =
                    all(Outside.OURS_LIVES, not(GUEST.is(Run.RUNS)), budgets.isLeft(Fault.OTHERS_RESUME), GOES_ON);
            Change[] resumed = {GUEST.becomes(Run.RUNS), budgets.spend(Fault.OTHERS_RESUME)};
            rules.add(rule(
                    "resume the guest",
                    all(paused, Outside.HEARD, not(Outside.MESSAGES.isFull())),
                    Fault.OTHERS_RESUME.meaning(),
                    with(List.of(resumed), Outside.MESSAGES.append(Trigger.RESUMED))));
            rules.add(rule(
                    "resume the guest, unheard",
                    all(paused, not(Outside.HEARD)),
                    Fault.OTHERS_RESUME.meaning(),
                    resumed));
        }
        if (budgets.allows(Fault.OTHERS_STOP)) {
            othersStop(rules);
        }
        if (budgets.allows(Fault.OTHERS_CHANGE)) {
            rules.add(changes("empties the drive", Changed.EMPTIED));
            rules.add(changes("puts another image into the drive", Changed.SWAPPED));
        }
        return new Process("others", List.of(), rules);
    }

    private void othersStop(List<Rule> rules) {
        Guard running = all(
                Outside.OURS_LIVES,
                GUEST.is(Run.RUNS),
                STOP_IS_NOT_UNDER_WAY,
                budgets.isLeft(Fault.OTHERS_STOP),
                GOES_ON);
        List<Change> stopped = List.of(GUEST.becomes(Run.PAUSED_BY_OTHERS), budgets.spend(Fault.OTHERS_STOP));
        rules.add(rule(
                "pause the guest",
                all(running, Outside.HEARD, IS_TOLD_BY_EVENT, not(Outside.MESSAGES.isFull())),
                Fault.OTHERS_STOP.meaning(),
                with(stopped, Outside.MESSAGES.append(Trigger.STOPPED))));
        rules.add(rule(
                "pause the guest, as we are about to",
                all(running, Outside.HEARD, IS_TOLD_BY_ANSWER),
                Fault.OTHERS_STOP.meaning(),
                with(stopped)));
        rules.add(rule(
                "pause the guest, unheard",
                all(running, not(Outside.HEARD)),
                Fault.OTHERS_STOP.meaning(),
                with(stopped)));
    }

    /** QEMU lets nobody as long as a job uses the disk. */
    private Rule changes(String name, Changed changed) {
        return rule(
                name,
                all(
                        Outside.OURS_LIVES,
                        STATUS.isOneOf(List.of(JobStatus.CONCLUDED, JobStatus.NULL)),
                        not(GUEST_ON.is(Side.NONE)),
                        History.EVER_READY.is(true),
                        variant.switching() == Variant.Switching.COMPLETE ? Guard.ALWAYS : ReopenSide.IDLE,
                        budgets.isLeft(Fault.OTHERS_CHANGE),
                        GOES_ON),
                Fault.OTHERS_CHANGE.meaning(),
                GUEST_ON.becomes(Side.NONE),
                Outside.CHANGED.becomes(changed),
                budgets.spend(Fault.OTHERS_CHANGE));
    }
}
