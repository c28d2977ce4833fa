package dev.blockcopy.simulator.check;

import static dev.blockcopy.simulator.check.Toys.HEARD;
import static dev.blockcopy.simulator.check.Toys.LINE;
import static dev.blockcopy.simulator.check.Toys.SENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.model.Composition;
import dev.blockcopy.model.Guard;
import dev.blockcopy.simulator.world.Guarantees;
import dev.blockcopy.simulator.world.Inquiry;
import dev.blockcopy.simulator.world.Variant;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An independent checker counts the same states and comes to the same verdicts. */
@Tag("once")
class SpinTest {
    @TempDir
    Path folder;

    /** Asks both for the number of states, and for each verdict. */
    private CheckResult assertEqual(Question question) throws Exception {
        CheckResult ours = Checker.check(question, Bounds.standard());
        assertThat(ours.isComplete()).isTrue();
        Spin spin = new Spin(folder, question);
        assertThat(spin.states()).isEqualTo(ours.size().states());
        for (Finding finding : ours.findings()) {
            assertThat(spin.breaks(finding.property().name()))
                    .as(finding.property().name())
                    .isEqualTo(finding.verdict() == Verdict.VIOLATED);
        }
        return ours;
    }

    @Test
    void agreesOnAToy() throws Exception {
        CheckResult ours = assertEqual(Toys.question(
                Toys.line(),
                new Property.Always("room", "never two under way", Guard.not(LINE.isFull())),
                new Property.Always("order", "no more is heard than sent", Guard.not(new Guard.Less(SENT, HEARD)))));
        assertThat(ours.findings()).extracting(Finding::verdict).containsExactly(Verdict.VIOLATED, Verdict.HOLDS);
    }

    /** Every word of the language, queues and arrays and numbers below zero included. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void countsTheStatesOfNonsense(long seed) throws Exception {
        Composition world = new RandomWorld(new Random(seed)).careful().world();
        assertEqual(Toys.question(world));
    }

    @Test
    void agreesOnWhatShips() throws Exception {
        assertEqual(new Inquiry(Variant.SHIPPED, Inquiry.faults(List.of("mgr=1")), 1).question(Guarantees.SAFETY));
    }

    @Test
    void agreesOnAVariantThatIsViolated() throws Exception {
        Variant variant = Variant.of(List.of("guest=running", "evidence=concluded", "journal=after-reply"));
        CheckResult ours = assertEqual(new Inquiry(variant, Inquiry.faults(List.of("mgr=1")), 1)
                .question(Guarantees.named(List.of("S1", "S2", "S11"))));
        assertThat(ours.findings()).extracting(Finding::verdict).containsOnly(Verdict.VIOLATED, Verdict.HOLDS);
    }

    private boolean breaksInTheEnd(Question question) throws Exception {
        CheckResult ours = Checker.check(question, Bounds.standard());
        String claim = ours.findings().get(0).property().name();
        boolean breaks = new Spin(folder, question).breaksInTheEnd(claim);
        assertThat(breaks).isEqualTo(ours.of(claim).verdict() == Verdict.VIOLATED);
        return breaks;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void agreesOnWhatSendingLeadsTo(boolean isFair) throws Exception {
        List<Fair> fairness = isFair ? List.of(Fair.to(Toys.receiver())) : List.of();
        Property heard = new Property.LeadsTo("arrival", "what is sent is heard", SENT.is(3), HEARD.is(3), fairness);
        assertThat(breaksInTheEnd(Toys.question(Toys.line(), heard))).isNotEqualTo(isFair);
    }
}
