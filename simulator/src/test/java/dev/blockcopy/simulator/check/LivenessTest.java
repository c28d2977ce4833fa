package dev.blockcopy.simulator.check;

import static dev.blockcopy.simulator.check.Toys.question;
import static dev.blockcopy.simulator.check.Toys.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.model.Composition;
import dev.blockcopy.model.Guard;
import dev.blockcopy.model.Process;
import dev.blockcopy.model.Slot;
import dev.blockcopy.model.Valuation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What must come to pass, and the runs without end in which it does not. */
class LivenessTest {
    private static final Slot<Integer> PLACE = Toys.number("place", 3);
    private static final Slot<Integer> LAMP = Toys.number("lamp", 1);

    private static final Process LAMPS = Toys.process(
            "lamp",
            List.of(LAMP.variable()),
            rule("on", LAMP.is(0), LAMP.becomes(1)),
            rule("off", LAMP.is(1), LAMP.becomes(0)));

    private static Process walker(Guard lastStep) {
        return Toys.process(
                "walker",
                List.of(PLACE.variable(), LAMP.variable()),
                rule("first", PLACE.is(0), PLACE.becomes(1)),
                rule("second", PLACE.is(1), PLACE.becomes(2)),
                rule("last", PLACE.is(2).and(lastStep), PLACE.becomes(3)));
    }

    private static Finding arrives(Composition world, List<Fair> fairness) {
        return arrives(world, Guard.ALWAYS, fairness);
    }

    private static Finding arrives(Composition world, Guard from, List<Fair> fairness) {
        Property property = new Property.LeadsTo("arrives", "who walks arrives", from, PLACE.is(3), fairness);
        Finding finding =
                Checker.check(question(world, property), Bounds.standard()).of("arrives");
        for (Trace trace : finding.traces()) {
            List<Valuation> states = Trace.parse(trace.token()).replay(question(world, property));
            int loop = trace.loopsTo().orElseThrow();
            assertThat(states.subList(loop, states.size()))
                    .as("around")
                    .noneMatch(state -> state.satisfies(PLACE.is(3)));
        }
        return finding;
    }

    @Test
    void comesToPassWhereTheWalkerIsNotStarved() {
        Process walker = walker(Guard.ALWAYS);
        assertThat(arrives(Composition.of(walker, LAMPS), List.of(Fair.to(walker)))
                        .verdict())
                .isEqualTo(Verdict.HOLDS);
    }

    @Test
    void showsThatNobodyHasToWalk() {
        Finding finding = arrives(Composition.of(walker(Guard.ALWAYS), LAMPS), List.of(Fair.to(LAMPS)));
        assertThat(finding.verdict()).isEqualTo(Verdict.VIOLATED);
        assertThat(finding.traces()).extracting(Trace::token).containsExactly("0:3.4~0");
    }

    @Test
    void showsWhereTheWalkerStandsForEver() {
        Process walker = walker(Guard.not(Guard.ALWAYS));
        Finding finding = arrives(Composition.of(walker), List.of(Fair.to(walker)));
        assertThat(finding.verdict()).isEqualTo(Verdict.VIOLATED);
        assertThat(finding.traces()).extracting(Trace::token).containsExactly("0:0.1~2");
    }

    /** The last step is possible again and again, but never all the time: weak fairness does not give it. */
    @Test
    void showsTheCycleInWhichTheChanceIsMissedAgainAndAgain() {
        Process walker = walker(LAMP.is(1));
        Finding finding = arrives(Composition.of(walker, LAMPS), List.of(Fair.to(walker), Fair.to(LAMPS)));
        assertThat(finding.verdict()).isEqualTo(Verdict.VIOLATED);
        assertThat(finding.traces()).extracting(Trace::token).containsExactly("0:0.1.3.4~2");
    }

    @Test
    void comesToPassWhereTheChanceStays() {
        Process walker = walker(LAMP.is(1));
        Process on = Toys.process("lamp", List.of(LAMP.variable()), rule("on", LAMP.is(0), LAMP.becomes(1)));
        assertThat(arrives(Composition.of(walker, on), List.of(Fair.to(walker), Fair.to(on)))
                        .verdict())
                .isEqualTo(Verdict.HOLDS);
        assertThat(arrives(Composition.of(walker, on), List.of(Fair.to(walker))).verdict())
                .as("without a lamp that has to come on")
                .isEqualTo(Verdict.VIOLATED);
    }

    /** A group that chooses for ever is fair as a whole, though one of its rules is starved. */
    @Test
    void tellsAFairProcessFromFairRules() {
        Process either = Toys.process(
                "either",
                List.of(PLACE.variable(), LAMP.variable()),
                rule("go", PLACE.is(0), PLACE.becomes(3)),
                rule("on", LAMP.is(0), LAMP.becomes(1)),
                rule("off", LAMP.is(1), LAMP.becomes(0)));
        Composition world = Composition.of(either);
        assertThat(arrives(world, List.of(Fair.to(either))).verdict()).isEqualTo(Verdict.VIOLATED);
        assertThat(arrives(world, Fair.toEach(either, either.rules())).verdict())
                .isEqualTo(Verdict.HOLDS);
    }

    @Test
    void speaksOnlyOfRunsFromWhereItBegins() {
        Process walker = walker(Guard.not(Guard.ALWAYS));
        Composition world = Composition.of(walker);
        assertThat(arrives(world, PLACE.is(3), List.of(Fair.to(walker))).verdict())
                .isEqualTo(Verdict.VACUOUS);
        assertThat(arrives(world, PLACE.is(1), List.of(Fair.to(walker))).traces())
                .extracting(Trace::token)
                .containsExactly("0:0.1~2");
    }
}
