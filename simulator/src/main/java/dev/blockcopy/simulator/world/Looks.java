package dev.blockcopy.simulator.world;

import static dev.blockcopy.model.Guard.all;
import static dev.blockcopy.model.Guard.not;
import static dev.blockcopy.qemufake.JobPlaces.ASKED;
import static dev.blockcopy.qemufake.JobPlaces.BEHIND;
import static dev.blockcopy.qemufake.JobPlaces.FAILED;
import static dev.blockcopy.qemufake.JobPlaces.GUEST_ON;
import static dev.blockcopy.qemufake.JobPlaces.STARTED;
import static dev.blockcopy.qemufake.JobPlaces.STATUS;
import static dev.blockcopy.simulator.world.Outside.CHANGED;
import static dev.blockcopy.simulator.world.Outside.GUEST;

import dev.blockcopy.model.Guard;
import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.model.qmp.JobStatus;
import dev.blockcopy.qemufake.JobPlaces.Asked;
import dev.blockcopy.qemufake.JobPlaces.Side;
import dev.blockcopy.simulator.world.Outside.Changed;
import dev.blockcopy.simulator.world.Outside.Run;
import java.util.List;

/** What QEMU answers to queries: each a look at one thing, at one instant. */
final class Looks {
    private static final Guard CONCLUDED = STATUS.is(JobStatus.CONCLUDED);

    private final Voice voice;
    private final Budgets budgets;

    Looks(Voice voice, Variant variant, Budgets budgets) {
        this.voice = voice;
        this.budgets = budgets;
        jobs(variant);
        backlog();
        guestAndGraph();
    }

    /**
     * In 2012 no look tells a job that has copied all from one that is ready: what is copied is taken for ready, and so it
     * becomes ready before it is looked at, as it does in QEMU's main loop.
     */
    private void jobs(Variant variant) {
        Guard begun =
                STATUS.isOneOf(List.of(JobStatus.UNDEFINED, JobStatus.CREATED, JobStatus.RUNNING, JobStatus.PAUSED));
        Guard running = variant.switching() == Variant.Switching.REOPEN
                ? all(begun, not(all(STARTED.is(true), BEHIND.is(false), FAILED.is(false))))
                : begun;
        Guard ready = STATUS.isOneOf(List.of(JobStatus.READY, JobStatus.STANDBY));
        voice.says(CopyEffect.LOOK_AT_JOBS, running, Trigger.JOB_RUNNING);
        voice.says(CopyEffect.LOOK_AT_JOBS, ready, Trigger.JOB_READY);
        voice.says(
                CopyEffect.LOOK_AT_JOBS,
                STATUS.isOneOf(List.of(JobStatus.WAITING, JobStatus.ABORTING)),
                Trigger.JOB_ENDING);
        voice.says(CopyEffect.LOOK_AT_JOBS, STATUS.is(JobStatus.PENDING), Trigger.JOB_PENDING);
        voice.says(CopyEffect.LOOK_AT_JOBS, STATUS.is(JobStatus.NULL), Trigger.JOB_ABSENT);
        voice.says(CopyEffect.LOOK_AT_JOBS, all(CONCLUDED, ASKED.is(Asked.FORCE)), Trigger.JOB_CANCELLED);
        voice.says(
                CopyEffect.LOOK_AT_JOBS,
                all(CONCLUDED, not(ASKED.is(Asked.FORCE)), FAILED.is(true)),
                Trigger.JOB_ERROR);
        voice.says(
                CopyEffect.LOOK_AT_JOBS,
                all(CONCLUDED, not(ASKED.is(Asked.FORCE)), FAILED.is(false)),
                Trigger.JOB_CLEAN);
    }

    private void backlog() {
        Guard inStep = all(STATUS.is(JobStatus.READY), BEHIND.is(false), FAILED.is(false));
        Guard over = STATUS.isOneOf(List.of(JobStatus.CONCLUDED, JobStatus.NULL));
        voice.says(CopyEffect.LOOK_AT_STEP, inStep, Trigger.IN_STEP);
        voice.says(CopyEffect.LOOK_AT_STEP, all(not(inStep), not(over)), Trigger.BACKLOG_LARGE);
        voice.says(CopyEffect.LOOK_AT_STEP, over, Trigger.JOB_ABSENT);
        voice.says(CopyEffect.LOOK_AT_BACKLOG, STATUS.is(JobStatus.READY), Trigger.BACKLOG_SMALL);
        voice.says(CopyEffect.LOOK_AT_BACKLOG, not(STATUS.is(JobStatus.READY)), Trigger.BACKLOG_LARGE);
        if (budgets.allows(Fault.BACKLOG)) {
            voice.answer(
                    new Voice.Answer(
                            CopyEffect.LOOK_AT_BACKLOG,
                            "LOOK_AT_BACKLOG: far behind",
                            all(STATUS.is(JobStatus.READY), budgets.isLeft(Fault.BACKLOG)),
                            Trigger.BACKLOG_LARGE,
                            List.of()),
                    List.of(budgets.spend(Fault.BACKLOG)));
        }
    }

    private void guestAndGraph() {
        voice.says(CopyEffect.LOOK_AT_GUEST, GUEST.is(Run.RUNS), Trigger.GUEST_RUNS);
        voice.says(CopyEffect.LOOK_AT_GUEST, not(GUEST.is(Run.RUNS)), Trigger.GUEST_PAUSED);
        voice.says(CopyEffect.LOOK_AT_GRAPH, GUEST_ON.is(Side.SOURCE), Trigger.ON_SOURCE);
        voice.says(CopyEffect.LOOK_AT_GRAPH, GUEST_ON.is(Side.TARGET), Trigger.ON_DESTINATION);
        Guard isSwapped = CHANGED.is(Changed.SWAPPED);
        voice.says(CopyEffect.LOOK_AT_GRAPH, all(GUEST_ON.is(Side.NONE), not(isSwapped)), Trigger.NO_MEDIUM);
        voice.says(CopyEffect.LOOK_AT_GRAPH, isSwapped, Trigger.ON_ANOTHER);
    }
}
