package dev.blockcopy.qemufake;

import static dev.blockcopy.model.Guard.all;
import static dev.blockcopy.model.Guard.not;
import static dev.blockcopy.qemufake.JobPlaces.ASKED;
import static dev.blockcopy.qemufake.JobPlaces.AUTO_DISMISS;
import static dev.blockcopy.qemufake.JobPlaces.AUTO_FINALIZE;
import static dev.blockcopy.qemufake.JobPlaces.BACKS_UP;
import static dev.blockcopy.qemufake.JobPlaces.BEHIND;
import static dev.blockcopy.qemufake.JobPlaces.FAILED;
import static dev.blockcopy.qemufake.JobPlaces.GROUPED;
import static dev.blockcopy.qemufake.JobPlaces.GUEST_ON;
import static dev.blockcopy.qemufake.JobPlaces.IN_FLIGHT;
import static dev.blockcopy.qemufake.JobPlaces.MIRRORS;
import static dev.blockcopy.qemufake.JobPlaces.PAUSED;
import static dev.blockcopy.qemufake.JobPlaces.STARTED;
import static dev.blockcopy.qemufake.JobPlaces.STATUS;

import dev.blockcopy.model.Change;
import dev.blockcopy.model.Guard;
import dev.blockcopy.model.Process;
import dev.blockcopy.model.Rule;
import dev.blockcopy.model.qmp.JobStatus;
import dev.blockcopy.qemufake.JobPlaces.Asked;
import dev.blockcopy.qemufake.JobPlaces.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The life of one job inside QEMU, declared in the language of the model: what it does by itself ({@link #OWN}), what
 * it makes of each request ({@link #ANSWERS}), and what can go wrong with it ({@link #FAILURES}).
 *
 * <p>{@link QemuCore} runs these very rules; a checker composes them. Bytes, texts and times are a layer around them:
 * here, what is still to be carried is one flag. Facts are from QEMU 7.2, {@code job.c} and {@code block/mirror.c}, and
 * were seen.
 */
public final class JobHeart {
    /**
     * What a job makes of a request.
     *
     * @param request what was asked
     * @param reply what is answered; the rule's events come before it
     * @param rule where, and what is then
     */
    public record Answer(JobRequest request, JobReply reply, Rule rule) {}

    private static final Guard ACTIVE = STATUS.isOneOf(List.of(JobStatus.RUNNING, JobStatus.READY));
    private static final Guard SWITCHES = ASKED.isOneOf(List.of(Asked.COMPLETE, Asked.COMPLETE_THEN_CANCEL));
    private static final Guard UNFAILED = all(FAILED.is(false), not(ASKED.is(Asked.FORCE)));
    private static final Guard GOING_ON = all(UNFAILED, PAUSED.is(false), IN_FLIGHT.is(false));
    private static final Guard IN_STEP = all(STATUS.is(JobStatus.READY), BEHIND.is(false), GOING_ON);
    private static final Guard BLOCK_JOB = Guard.any(MIRRORS.is(true), BACKS_UP.is(true));
    private static final Guard SAVED =
            all(STATUS.is(JobStatus.RUNNING), STARTED.is(true), BEHIND.is(false), BACKS_UP.is(true), GOING_ON);
    private static final Guard STILL = all(ACTIVE, IN_FLIGHT.is(false));

    private static final String[] THROUGH = {"waiting", "pending"};

    /** What a job does of its own accord, by step; at most one rule of all is enabled unless there is copying to do. */
    public static final Map<JobStep, List<Rule>> OWN = own();

    /** For each request, rules of which exactly one is enabled in every state. */
    public static final Map<JobRequest, List<Answer>> ANSWERS = answers();

    /** What the host does to a job; never by itself. */
    public static final Map<JobFailure, List<Rule>> FAILURES = failures();

    /** What the last one of a group to wait sets off in each of them: all is done but to be finalized. */
    public static final List<Rule> GROUP_DONE = List.of(
            telling(
                    "its group is done",
                    all(STATUS.is(JobStatus.WAITING), GROUPED.is(true), AUTO_FINALIZE.is(true)),
                    "none is left that could fail",
                    List.of(THROUGH[1]),
                    STATUS.becomes(JobStatus.PENDING)),
            telling(
                    "its group is done and waits to be finalized",
                    all(STATUS.is(JobStatus.WAITING), GROUPED.is(true), AUTO_FINALIZE.is(false)),
                    "none is left that could fail",
                    List.of(THROUGH[1], Telling.PENDING),
                    STATUS.becomes(JobStatus.PENDING)));

    private JobHeart() {}

    /** The job as an actor that a checker can set beside others. */
    public static Process process() {
        List<Rule> rules = new ArrayList<>();
        OWN.values().forEach(rules::addAll);
        return new Process("job", JobPlaces.ALL, rules);
    }

    private static Map<JobStep, List<Rule>> own() {
        Map<JobStep, List<Rule>> own = new EnumMap<>(JobStep.class);
        List<Rule> aborts = new ArrayList<>();
        aborts.addAll(ends(
                "aborts by force",
                all(STILL, ASKED.is(Asked.FORCE), BLOCK_JOB),
                List.of("aborting", Telling.CANCELLED),
                "no waiting, no pending, even where it would be finalized by hand",
                FAILED.becomes(true)));
        aborts.addAll(ends(
                "gives up creating",
                all(STILL, Guard.any(ASKED.is(Asked.FORCE), FAILED.is(true)), not(BLOCK_JOB)),
                List.of("aborting"),
                "no block job, so no event of one",
                FAILED.becomes(true)));
        aborts.addAll(ends(
                "dies of an error",
                all(STILL, FAILED.is(true), not(ASKED.is(Asked.FORCE)), BLOCK_JOB),
                List.of("aborting", Telling.COMPLETED),
                "the guest stays on the source, and the event carries the error"));
        own.put(JobStep.ABORT, aborts);
        own.put(
                JobStep.REST,
                List.of(
                        rests("comes to rest", JobStatus.RUNNING, "paused", JobStatus.PAUSED),
                        rests("comes to stand by", JobStatus.READY, "standby", JobStatus.STANDBY)));
        own.put(
                JobStep.START,
                List.of(rule(
                        "starts",
                        all(ACTIVE, STARTED.is(false), GOING_ON),
                        "the command has been answered before sizes are compared",
                        STARTED.becomes(true))));
        own.put(
                JobStep.SYNCHRONISE,
                List.of(telling(
                        "synchronises",
                        all(
                                STATUS.is(JobStatus.RUNNING),
                                STARTED.is(true),
                                BEHIND.is(false),
                                MIRRORS.is(true),
                                GOING_ON),
                        "once a job; it is not told again when the job falls behind",
                        List.of("ready", Telling.READY),
                        STATUS.becomes(JobStatus.READY))));
        own.put(JobStep.CONVERGE, converges());
        own.put(JobStep.SEND, sends());
        own.put(JobStep.COPY, carriesOver());
        return own;
    }

    private static List<Rule> sends() {
        return List.of(rule(
                "sends",
                all(ACTIVE, GOING_ON, STARTED.is(true), BEHIND.is(true), BLOCK_JOB),
                "copying goes on while ready",
                IN_FLIGHT.becomes(true)));
    }

    private static List<Rule> carriesOver() {
        return List.of(rule(
                "carries over",
                all(ACTIVE, IN_FLIGHT.is(true)),
                "requests under way are done whatever was asked, and a cut may come between any two pieces",
                IN_FLIGHT.becomes(false),
                BEHIND.becomes(false)));
    }

    private static Rule rests(String name, JobStatus from, String line, JobStatus to) {
        return telling(
                name,
                all(STATUS.is(from), PAUSED.is(true), IN_FLIGHT.is(false), UNFAILED),
                "asked to pause while requests were under way",
                List.of(line),
                STATUS.becomes(to));
    }

    private static List<Rule> converges() {
        List<Rule> rules = new ArrayList<>();
        rules.addAll(ends(
                "switches",
                all(IN_STEP, SWITCHES, AUTO_FINALIZE.is(true)),
                List.of(THROUGH[0], THROUGH[1], Telling.COMPLETED),
                "the instant of the pivot: the guest writes to the target from here on",
                GUEST_ON.becomes(Side.TARGET)));
        rules.addAll(ends(
                "leaves a copy",
                all(IN_STEP, ASKED.is(Asked.CANCEL), AUTO_FINALIZE.is(true)),
                List.of(THROUGH[0], THROUGH[1], Telling.COMPLETED),
                "a graceful cancel ends as completed; only the graph tells it from a pivot"));
        rules.add(telling(
                "waits to be finalized",
                all(IN_STEP, Guard.any(SWITCHES, ASKED.is(Asked.CANCEL)), AUTO_FINALIZE.is(false)),
                "the disk is drained until somebody finalizes or cancels",
                List.of(THROUGH[0], THROUGH[1], Telling.PENDING),
                STATUS.becomes(JobStatus.PENDING)));
        rules.addAll(ends(
                "has saved all",
                all(SAVED, GROUPED.is(false), AUTO_FINALIZE.is(true)),
                List.of(THROUGH[0], THROUGH[1], Telling.COMPLETED),
                "a backup is never ready: it ends when it has everything"));
        rules.add(telling(
                "has saved all and waits to be finalized",
                all(SAVED, GROUPED.is(false), AUTO_FINALIZE.is(false)),
                "until somebody finalizes or cancels",
                List.of(THROUGH[0], THROUGH[1], Telling.PENDING),
                STATUS.becomes(JobStatus.PENDING)));
        rules.add(telling(
                "has saved all and waits for its group",
                all(SAVED, GROUPED.is(true)),
                "one of them may still fail",
                List.of(THROUGH[0]),
                STATUS.becomes(JobStatus.WAITING)));
        rules.addAll(ends(
                "has created",
                all(STATUS.is(JobStatus.RUNNING), STARTED.is(true), not(BLOCK_JOB), GOING_ON),
                List.of(THROUGH),
                "no block job, so no event of one"));
        return rules;
    }

    private static Map<JobRequest, List<Answer>> answers() {
        Map<JobRequest, List<Answer>> answers = new EnumMap<>(JobRequest.class);
        for (JobRequest request : JobRequest.values()) {
            answers.put(request, new AnswersOf(request).list());
        }
        return answers;
    }

    private static Map<JobFailure, List<Rule>> failures() {
        Map<JobFailure, List<Rule>> failures = new EnumMap<>(JobFailure.class);
        failures.put(
                JobFailure.REPORTED,
                List.of(rule("fails", all(ACTIVE, FAILED.is(false)), "policy report", FAILED.becomes(true))));
        failures.put(
                JobFailure.STOPPED,
                List.of(
                        telling(
                                "stops on an error",
                                all(STATUS.is(JobStatus.RUNNING), GOING_ON),
                                "policy stop: until a resume",
                                List.of("paused"),
                                STATUS.becomes(JobStatus.PAUSED),
                                PAUSED.becomes(true)),
                        telling(
                                "stands by on an error",
                                all(STATUS.is(JobStatus.READY), GOING_ON),
                                "policy stop: until a resume",
                                List.of("standby"),
                                STATUS.becomes(JobStatus.STANDBY),
                                PAUSED.becomes(true)),
                        rule(
                                "will stop on an error",
                                all(ACTIVE, UNFAILED, PAUSED.is(false), IN_FLIGHT.is(true)),
                                "policy stop, but other requests are still under way",
                                PAUSED.becomes(true))));
        failures.put(JobFailure.COMPLETION, completionFailures(false));
        failures.put(JobFailure.COMPLETION_SWITCHED, completionFailures(true));
        failures.put(
                JobFailure.QEMU_ABORTS,
                List.of(
                        telling(
                                "takes QEMU down at the switch",
                                all(IN_STEP, SWITCHES, AUTO_FINALIZE.is(true)),
                                "users of the target that do not bear the guest's disk",
                                List.of(THROUGH),
                                STATUS.becomes(JobStatus.PENDING)),
                        rule(
                                "takes QEMU down when finalized",
                                all(STATUS.is(JobStatus.PENDING), SWITCHES),
                                "users of the target that do not bear the guest's disk")));
        return failures;
    }

    /** An error at the very end, mostly with the guest on the source, once (f07) on the target. */
    private static List<Rule> completionFailures(boolean isSwitched) {
        Change[] changes = isSwitched
                ? new Change[] {FAILED.becomes(true), GUEST_ON.becomes(Side.TARGET)}
                : new Change[] {FAILED.becomes(true)};
        String name = isSwitched ? "switches and fails" : "fails to switch";
        String because = "the command had long been answered; the error is in the job alone";
        List<Rule> rules = new ArrayList<>();
        rules.addAll(ends(
                name,
                all(IN_STEP, SWITCHES, AUTO_FINALIZE.is(true)),
                List.of(THROUGH[0], THROUGH[1], "aborting", Telling.COMPLETED),
                because,
                changes));
        rules.addAll(ends(
                name + " when finalized",
                all(STATUS.is(JobStatus.PENDING), SWITCHES),
                List.of("aborting", Telling.COMPLETED),
                because,
                changes));
        return rules;
    }

    /** An end comes in two forms: the job stays concluded until it is dismissed, or is gone at once. */
    static List<Rule> ends(String name, Guard when, List<String> lines, String because, Change... changes) {
        List<String> kept = new ArrayList<>(lines);
        kept.add("concluded");
        List<String> gone = new ArrayList<>(kept);
        gone.add("null");
        return List.of(
                telling(name, when.and(AUTO_DISMISS.is(false)), because, kept, to(JobStatus.CONCLUDED, changes)),
                telling(
                        name + " and leaves",
                        when.and(AUTO_DISMISS.is(true)),
                        because,
                        gone,
                        to(JobStatus.NULL, changes)));
    }

    private static Change[] to(JobStatus status, Change... changes) {
        List<Change> all = new ArrayList<>(Arrays.asList(changes));
        all.add(STATUS.becomes(status));
        all.add(PAUSED.becomes(false));
        return all.toArray(new Change[0]);
    }

    static Rule rule(String name, Guard when, String because, Change... changes) {
        return new Rule(name, when, Arrays.asList(changes), Optional.empty(), because);
    }

    static Rule telling(String name, Guard when, String because, List<String> lines, Change... changes) {
        return new Rule(name, when, Arrays.asList(changes), Optional.of(new Telling(lines)), because);
    }
}
