package dev.blockcopy.qemufake;

import static dev.blockcopy.model.Guard.all;
import static dev.blockcopy.model.Guard.any;
import static dev.blockcopy.model.Guard.not;
import static dev.blockcopy.qemufake.JobPlaces.ASKED;
import static dev.blockcopy.qemufake.JobPlaces.FAILED;
import static dev.blockcopy.qemufake.JobPlaces.GUEST_ON;
import static dev.blockcopy.qemufake.JobPlaces.IN_FLIGHT;
import static dev.blockcopy.qemufake.JobPlaces.MIRRORS;
import static dev.blockcopy.qemufake.JobPlaces.PAUSED;
import static dev.blockcopy.qemufake.JobPlaces.STATUS;

import dev.blockcopy.model.Change;
import dev.blockcopy.model.Guard;
import dev.blockcopy.model.Rule;
import dev.blockcopy.model.qmp.JobStatus;
import dev.blockcopy.qemufake.JobPlaces.Asked;
import dev.blockcopy.qemufake.JobPlaces.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The rules for one request of {@link JobHeart}: QEMU's checks in QEMU's order, then what is done. */
final class AnswersOf {
    private final JobRequest request;
    private final List<JobHeart.Answer> answers = new ArrayList<>();
    /** What no check so far has caught. */
    private Guard rest = Guard.ALWAYS;

    AnswersOf(JobRequest request) {
        this.request = request;
        switch (request) {
            case CANCEL -> cancel();
            case FORCE -> force();
            case PAUSE -> pause();
            case RESUME -> resume();
            case SET_SPEED -> setSpeed();
            case COMPLETE -> complete();
            case FINALIZE -> finish();
            case DISMISS -> dismiss();
        }
    }

    List<JobHeart.Answer> list() {
        return List.copyOf(answers);
    }

    private void cancel() {
        refuse(PAUSED.is(true), JobReply.PAUSED, "a paused job takes force only");
        refuseByStatus();
        asks("is asked gracefully", ASKED.is(Asked.NOTHING), Asked.CANCEL);
        asks("is asked too late", ASKED.is(Asked.COMPLETE), Asked.COMPLETE_THEN_CANCEL);
        done("is asked again", STATUS.is(JobStatus.READY), "nothing new");
        abortPending();
        done(
                "is cancelled before it is ready",
                rest,
                "before ready every cancel is forced",
                ASKED.becomes(Asked.FORCE));
    }

    private void asks(String name, Guard when, Asked asked) {
        Guard ready = all(STATUS.is(JobStatus.READY), when);
        done(name, ready, "it ends when it is in step", ASKED.becomes(asked));
    }

    private void force() {
        refuseByStatus();
        abortPending();
        wakes("is forced awake", JobStatus.PAUSED, "running", JobStatus.RUNNING, ASKED.becomes(Asked.FORCE));
        wakes("is forced to be ready", JobStatus.STANDBY, "ready", JobStatus.READY, ASKED.becomes(Asked.FORCE));
        done(
                "is forced",
                rest,
                "never a graceful end, also when ready",
                ASKED.becomes(Asked.FORCE),
                PAUSED.becomes(false));
    }

    /** The whole end comes before the reply. */
    private void abortPending() {
        ends(
                "aborts while pending",
                STATUS.isOneOf(List.of(JobStatus.WAITING, JobStatus.PENDING)),
                List.of("aborting", Telling.CANCELLED),
                "any cancel in waiting or pending aborts",
                ASKED.becomes(Asked.FORCE),
                FAILED.becomes(true));
    }

    private void pause() {
        refuseByStatus();
        refuse(PAUSED.is(true), JobReply.ALREADY_PAUSED, "by the user or by an error");
        done(
                "pauses too late",
                any(ASKED.is(Asked.FORCE), FAILED.is(true)),
                "a job on its way out does not stop for a pause");
        done(
                "pauses when its requests are done",
                IN_FLIGHT.is(true),
                "nothing shows before, and nothing ever if it is resumed before",
                PAUSED.becomes(true));
        sleeps("pauses", JobStatus.RUNNING, "paused", JobStatus.PAUSED);
        sleeps("stands by", JobStatus.READY, "standby", JobStatus.STANDBY);
        done("pauses before it runs", rest, "no client sees it", PAUSED.becomes(true));
    }

