package dev.blockcopy.model.lifecycle;

import static dev.blockcopy.model.lifecycle.Trigger.CANCEL;
import static dev.blockcopy.model.lifecycle.Trigger.CANCEL_IF_READY;
import static dev.blockcopy.model.lifecycle.Trigger.FORCE;
import static dev.blockcopy.model.lifecycle.Trigger.KEEP_DESTINATION;
import static dev.blockcopy.model.lifecycle.Trigger.KEEP_SOURCE;
import static dev.blockcopy.model.lifecycle.Trigger.PIVOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.model.Valuation;
import dev.blockcopy.model.lifecycle.Facts.Switch;
import dev.blockcopy.model.lifecycle.Facts.Wish;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What becomes of a request, state by state. */
class RequestsTest {
    private static final List<Trigger> REQUESTS = List.of(PIVOT, CANCEL, CANCEL_IF_READY, FORCE);

    @Test
    void anyRequestWhileBeingStartedIsRefused() {
        Stream.of(
                        JobState.REQUESTED,
                        JobState.MAKING,
                        JobState.PLACING,
                        JobState.OPENING,
                        JobState.FORMATTING,
                        JobState.FORMATTED,
                        JobState.CLOSING,
                        JobState.ATTACHING,
                        JobState.STARTING)
                .map(Jobs::in)
                .forEach(job -> REQUESTS.forEach(request -> isRefused(job, request, Refusal.BEING_STARTED)));
    }

    @Test
    void anyRequestWhileCleaningUpOrAtAnEndIsRefused() {
        Arrays.stream(JobState.values())
                .filter(state -> state.isTerminal()
                        || state == JobState.PROVING
                        || Lifecycle.TABLE.anchorsOf(state).contains(JobState.CONCLUDED))
                .map(Jobs::in)
                .forEach(job -> REQUESTS.forEach(request -> isRefused(job, request, Refusal.ENDED)));
    }

    @Test
    void anyRequestInDoubtIsRefused() {
        REQUESTS.forEach(request -> isRefused(Jobs.in(JobState.IN_DOUBT), request, Refusal.IN_DOUBT));
        REQUESTS.forEach(request -> isRefused(Jobs.in(JobState.JUDGING, JobState.IN_DOUBT), request, Refusal.IN_DOUBT));
    }

    @Test
    void aPersonsWordEndsADoubtAndNothingElse() {
        Valuation doubt = Jobs.in(JobState.IN_DOUBT).with(Facts.ONLINE, false);
        moves(doubt, KEEP_SOURCE, JobState.CONCLUDED);
        moves(doubt, KEEP_DESTINATION, JobState.CONCLUDED);
        isRefused(Jobs.in(JobState.JUDGING, JobState.IN_DOUBT), KEEP_SOURCE, Refusal.LOOKING);
        Arrays.stream(JobState.values())
                .filter(state -> state != JobState.IN_DOUBT)
                .forEach(state -> isRefused(
                        Jobs.in(state), KEEP_SOURCE, state.isTerminal() ? Refusal.ENDED : Refusal.NOT_IN_DOUBT));
    }

    @Test
    void aPersonsWordLetsGoOfWhatIsOursInAQemuThatLives() {
        Valuation doubt = Jobs.in(JobState.IN_DOUBT).with(Facts.ONLINE, true);
        moves(doubt.with(Facts.RESUME_DUE, true), KEEP_DESTINATION, JobState.RESUMING, CopyEffect.CONT);
        moves(doubt.with(Facts.RESUME_DUE, false), KEEP_SOURCE, JobState.DISMISSING, CopyEffect.DISMISS);
    }

    @Test
    void anyRequestWhileRetreatingHasToWait() {
        REQUESTS.forEach(request -> isRefused(Jobs.in(JobState.RETREATING), request, Refusal.PIVOT_REFUSED));
    }

    @Test
    void cancelFromStreamingIsGraceful() {
        moves(Jobs.in(JobState.STREAMING), CANCEL, JobState.CANCELLING, CopyEffect.CANCEL_SOFTLY);
        isRefused(Jobs.in(JobState.STREAMING), CANCEL_IF_READY, Refusal.NOT_READY);
    }

