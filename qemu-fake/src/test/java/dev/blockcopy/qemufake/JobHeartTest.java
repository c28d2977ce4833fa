package dev.blockcopy.qemufake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.model.Layout;
import dev.blockcopy.model.Rule;
import dev.blockcopy.model.Valuation;
import dev.blockcopy.model.qmp.JobStatus;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The heart of a job in every state that it can reach, whatever clients, guests and hosts do. */
class JobHeartTest {
    private static final List<Rule> ALL = all();
    private static final Set<Valuation> REACHABLE = reachable();

    private static List<Rule> all() {
        List<Rule> all = new ArrayList<>();
        JobHeart.OWN.values().forEach(all::addAll);
        JobHeart.FAILURES.values().forEach(all::addAll);
        all.addAll(JobHeart.GROUP_DONE);
        JobHeart.ANSWERS.values().forEach(answers -> answers.forEach(answer -> all.add(answer.rule())));
        return all;
    }

    private static Set<Valuation> reachable() {
        Set<Valuation> seen = new LinkedHashSet<>();
        Deque<Valuation> open = new ArrayDeque<>();
        for (int flags = 0; flags < 16; flags++) {
            Valuation job = new Layout(JobPlaces.ALL)
                    .initial()
                    .with(JobPlaces.AUTO_FINALIZE, (flags & 1) != 0)
                    .with(JobPlaces.AUTO_DISMISS, (flags & 2) != 0)
                    .with(JobPlaces.MIRRORS, (flags & 12) == 0);
            open.add(job.with(JobPlaces.BACKS_UP, (flags & 4) != 0).with(JobPlaces.GROUPED, (flags & 12) == 12));
        }
        while (!open.isEmpty()) {
            Valuation state = open.remove();
            if (seen.add(state)) {
                ALL.stream()
                        .filter(rule -> state.satisfies(rule.when()))
                        .forEach(rule -> open.add(state.after(rule.changes())));
                if (state.get(JobPlaces.STARTED) && (state.get(JobPlaces.MIRRORS) || state.get(JobPlaces.BACKS_UP))) {
                    open.add(state.with(JobPlaces.BEHIND, true));
                }
            }
        }
        return seen;
    }

    private static List<Rule> enabled(Valuation state, List<Rule> rules) {
        return rules.stream().filter(rule -> state.satisfies(rule.when())).toList();
    }

    @Test
    void everyRequestHasOneAnswerInEveryState() {
        for (Valuation state : REACHABLE) {
            JobHeart.ANSWERS.forEach((request, answers) -> assertThat(enabled(
                            state, answers.stream().map(JobHeart.Answer::rule).toList()))
                    .as("%s in %s", request, state)
                    .hasSize(1));
        }
    }

    @Test
    void aRefusalChangesNothing() {
        JobHeart.ANSWERS
                .values()
                .forEach(answers -> answers.stream()
                        .filter(answer -> answer.reply() != JobReply.DONE)
                        .forEach(answer -> {
                            assertThat(answer.rule().changes()).isEmpty();
                            assertThat(answer.rule().effect()).isEmpty();
                        }));
    }

    @Test
    void takesOneStepByItselfAtATime() {
        List<Rule> own = JobHeart.process().rules();
        for (Valuation state : REACHABLE) {
            boolean isCopying = state.get(JobPlaces.BEHIND);
            assertThat(enabled(state, own)).as("%s", state).hasSizeLessThanOrEqualTo(isCopying ? 2 : 1);
        }
    }

    @Test
    void tellsEveryStatusOnTheWayAndOnlyThoseOfQemusTable() {
        for (Valuation state : REACHABLE) {
            for (Rule rule : enabled(state, ALL)) {
                JobStatus status = state.get(JobPlaces.STATUS);
                for (JobStatus next : told(rule)) {
                    assertThat(JobTables.mayFollow(status, next))
                            .as("%s: %s to %s", rule.name(), status, next)
                            .isTrue();
                    status = next;
                }
                assertThat(status)
                        .as(rule.name())
                        .isEqualTo(state.after(rule.changes()).get(JobPlaces.STATUS));
            }
        }
    }

    private static List<JobStatus> told(Rule rule) {
        return rule.effect().stream()
                .flatMap(effect -> ((Telling) effect).lines().stream())
                .filter(Telling::isStatus)
                .map(Telling::status)
                .toList();
    }

    @Test
    void theGuestMovesOnlyWhenTheTargetHasAll() {
        for (Valuation state : REACHABLE) {
            for (Rule rule : enabled(state, ALL)) {
                Valuation after = state.after(rule.changes());
                if (!state.get(JobPlaces.GUEST_ON).equals(after.get(JobPlaces.GUEST_ON))) {
                    assertThat(state.get(JobPlaces.ASKED).name()).startsWith("COMPLETE");
                    assertThat(state.get(JobPlaces.BEHIND) && state.get(JobPlaces.STATUS) != JobStatus.PENDING)
                            .isFalse();
                }
            }
        }
    }

    @Test
    void aJobThatIsForcedOrHasFailedEndsByItself() {
        for (Valuation state : REACHABLE) {
            boolean mustEnd = state.get(JobPlaces.ASKED) == JobPlaces.Asked.FORCE || state.get(JobPlaces.FAILED);
            if (mustEnd && state.get(JobPlaces.STATUS).compareTo(JobStatus.WAITING) < 0) {
                JobStep next = state.get(JobPlaces.IN_FLIGHT) ? JobStep.COPY : JobStep.ABORT;
                assertThat(enabled(state, JobHeart.OWN.get(next)))
                        .as("%s", state)
                        .hasSize(1);
            }
        }
    }

    @Test
    void nothingShowsOfARequestToPauseOrToEndWhileRequestsAreUnderWay() {
        for (Valuation state : REACHABLE) {
            if (state.get(JobPlaces.IN_FLIGHT)) {
                assertThat(enabled(state, JobHeart.process().rules()))
                        .as("%s", state)
                        .extracting(Rule::name)
                        .containsExactly("carries over");
            }
        }
    }

    @Test
    void everyRuleIsTakenSomewhereButTheseTwo() {
        List<String> never = ALL.stream()
                .filter(rule -> REACHABLE.stream().noneMatch(state -> state.satisfies(rule.when())))
                .map(Rule::name)
                .toList();
        assertThat(never).containsExactlyInAnyOrder("PAUSE: pauses before it runs", "RESUME: refuses");
    }

    @Test
    void theNumberOfItsStatesIsKnown() {
        assertThat(REACHABLE.size()).isEqualTo(886);
    }
}