    private void sleeps(String name, JobStatus from, String line, JobStatus to) {
        tells(name, STATUS.is(from), List.of(line), "told before the reply", STATUS.becomes(to), PAUSED.becomes(true));
    }

    private void resume() {
        refuse(PAUSED.is(false), JobReply.NOT_PAUSED, "looked at before the status");
        refuseByStatus();
        wakes("runs again", JobStatus.PAUSED, "running", JobStatus.RUNNING);
        wakes("is ready again", JobStatus.STANDBY, "ready", JobStatus.READY);
        done("resumes before it stood still", rest, "no client sees it", PAUSED.becomes(false));
    }

    private void wakes(String name, JobStatus from, String line, JobStatus to, Change... changes) {
        List<Change> all = new ArrayList<>(Arrays.asList(changes));
        all.add(STATUS.becomes(to));
        all.add(PAUSED.becomes(false));
        tells(name, STATUS.is(from), List.of(line), "told before the reply", all.toArray(new Change[0]));
    }

    private void setSpeed() {
        refuseByStatus();
        done("gets a limit", rest, "also while ready, where it is not applied");
    }

    private void complete() {
        refuse(MIRRORS.is(false), JobReply.WRONG_STATUS, "a job that creates is never ready");
        refuseByStatus();
        refuse(
                ASKED.isOneOf(List.of(Asked.CANCEL, Asked.COMPLETE_THEN_CANCEL, Asked.FORCE)),
                JobReply.CANCEL_ASKED,
                "a cancel is on its way");
        done(
                "is asked to complete",
                rest,
                "in standby it is remembered until the resume",
                ASKED.becomes(Asked.COMPLETE));
    }

    private void finish() {
        refuseByStatus();
        ends(
                "switches when finalized",
                ASKED.isOneOf(List.of(Asked.COMPLETE, Asked.COMPLETE_THEN_CANCEL)),
                List.of(Telling.COMPLETED),
                "the instant of the pivot, before the reply",
                GUEST_ON.becomes(Side.TARGET));
        ends("leaves a copy when finalized", rest, List.of(Telling.COMPLETED), "a graceful cancel was asked");
    }

    private void dismiss() {
        refuseByStatus();
        tells("is dismissed", rest, List.of("null"), "told before the reply", STATUS.becomes(JobStatus.NULL));
    }

    private void refuseByStatus() {
        Guard wrong = any(Arrays.stream(JobStatus.values())
                .filter(status -> !JobTables.takes(status, request.verb()))
                .map(STATUS::is)
                .toList());
        refuse(wrong, JobReply.WRONG_STATUS, "QEMU's table of verbs");
    }

    private void refuse(Guard when, JobReply reply, String because) {
        add(reply, JobHeart.rule(name("refuses"), all(rest, when), because));
        rest = all(rest, not(when));
    }

    private void done(String name, Guard when, String because, Change... changes) {
        add(JobReply.DONE, JobHeart.rule(name(name), all(rest, when), because, changes));
        rest = all(rest, not(when));
    }

    private void tells(String name, Guard when, List<String> lines, String because, Change... changes) {
        add(JobReply.DONE, JobHeart.telling(name(name), all(rest, when), because, lines, changes));
        rest = all(rest, not(when));
    }

    private void ends(String name, Guard when, List<String> lines, String because, Change... changes) {
        JobHeart.ends(name(name), all(rest, when), lines, because, changes).forEach(rule -> add(JobReply.DONE, rule));
        rest = all(rest, not(when));
    }

    private String name(String what) {
        return request + ": " + what;
    }

    private void add(JobReply reply, Rule rule) {
        answers.add(new JobHeart.Answer(request, reply, rule));
    }
}