    @Test
    void cancelFromMirroringIsGraceful() {
        moves(Jobs.in(JobState.MIRRORING), CANCEL, JobState.CANCELLING, CopyEffect.CANCEL_SOFTLY);
        moves(Jobs.in(JobState.MIRRORING), CANCEL_IF_READY, JobState.CANCELLING, CopyEffect.CANCEL_SOFTLY);
    }

    @Test
    void cancelWithoutAMonitorIsRememberedAndToldLater() {
        Stream.of(JobState.STREAMING, JobState.MIRRORING)
                .map(state -> Jobs.in(state).with(Facts.ONLINE, false))
                .forEach(job -> {
                    moves(job, CANCEL, JobState.CANCELLING);
                    moves(job, FORCE, JobState.FORCING);
                });
    }

    @Test
    void cancelFromApproachingAndGaugingIsStillGraceful() {
        moves(Jobs.in(JobState.APPROACHING), CANCEL, JobState.CANCELLING, CopyEffect.CANCEL_SOFTLY);
        moves(Jobs.in(JobState.GAUGING), CANCEL, JobState.CANCELLING, CopyEffect.CANCEL_SOFTLY);
    }

    @Test
    void cancelFromPivotingPausingSwitchingOrGaugingAgainIsRefused() {
        Stream.of(
                        Jobs.in(JobState.PIVOTING),
                        Jobs.in(JobState.PAUSING),
                        Jobs.in(JobState.SWITCHING),
                        Jobs.in(JobState.GAUGING, JobState.PIVOTING),
                        Jobs.in(JobState.JUDGING, JobState.PIVOTING))
                .forEach(job -> {
                    isRefused(job, CANCEL, Refusal.PIVOT_IN_PROGRESS);
                    isRefused(job, CANCEL_IF_READY, Refusal.PIVOT_IN_PROGRESS);
                });
    }

    @Test
    void cancelFromCancellingOrForcingIsIgnored() {
        Stream.of(
                        Jobs.in(JobState.CANCELLING),
                        Jobs.in(JobState.FORCING),
                        Jobs.in(JobState.JUDGING, JobState.CANCELLING),
                        Jobs.in(JobState.JUDGING, JobState.FORCING))
                .forEach(job -> isIgnored(job, CANCEL));
    }

    @Test
    void cancelWhileTheJobsAreLookedAtIsToldAfterTheLook() {
        Stream.of(JobState.STREAMING, JobState.MIRRORING).forEach(behind -> {
            Valuation after = moves(Jobs.in(JobState.JUDGING, behind), CANCEL, JobState.JUDGING);
            assertThat(after.get(Facts.JOURNAL)).isEqualTo(JobState.CANCELLING);
        });
    }

    @Test
    void forceFromWhereverAJobRunsIsToldAtOnce() {
        Stream.of(
                        JobState.STREAMING,
                        JobState.MIRRORING,
                        JobState.APPROACHING,
                        JobState.GAUGING,
                        JobState.PAUSING,
                        JobState.SWITCHING,
                        JobState.CANCELLING)
                .map(Jobs::in)
                .forEach(job -> moves(job, FORCE, JobState.FORCING, CopyEffect.CANCEL_BY_FORCE));
    }

    @Test
    void forceFromPivotingIsToldOnReturn() {
        moves(Jobs.in(JobState.PIVOTING).with(Facts.ONLINE, false), FORCE, JobState.FORCING);
    }

    @Test
    void forceFromAReopenUnderWayIsRefused() {
        isRefused(Jobs.in(JobState.SWITCHING).with(Facts.SWITCH, Switch.REOPEN), FORCE, Refusal.PIVOT_IN_PROGRESS);
    }

    @Test
    void forceFromForcingIsIgnored() {
        isIgnored(Jobs.in(JobState.FORCING), FORCE);
        isIgnored(Jobs.in(JobState.JUDGING, JobState.FORCING), FORCE);
    }

