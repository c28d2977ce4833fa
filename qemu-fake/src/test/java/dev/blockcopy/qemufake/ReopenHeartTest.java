package dev.blockcopy.qemufake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.model.Layout;
import dev.blockcopy.model.Rule;
import dev.blockcopy.model.Valuation;
import dev.blockcopy.model.qmp.JobStatus;
import dev.blockcopy.qemufake.JobPlaces.Side;
import dev.blockcopy.qemufake.ReopenPlaces.Verdict;
import dev.blockcopy.qemufake.ReopenPlaces.Witness;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The reopen beside its mirror in every state that both can reach, whatever the host does. */
class ReopenHeartTest {
    private static final List<Rule> OF_REOPEN = ofReopen();
    private static final List<Rule> ALL = all();
    private static final Set<Valuation> REACHABLE = reachable();

    private static List<Rule> ofReopen() {
        List<Rule> rules = new ArrayList<>(ReopenHeart.BEGINNINGS);
        ReopenHeart.OWN.values().forEach(rules::addAll);
        ReopenHeart.FAILURES.values().forEach(rules::addAll);
        return rules;
    }

    private static List<Rule> all() {
        List<Rule> rules = new ArrayList<>(OF_REOPEN);
        JobHeart.OWN.values().forEach(rules::addAll);
        rules.addAll(JobHeart.FAILURES.get(JobFailure.REPORTED));
        rules.addAll(JobHeart.FAILURES.get(JobFailure.STOPPED));
        return rules;
    }

    private static Set<Valuation> reachable() {
        Set<Valuation> seen = new LinkedHashSet<>();
        Deque<Valuation> open = new ArrayDeque<>();
        for (int flags = 0; flags < 8; flags++) {
            open.add(new Layout(ReopenPlaces.ALL)
                    .initial()
                    .with(ReopenPlaces.ATOMIC, (flags & 1) != 0)
                    .with(JobPlaces.STATUS, (flags & 2) != 0 ? JobStatus.RUNNING : JobStatus.NULL)
                    .with(ReopenPlaces.WITNESS, (flags & 4) != 0 ? Witness.EMPTY : Witness.NONE));
        }
        while (!open.isEmpty()) {
            Valuation state = open.remove();
            if (seen.add(state)) {
                enabled(state, ALL).forEach(rule -> open.add(state.after(rule.changes())));
                if (state.get(JobPlaces.STARTED) && state.satisfies(ReopenHeart.GUEST_MAY_WRITE)) {
                    open.add(state.with(JobPlaces.BEHIND, true));
                }
            }
        }
        return seen;
    }

    private static List<Rule> enabled(Valuation state, List<Rule> rules) {
        return rules.stream().filter(rule -> state.satisfies(rule.when())).toList();
    }

    private static boolean isUnderWay(Valuation state) {
        return state.get(ReopenPlaces.NEXT) != ReopenStep.NOTHING;
    }

    @Test
    void beginsInOneWayWhereverNoneIsUnderWay() {
        for (Valuation state : REACHABLE) {
            assertThat(enabled(state, ReopenHeart.BEGINNINGS)).as("%s", state).hasSize(isUnderWay(state) ? 0 : 1);
        }
    }

    /** An error let the mirror stop, and nobody can resume it while the command waits for its end: it hangs. */
    private static boolean isStopped(Valuation state) {
        return state.get(JobPlaces.PAUSED) && state.get(ReopenPlaces.NEXT) == ReopenStep.CANCEL;
    }

    @Test
    void alwaysGoesOnByItselfOrByItsMirror() {
        for (Valuation state : REACHABLE) {
            if (isUnderWay(state)) {
                List<Rule> steps = new ArrayList<>();
                ReopenHeart.OWN.values().forEach(rules -> steps.addAll(enabled(state, rules)));
                assertThat(steps).as("%s", state).hasSizeLessThan(2);
                JobHeart.OWN.values().forEach(rules -> steps.addAll(enabled(state, rules)));
                assertThat(!steps.isEmpty() || isStopped(state)).as("%s", state).isTrue();
            }
        }
    }

    @Test
    void theGuestWritesToTheNewImageOnlyAfterTheByte() {
        for (Valuation state : REACHABLE) {
            boolean mayWriteThere =
                    state.get(JobPlaces.GUEST_ON) == Side.TARGET && state.satisfies(ReopenHeart.GUEST_MAY_WRITE);
            if (mayWriteThere) {
                assertThat(state.get(ReopenPlaces.WITNESS)).as("%s", state).isNotEqualTo(Witness.EMPTY);
            }
        }
    }

    @Test
    void aVerdictSaysWhereTheGuestIs() {
        for (Valuation state : REACHABLE) {
            if (state.get(ReopenPlaces.NEXT) == ReopenStep.ANSWER) {
                Side expected = switch (state.get(ReopenPlaces.VERDICT)) {
                    case SWITCHED -> Side.TARGET;
                    case LOST -> Side.NONE;
                    case FELL_BACK -> Side.SOURCE;
                    case IN_USE, REFUSED, OPEN -> state.get(JobPlaces.GUEST_ON);
                };
                assertThat(state.get(JobPlaces.GUEST_ON)).as("%s", state).isEqualTo(expected);
            }
        }
    }

    @Test
    void onlyTheRiskyOneLeavesTheGuestWithoutAMedium() {
        for (Valuation state : REACHABLE) {
            if (state.get(ReopenPlaces.ATOMIC)) {
                assertThat(state.get(JobPlaces.GUEST_ON)).as("%s", state).isNotEqualTo(Side.NONE);
                assertThat(state.get(ReopenPlaces.VERDICT)).isNotIn(Verdict.LOST, Verdict.FELL_BACK);
            }
        }
    }

    @Test
    void theRiskyOneNeverLeavesAMirror() {
        for (Valuation state : REACHABLE) {
            if (state.get(ReopenPlaces.NEXT) == ReopenStep.ANSWER && !state.get(ReopenPlaces.ATOMIC)) {
                assertThat(state.get(JobPlaces.STATUS)).as("%s", state).isEqualTo(JobStatus.NULL);
            }
        }
    }

    @Test
    void everyRuleIsTakenSomewhere() {
        assertThat(OF_REOPEN)
                .filteredOn(rule -> REACHABLE.stream().noneMatch(state -> state.satisfies(rule.when())))
                .extracting(Rule::name)
                .isEmpty();
    }

    @Test
    void theNumberOfItsStatesIsKnown() {
        assertThat(REACHABLE.size()).isEqualTo(1178);
    }
}
