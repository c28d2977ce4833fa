package dev.blockcopy.simulator.world;

import static dev.blockcopy.model.Guard.all;
import static dev.blockcopy.model.Guard.any;
import static dev.blockcopy.model.Guard.not;
import static dev.blockcopy.model.Term.choose;
import static dev.blockcopy.model.Term.constant;
import static dev.blockcopy.model.lifecycle.LifecycleProcess.AWAITED;
import static dev.blockcopy.model.lifecycle.LifecycleProcess.OUTBOX;
import static dev.blockcopy.simulator.world.Outside.COMMANDS;
import static dev.blockcopy.simulator.world.Outside.LIFE;
import static dev.blockcopy.simulator.world.Outside.MESSAGES;
import static dev.blockcopy.simulator.world.Outside.SESSION;
import static dev.blockcopy.simulator.world.Outside.UNANSWERED;

import dev.blockcopy.model.Change;
import dev.blockcopy.model.Guard;
import dev.blockcopy.model.Rule;
import dev.blockcopy.model.Slot;
import dev.blockcopy.model.Term;
import dev.blockcopy.model.Type;
import dev.blockcopy.model.lifecycle.Cell;
import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.model.qmp.JobStatus;
import dev.blockcopy.qemufake.JobPlaces;
import dev.blockcopy.qemufake.ReopenPlaces;
import dev.blockcopy.qemufake.ReopenPlaces.Witness;
import dev.blockcopy.simulator.world.Outside.Changed;
import dev.blockcopy.simulator.world.Outside.Life;
import dev.blockcopy.simulator.world.Outside.Session;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the triggers of a manager come from: exactly what the engine's edge lets through, and when. */
final class Doors {
    /** One way in: when the trigger may come, and what its coming changes. */
    record Door(String name, Guard when, List<Change> changes) {
        static Door of(Guard when, Change... changes) {
            return new Door("", when, List.of(changes));
        }
    }

    static final String LISTENS_NO_MORE = "listens no more";

    /** Before anything of the job is there, and after all was let go, any QEMU will do. */
    private static final Guard ANY_WILL_DO = any(
            Facts.JOURNAL.isOneOf(List.of(JobState.REQUESTED, JobState.PLACING)),
            all(Facts.JOURNAL.is(JobState.CONCLUDED), Facts.RESUME_DUE.is(false)));

    private static final Map<Trigger, Facts.End> HEARD_AS = Map.of(
            Trigger.JOB_CLEAN, Facts.End.CLEAN,
            Trigger.JOB_CANCELLED, Facts.End.CANCELLED,
            Trigger.JOB_ERROR, Facts.End.ERROR);

    /** QEMU shows a name with the job's nonce. */
    private static final Guard AT_HOME = all(
            Outside.ALIVE,
            any(Outside.NODE.is(true), all(JobPlaces.MIRRORS.is(true), not(JobPlaces.STATUS.is(JobStatus.NULL)))));

    /** Before a new file is placed, QEMU has heard of nothing. */
    private static final Guard NOTHING_THERE =
            all(Facts.JOURNAL.is(JobState.REQUESTED), not(Facts.DESTINATION.is(Facts.Destination.EXISTING)));

    private static final Guard IS_ANOTHER = all(LIFE.is(Life.ELSEWHERE), not(NOTHING_THERE));

    /** QEMU is known by its socket: what is decided of a QEMU that answers elsewhere is decided without it. */
    private static final Change MEETS_ANOTHER = History.noting(History.MET_ANOTHER, IS_ANOTHER);

    /**
     * What ours has, and that it may hold the guest paused, should it live on, is listed until a name of ours is met again;
     * the report of a job that has ended changes no more.
     */
    private static final Change LISTS = History.LEFT_ELSEWHERE.becomes(choose(
            IS_ANOTHER,
            constant(Type.BOOLEAN, true),
            choose(
                    all(AT_HOME, not(Facts.STATE.isOneOf(JobState.terminal()))),
                    constant(Type.BOOLEAN, false),
                    History.LEFT_ELSEWHERE)));

    /** What a handshake leaves in the report and in history. */
    static final List<Change> GREETS = List.of(MEETS_ANOTHER, LISTS);

    /** A round trip on a new session: QEMU has run or dropped whatever an older one wrote. */
    private static final Guard ROUND_TRIP = all(SESSION.is(Session.NONE), COMMANDS.isEmpty(), not(LIFE.is(Life.DEAD)));