    @Test
    void forceWhileTheJobsAreLookedAtIsToldAfterTheLook() {
        Stream.of(JobState.STREAMING, JobState.MIRRORING, JobState.PIVOTING, JobState.CANCELLING)
                .forEach(behind -> {
                    Valuation after = moves(Jobs.in(JobState.JUDGING, behind), FORCE, JobState.JUDGING);
                    assertThat(after.get(Facts.JOURNAL)).isEqualTo(JobState.FORCING);
                });
    }

    @Test
    void pivotFromStreamingIsRefused() {
        isRefused(Jobs.in(JobState.STREAMING), PIVOT, Refusal.NOT_READY);
        isRefused(Jobs.in(JobState.JUDGING, JobState.STREAMING), PIVOT, Refusal.NOT_READY);
    }

    @Test
    void pivotFromMirroringBeginsAndIsRemembered() {
        Valuation after = moves(Jobs.in(JobState.MIRRORING), PIVOT, JobState.APPROACHING, CopyEffect.LOOK_AT_BACKLOG);
        assertThat(after.get(Facts.WISH)).isEqualTo(Wish.PIVOT);
    }

    @Test
    void pivotFromMirroringWithoutAMonitorIsRemembered() {
        Valuation after = moves(Jobs.in(JobState.MIRRORING).with(Facts.ONLINE, false), PIVOT, JobState.MIRRORING);
        assertThat(after.get(Facts.WISH)).isEqualTo(Wish.PIVOT);
    }

    @Test
    void pivotWhileTheJobsAreLookedAtIsBegunAfterTheLook() {
        Valuation after = moves(Jobs.in(JobState.JUDGING, JobState.MIRRORING), PIVOT, JobState.JUDGING);
        assertThat(after.get(Facts.WISH)).isEqualTo(Wish.PIVOT);
    }

    @Test
    void pivotFromAPivotUnderWayIsIgnored() {
        Stream.of(
                        Jobs.in(JobState.APPROACHING),
                        Jobs.in(JobState.GAUGING),
                        Jobs.in(JobState.PIVOTING),
                        Jobs.in(JobState.PAUSING),
                        Jobs.in(JobState.SWITCHING),
                        Jobs.in(JobState.JUDGING, JobState.PIVOTING))
                .forEach(job -> isIgnored(job, PIVOT));
    }

    @Test
    void pivotFromCancellingOrForcingIsRefused() {
        Stream.of(
                        Jobs.in(JobState.CANCELLING),
                        Jobs.in(JobState.FORCING),
                        Jobs.in(JobState.JUDGING, JobState.CANCELLING),
                        Jobs.in(JobState.JUDGING, JobState.FORCING))
                .forEach(job -> isRefused(job, PIVOT, Refusal.CANCEL_IN_PROGRESS));
    }

    @Test
    void startIsOnlyForAJobThatWasNotStarted() {
        Arrays.stream(JobState.values())
                .filter(state -> state != JobState.REQUESTED)
                .map(Jobs::in)
                .forEach(job ->
                        assertThat(Lifecycle.TABLE.decide(job, Trigger.START)).isInstanceOf(Decision.Impossible.class));
    }

    private static void isRefused(Valuation job, Trigger request, Refusal refusal) {
        assertThat(Lifecycle.TABLE.decide(job, request))
                .as("%s in %s", request, job)
                .isEqualTo(new Decision.Refused(refusal));
    }

    private static void isIgnored(Valuation job, Trigger request) {
        assertThat(Lifecycle.TABLE.decide(job, request))
                .as("%s in %s", request, job)
                .isInstanceOf(Decision.Ignored.class);
    }

    private static Valuation moves(Valuation job, Trigger request, JobState to, CopyEffect... effect) {
        Decision decision = Lifecycle.TABLE.decide(job, request);
        assertThat(decision).as("%s in %s", request, job).isInstanceOf(Decision.Step.class);
        Decision.Step step = (Decision.Step) decision;
        assertThat(step.after().get(Facts.STATE)).isEqualTo(to);
        assertThat(step.effect().stream().toList()).containsExactly(effect);
        assertThat(step.isDurable())
                .as("an accepted request is durable before it is answered")
                .isTrue();
        return step.after();
    }
}
