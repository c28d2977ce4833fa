package dev.blockcopy.qemufake;

import static dev.blockcopy.model.Guard.all;
import static dev.blockcopy.model.Guard.not;
import static dev.blockcopy.qemufake.JobPlaces.ASKED;
import static dev.blockcopy.qemufake.JobPlaces.BEHIND;
import static dev.blockcopy.qemufake.JobPlaces.FAILED;
import static dev.blockcopy.qemufake.JobPlaces.GUEST_ON;
import static dev.blockcopy.qemufake.JobPlaces.PAUSED;
import static dev.blockcopy.qemufake.JobPlaces.STATUS;
import static dev.blockcopy.qemufake.ReopenPlaces.ATOMIC;
import static dev.blockcopy.qemufake.ReopenPlaces.NEXT;
import static dev.blockcopy.qemufake.ReopenPlaces.VERDICT;
import static dev.blockcopy.qemufake.ReopenPlaces.WITNESS;

import dev.blockcopy.model.Change;
import dev.blockcopy.model.Guard;
import dev.blockcopy.model.Process;
import dev.blockcopy.model.Rule;
import dev.blockcopy.model.qmp.JobStatus;
import dev.blockcopy.qemufake.JobPlaces.Asked;
import dev.blockcopy.qemufake.JobPlaces.Side;
import dev.blockcopy.qemufake.ReopenPlaces.Verdict;
import dev.blockcopy.qemufake.ReopenPlaces.Witness;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The reopen of one disk inside QEMU, declared in the language of the model beside {@link JobHeart}, whose places it
 * shares: how it begins ({@link #BEGINNINGS}), its steps ({@link #OWN}) and what can go wrong ({@link #FAILURES}).
 *
 * <p>Each step is a rule of its own because QEMU may die after any: with the old image closed, with the new one open
 * and no byte written, with the byte written and nothing answered. The order is that of {@code drive-reopen} of 2012
 * (RHEL 6, {@code qmp___com_redhat_drive_reopen}): the mirror is ended first, so that whatever fails later leaves no
 * mirror; then the old image is closed, and only then the new one opened. In a transaction, which no QEMU has, the new
 * image is proven before anything else, the mirror drained, the witness written as the last step that can fail, and
 * then mirror and image change in one step: that one is in memory alone, and the guest waits meanwhile.
 */
public final class ReopenHeart {
    /** Where the guest's writes can go in: before, after, and while nothing but the answer is missing. */
    public static final Guard GUEST_MAY_WRITE =
            all(NEXT.isOneOf(List.of(ReopenStep.NOTHING, ReopenStep.ANSWER)), not(GUEST_ON.is(Side.NONE)));

    private static final Guard READY = STATUS.isOneOf(List.of(JobStatus.READY, JobStatus.STANDBY));
    private static final Guard STREAMING = STATUS.isOneOf(List.of(JobStatus.RUNNING, JobStatus.PAUSED));
    private static final Guard GONE = STATUS.is(JobStatus.NULL);
    private static final Guard ENDED_WELL = all(GONE, FAILED.is(false));
    private static final Guard FAILED_MIRROR = all(GONE, FAILED.is(true));
    private static final Guard IN_STEP = all(STATUS.is(JobStatus.READY), BEHIND.is(false), FAILED.is(false));
    private static final Guard WITNESSED = not(WITNESS.is(Witness.NONE));

    /** Of these exactly one is enabled where no reopen is under way. */
    public static final List<Rule> BEGINNINGS = beginnings();

    /** By step; at most one rule of all is enabled. */
    public static final Map<ReopenStep, List<Rule>> OWN = own();

    /** What the host does to a reopen; never by itself. */
    public static final Map<ReopenFailure, List<Rule>> FAILURES = failures();

    private ReopenHeart() {}

    /** The reopen as an actor that a checker can set beside others; it begins by {@link #BEGINNINGS}. */
    public static Process process() {
        List<Rule> rules = new ArrayList<>();
        OWN.values().forEach(rules::addAll);
        return new Process("reopen", ReopenPlaces.ALL, rules);
    }

    private static List<Rule> beginnings() {
        Guard idle = NEXT.is(ReopenStep.NOTHING);
        Guard risky = all(idle, ATOMIC.is(false));
        Guard atomic = all(idle, ATOMIC.is(true));
        return List.of(
                begins(
                        "reopen: ends a ready mirror",
                        all(risky, READY),
                        ReopenStep.CANCEL,
                        "it drains first, a paused one too",
                        STATUS.becomes(JobStatus.READY),
                        PAUSED.becomes(false),
                        ASKED.becomes(Asked.CANCEL)),
                begins(
                        "reopen: ends a mirror too early",
                        all(risky, STREAMING),
                        ReopenStep.CANCEL,
                        "the mirror is lost, and the reopen will be refused",
                        STATUS.becomes(JobStatus.RUNNING),
                        PAUSED.becomes(false),
                        ASKED.becomes(Asked.FORCE)),
                begins(
                        "reopen: finds no mirror",
                        all(risky, not(READY), not(STREAMING)),
                        ReopenStep.CHECK,
                        "it acts without one too, whatever the new image holds"),
                begins(
                        "reopen: proves before it acts",
                        all(atomic, STATUS.is(JobStatus.READY)),
                        ReopenStep.PROVE,
                        "nothing has changed yet"),
                begins(
                        "reopen: finds no ready mirror",
                        all(atomic, not(STATUS.is(JobStatus.READY))),
                        ReopenStep.ANSWER,
                        "refused, and nothing has changed",
                        VERDICT.becomes(Verdict.IN_USE)));
    }

    private static Rule begins(String name, Guard when, ReopenStep next, String because, Change... changes) {
        List<Change> all = new ArrayList<>(Arrays.asList(changes));
        if (next != ReopenStep.ANSWER) {
            all.add(VERDICT.becomes(Verdict.OPEN));
        }
        return step(name, when, next, because, all.toArray(new Change[0]));
    }

    private static Map<ReopenStep, List<Rule>> own() {
        Map<ReopenStep, List<Rule>> own = new EnumMap<>(ReopenStep.class);
        own.put(
                ReopenStep.CANCEL,
                List.of(
                        step(
                                "goes on without the mirror",
                                all(NEXT.is(ReopenStep.CANCEL), ENDED_WELL),
                                ReopenStep.CHECK,
                                "from here on an error leaves the source and no mirror"),
                        ends(
                                "is refused for the mirror's sake",
                                all(NEXT.is(ReopenStep.CANCEL), FAILED_MIRROR),
                                Verdict.IN_USE,
                                "it was not ready, or did not drain; it is gone all the same")));
        own.put(ReopenStep.CHECK, then(ReopenStep.CHECK, ReopenStep.CLOSE, "nothing was touched yet"));
        own.put(
                ReopenStep.CLOSE,
                then(
                        ReopenStep.CLOSE,
                        ReopenStep.OPEN,
                        "the guest has no medium until the next image is open",
                        GUEST_ON.becomes(Side.NONE)));
        own.put(
                ReopenStep.OPEN,
                testified(ReopenStep.OPEN, NEXT.is(ReopenStep.OPEN), ReopenStep.ANSWER, GUEST_ON.becomes(Side.TARGET)));
        addAtomic(own);
        own.put(
                ReopenStep.FALL_BACK,
                List.of(ends(
                        "falls back",
                        NEXT.is(ReopenStep.FALL_BACK),
                        Verdict.FELL_BACK,
                        "the old image again, without a mirror",
                        GUEST_ON.becomes(Side.SOURCE))));
        own.put(ReopenStep.ANSWER, then(ReopenStep.ANSWER, ReopenStep.NOTHING, "the guest may have written already"));
        return own;
    }

    private static void addAtomic(Map<ReopenStep, List<Rule>> own) {
        own.put(ReopenStep.PROVE, then(ReopenStep.PROVE, ReopenStep.DRAIN, "the new image can be opened"));
        List<Rule> drained = new ArrayList<>(
                testified(ReopenStep.DRAIN, all(NEXT.is(ReopenStep.DRAIN), IN_STEP), ReopenStep.SWITCH));
        drained.add(ends(
                "is stopped while it drains",
                all(NEXT.is(ReopenStep.DRAIN), STATUS.is(JobStatus.STANDBY)),
                Verdict.IN_USE,
                "an error let the mirror stand by; nothing has changed"));
        drained.add(ends(
                "loses its mirror while it drains",
                all(NEXT.is(ReopenStep.DRAIN), GONE),
                Verdict.IN_USE,
                "the guest stays on the source"));
        own.put(ReopenStep.DRAIN, drained);
        own.put(
                ReopenStep.TESTIFY,
                List.of(
                        ends(
                                "testifies",
                                all(NEXT.is(ReopenStep.TESTIFY), ATOMIC.is(false)),
                                Verdict.SWITCHED,
                                "after the new image is open, before anybody is told",
                                WITNESS.becomes(Witness.WRITTEN)),
                        step(
                                "testifies before it switches",
                                all(NEXT.is(ReopenStep.TESTIFY), ATOMIC.is(true)),
                                ReopenStep.SWITCH,
                                "nothing is left that can fail, and both images are equal",
                                WITNESS.becomes(Witness.WRITTEN))));
        own.put(
                ReopenStep.SWITCH,
                List.of(ends(
                        "switches at once",
                        NEXT.is(ReopenStep.SWITCH),
                        Verdict.SWITCHED,
                        "mirror and image change in one step, in memory alone",
                        GUEST_ON.becomes(Side.TARGET),
                        STATUS.becomes(JobStatus.NULL))));
    }

    /** On to the witness if there is one, else past it. */
    private static List<Rule> testified(ReopenStep at, Guard when, ReopenStep past, Change... changes) {
        Guard plain = all(when, not(WITNESSED));
        Rule without = past == ReopenStep.ANSWER
                ? ends("reopen: " + at + " ends it", plain, Verdict.SWITCHED, "no witness was given", changes)
                : step("reopen: " + at + " leads on", plain, past, "no witness was given", changes);
        return List.of(
                without,
                step(
                        "reopen: " + at + " leads to the witness",
                        all(when, WITNESSED),
                        ReopenStep.TESTIFY,
                        "no byte, no write to the new image",
                        changes));
    }

    private static Map<ReopenFailure, List<Rule>> failures() {
        Map<ReopenFailure, List<Rule>> failures = new EnumMap<>(ReopenFailure.class);
        failures.put(
                ReopenFailure.CHECK,
                List.of(ends(
                        "does not pass the checks",
                        NEXT.is(ReopenStep.CHECK),
                        Verdict.REFUSED,
                        "the mirror is gone; the descriptor of the witness leaks")));
        failures.put(
                ReopenFailure.OPEN_DESTINATION,
                List.of(
                        step(
                                "can't open the new image",
                                NEXT.is(ReopenStep.OPEN),
                                ReopenStep.FALL_BACK,
                                "the old one is closed already"),
                        ends(
                                "can't prove the new image",
                                NEXT.is(ReopenStep.PROVE),
                                Verdict.REFUSED,
                                "nothing has changed, the mirror goes on")));
        failures.put(
                ReopenFailure.WRITE_WITNESS,
                List.of(
                        step(
                                "can't testify",
                                all(NEXT.is(ReopenStep.TESTIFY), ATOMIC.is(false)),
                                ReopenStep.FALL_BACK,
                                "as fatal as a new image that can't be opened: it is closed again",
                                GUEST_ON.becomes(Side.NONE)),
                        ends(
                                "can't testify in a transaction",
                                all(NEXT.is(ReopenStep.TESTIFY), ATOMIC.is(true)),
                                Verdict.REFUSED,
                                "nothing has changed, the mirror goes on")));
        failures.put(
                ReopenFailure.OPEN_SOURCE,
                List.of(ends(
                        "can't fall back",
                        NEXT.is(ReopenStep.FALL_BACK),
                        Verdict.LOST,
                        "hosed: neither image is open")));
        return failures;
    }

    private static List<Rule> then(ReopenStep at, ReopenStep next, String because, Change... changes) {
        return List.of(step("reopen: " + at, NEXT.is(at), next, because, changes));
    }

    private static Rule ends(String name, Guard when, Verdict verdict, String because, Change... changes) {
        List<Change> all = new ArrayList<>(Arrays.asList(changes));
        all.add(VERDICT.becomes(verdict));
        return step(name, when, ReopenStep.ANSWER, because, all.toArray(new Change[0]));
    }

    private static Rule step(String name, Guard when, ReopenStep next, String because, Change... changes) {
        List<Change> all = new ArrayList<>(Arrays.asList(changes));
        all.add(NEXT.becomes(next));
        return new Rule(name, when, all, Optional.empty(), because);
    }
}