    private final Variant variant;
    private final Budgets budgets;
    private final Guard greeted;
    private final boolean isAlone;

    /** Where nothing carries a nonce, a disk on one of the job's images is the best that can be known. */
    private final Guard home;

    Doors(Variant variant, Budgets budgets, boolean isAlone) {
        this.variant = variant;
        this.budgets = budgets;
        this.isAlone = isAlone;
        boolean hasNames = variant.switching() == Variant.Switching.COMPLETE;
        greeted = hasNames ? ROUND_TRIP : all(ROUND_TRIP, ReopenSide.IDLE);
        home = hasNames ? any(AT_HOME, ANY_WILL_DO) : Outside.ALIVE;
    }

    /** The ways into a cell; none where it would change nothing, not even what is still to be read. */
    List<Door> of(Cell cell) {
        boolean isStill = cell instanceof Cell.Ignore || cell instanceof Cell.Refuse;
        if (cell.from().isTerminal() && isStill) {
            return List.of();
        }
        if (!isAlone) {
            return ofOneOfSeveral(cell, isStill);
        }
        return of(cell, isStill);
    }

    private List<Door> ofOneOfSeveral(Cell cell, boolean isStill) {
        if (Hearing.isForAll(cell.on())) {
            Guard heard = Hearing.HEARD.is(Hearing.Heard.of(cell.on()));
            Change taken = Hearing.HEARD.becomes(Hearing.Heard.NOTHING);
            return List.of(cell.on() == Trigger.MONITOR_LOST ? lost(heard, taken) : Door.of(heard, taken));
        }
        return of(cell, isStill).stream()
                .map(door -> new Door(door.name(), all(Hearing.NOTHING_LEFT, door.when()), door.changes()))
                .toList();
    }

    private List<Door> of(Cell cell, boolean isStill) {
        return switch (cell.on().kind()) {
            case REQUEST -> requests(cell);
            case MONITOR -> isStill ? List.of() : List.of(monitor(cell.on()));
            case NEWS -> cell.on() == Trigger.DEADLINE ? deadline(cell) : List.of(news(cell.on()));
            case ANSWER -> answers(cell.on());
        };
    }

    /** One that is let pass changes nothing, unless it is not heeded. */
    private List<Door> requests(Cell cell) {
        if (cell instanceof Cell.Refuse || cell instanceof Cell.Impossible) {
            return List.of();
        }
        Door door = request(cell.on());
        boolean isLetPass = cell instanceof Cell.Ignore;
        return List.of(isLetPass ? new Door("", all(door.when(), Heeding.isMissing(cell)), door.changes()) : door);
    }

    private Door request(Trigger trigger) {
        if (trigger == Trigger.START) {
            return Door.of(all(SESSION.is(Session.NEVER), Outside.ALIVE), SESSION.becomes(Session.UP));
        }
        return Door.of(
                all(not(SESSION.is(Session.NEVER)), budgets.requestIsLeft(), isTrue(trigger)), budgets.spendRequest());
    }

    /** A person who says which image is the disk knows it. */
    private static Guard isTrue(Trigger request) {
        return switch (request) {
            case KEEP_SOURCE -> isDisk(Outside.SOURCE_LACKS, JobPlaces.Side.SOURCE);
            case KEEP_DESTINATION -> isDisk(Outside.DESTINATION_LACKS, JobPlaces.Side.TARGET);
            default -> Guard.ALWAYS;
        };
    }

    private static Guard isDisk(Slot<Boolean> lacks, JobPlaces.Side side) {
        Guard isFree = any(not(Outside.OURS_LIVES), not(Outside.CHANGED.is(Changed.NOT)));
        return all(lacks.is(false), not(Outside.MIRROR_LIVES), any(isFree, JobPlaces.GUEST_ON.is(side)));
    }

    private Door monitor(Trigger trigger) {
        return switch (trigger) {
            case CONNECTED -> Door.of(all(greeted, home), SESSION.becomes(Session.UP), MEETS_ANOTHER, LISTS);
            case ANOTHER_QEMU -> Door.of(all(greeted, not(home)), MEETS_ANOTHER, LISTS);
            case MONITOR_LOST -> lost(SESSION.is(Session.BROKEN), SESSION.becomes(Session.NONE));
            default -> Door.of(all(SESSION.is(Session.NONE), LIFE.is(Life.DEAD)));
        };
    }

    /** A round trip on a new session. */
    Guard greeted() {
        return greeted;
    }

    /** The handshake finds the job in this QEMU, or nothing of it has to be found. */
    static Guard isFound() {
        return any(AT_HOME, ANY_WILL_DO);
    }

    /** What a session told of the end of the job is forgotten with it. */
    private Door lost(Guard when, Change change) {
        List<Change> changes = new ArrayList<>(List.of(change));
        if (variant.endsAreHeard()) {
            changes.add(Outside.END_HEARD.becomes(Facts.End.NONE));
        }
        return new Door("", when, changes);
    }

    /**
     * The pause is measured from our own stop on, by the process that told it. Where others stop the guest too, it is not over
     * before QEMU has answered whose pause it is.
     */
    private List<Door> deadline(Cell cell) {
        Guard isDue = budgets.allows(Fault.OTHERS_STOP)
                ? all(Facts.RESUME_DUE.is(true), not(AWAITED.startsWith(CopyEffect.STOP)))
                : Facts.RESUME_DUE.is(true);
        return cell instanceof Cell.Row ? List.of(Door.of(isDue)) : List.of();
    }

    /** News is of use to a job that knows what was before. */
    private Door news(Trigger trigger) {
        List<Change> changes = new ArrayList<>(List.of(MESSAGES.take()));
        if (trigger == Trigger.ENDED && variant.endsAreHeard()) {
            changes.add(Outside.END_HEARD.becomes(end()));
        }
        return new Door("", all(SESSION.is(Session.UP), MESSAGES.startsWith(trigger), Facts.ONLINE.is(true)), changes);
    }

    /** What the event says of the end. */
    private static Term<Facts.End> end() {
        Type<Facts.End> type = Outside.END_HEARD.type();
        return Term.choose(
                JobPlaces.ASKED.is(JobPlaces.Asked.FORCE),
                Term.constant(type, Facts.End.CANCELLED),
                Term.choose(
                        JobPlaces.FAILED.is(true),
                        Term.constant(type, Facts.End.ERROR),
                        Term.constant(type, Facts.End.CLEAN)));
    }

    private List<Door> answers(Trigger trigger) {
        List<Door> doors = new ArrayList<>();
        doors.add(answer("", trigger, trigger == Trigger.JOB_ABSENT ? wasNotHeard() : Guard.ALWAYS));
        if (variant.endsAreHeard() && HEARD_AS.containsKey(trigger)) {
            Guard heard = all(AWAITED.startsWith(CopyEffect.LOOK_AT_JOBS), Outside.END_HEARD.is(HEARD_AS.get(trigger)));
            doors.add(answer(" as was heard", Trigger.JOB_ABSENT, heard));
        }
        if (trigger == Trigger.DONE) {
            doors.add(new Door(" by the host", fileWorkIsDone(), List.of(AWAITED.take())));
        }
        if (trigger == Trigger.REFUSED && budgets.allows(Fault.REFUSAL)) {
            doors.add(refusedByHost());
        }
        if (variant.switching() != Variant.Switching.COMPLETE) {
            witness(trigger).ifPresent(when -> doors.add(new Door(" by the witness", when, List.of(AWAITED.take()))));
            boolean mayBeRefused = variant.has(Variant.Evidence.WITNESS) && budgets.allows(Fault.REFUSAL);
            if (trigger == Trigger.REFUSED && mayBeRefused) {
                doors.add(witnessIsRefused());
            }
        }
        return doors;
    }

    private static Door answer(String name, Trigger message, Guard when) {
        return new Door(
                name,
                all(
                        SESSION.is(Session.UP),
                        MESSAGES.startsWith(message),
                        UNANSWERED.is(1),
                        not(AWAITED.isEmpty()),
                        when),
                List.of(MESSAGES.take(), UNANSWERED.becomes(0), AWAITED.take()));
    }

    /** A job that is absent has ended as an event of this session told, if one did. */
    private Guard wasNotHeard() {
        return variant.endsAreHeard()
                ? any(not(AWAITED.startsWith(CopyEffect.LOOK_AT_JOBS)), Outside.END_HEARD.is(Facts.End.NONE))
                : Guard.ALWAYS;
    }

    /** The host may have done it all the same; what it could not remove is listed. */
    private Door refusedByHost() {
        return new Door(
                " by the host",
                all(any(FileWork.MAY_FAIL.stream().map(AWAITED::startsWith).toList()), budgets.isLeft(Fault.REFUSAL)),
                List.of(
                        AWAITED.take(),
                        budgets.spend(Fault.REFUSAL),
                        History.noting(
                                History.LEFT_OVER,
                                any(FileWork.REMOVALS.stream()
                                        .map(AWAITED::startsWith)
                                        .toList()))));
    }

    /** QEMU has no descriptor then, and a reopen writes to none. */
    private Door witnessIsRefused() {
        return new Door(
                " by QEMU",
                all(AWAITED.startsWith(CopyEffect.HAND_OVER_WITNESS), budgets.isLeft(Fault.REFUSAL)),
                List.of(AWAITED.take(), budgets.spend(Fault.REFUSAL), ReopenPlaces.WITNESS.becomes(Witness.NONE)));
    }

    /** What the work on a witness is answered with, where the variant has one and where not. */
    private Optional<Guard> witness(Trigger trigger) {
        boolean isThere = variant.has(Variant.Evidence.WITNESS);
        Guard making =
                any(AWAITED.startsWith(CopyEffect.MAKE_WITNESS), AWAITED.startsWith(CopyEffect.HAND_OVER_WITNESS));
        Guard clearing =
                any(AWAITED.startsWith(CopyEffect.WITHDRAW_WITNESS), AWAITED.startsWith(CopyEffect.REMOVE_WITNESS));
        Guard looking = AWAITED.startsWith(CopyEffect.LOOK_AT_WITNESS);
        Guard isFile = Outside.WITNESS_FILE.is(true);
        return switch (trigger) {
            case DONE -> Optional.of(isThere ? any(making, clearing) : clearing);
            case REFUSED -> Optional.of(isThere ? all(looking, not(isFile)) : any(making, looking));
            case WITNESS_WRITTEN -> Optional.of(all(looking, isFile, ReopenPlaces.WITNESS.is(Witness.WRITTEN)));
            case WITNESS_EMPTY -> Optional.of(all(looking, isFile, ReopenPlaces.WITNESS.is(Witness.EMPTY)));
            default -> Optional.empty();
        };
    }

    private static Guard fileWorkIsDone() {
        return any(FileWork.EFFECTS.stream().map(AWAITED::startsWith).toList());
    }

    private Guard headIs(Trigger.Kind kind) {
        return any(Arrays.stream(Trigger.values())
                .filter(trigger -> trigger.kind() == kind && (isAlone || !Hearing.isForAll(trigger)))
                .map(MESSAGES::startsWith)
                .toList());
    }

    /** A reply is known by its id: that of an older effect, or of another session, says nothing. */
    Rule dropsStaleReply() {
        return drops(
                "drops a stale reply",
                all(headIs(Trigger.Kind.ANSWER), any(not(UNANSWERED.is(1)), AWAITED.isEmpty())),
                UNANSWERED.becomes(Term.sum(UNANSWERED, -1)));
    }

    /** Before the handshake of a session is complete, what is told is older than the look that follows it. */
    Rule dropsNewsOfAnotherTime() {
        return drops("drops news before the handshake", all(headIs(Trigger.Kind.NEWS), Facts.ONLINE.is(false)));
    }

    /** A job that has ended is no longer in the lane. */
    Rule listensNoMore() {
        if (!isAlone) {
            return drops(
                    "drops news of a job that has ended", all(headIs(Trigger.Kind.NEWS), Facts.STATE.isOneOf(ends())));
        }
        return new Rule(
                LISTENS_NO_MORE,
                all(Facts.STATE.isOneOf(ends()), not(MESSAGES.isEmpty())),
                List.of(MESSAGES.clear(), UNANSWERED.becomes(0)),
                Optional.empty(),
                "ended is ended");
    }

    static List<JobState> ends() {
        return Arrays.stream(JobState.values()).filter(JobState::isTerminal).toList();
    }

    private Rule drops(String name, Guard when, Change... more) {
        List<Change> changes = new ArrayList<>(List.of(MESSAGES.take()));
        changes.addAll(Arrays.asList(more));
        return new Rule(
                name,
                isAlone
                        ? all(SESSION.is(Session.UP), OUTBOX.isEmpty(), when)
                        : all(SESSION.is(Session.UP), OUTBOX.isEmpty(), Hearing.NOTHING_LEFT, when),
                changes,
                Optional.empty(),
                "the edge passes on only what the job waits for");
    }
}
