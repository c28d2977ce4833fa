package dev.blockcopy.simulator.check;

import static dev.blockcopy.simulator.check.Toys.HEARD;
import static dev.blockcopy.simulator.check.Toys.LINE;
import static dev.blockcopy.simulator.check.Toys.SENT;
import static dev.blockcopy.simulator.check.Toys.question;
import static dev.blockcopy.simulator.check.Toys.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blockcopy.model.Composition;
import dev.blockcopy.model.Guard;
import dev.blockcopy.model.ModelException;
import dev.blockcopy.model.Process;
import dev.blockcopy.model.Slot;
import dev.blockcopy.model.Term;
import dev.blockcopy.model.Valuation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Worlds with known numbers of states, and one planted counterexample of each kind. */
class CheckerTest {
    private static final Bounds BOUNDS = Bounds.standard();

    private static Property.Always never(Guard guard) {
        return new Property.Always("never", "it never happens", Guard.not(guard));
    }

    private static void assertSize(CheckResult result, long states, long transitions, int depth) {
        assertThat(result.isComplete()).isTrue();
        assertThat(List.of(result.size().states(), result.size().transitions(), (long)
                        result.size().depth()))
                .containsExactly(states, transitions, (long) depth);
        assertThat(result.size().queue()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void findsExactlyTheStatesInWhichAtMostTwoMessagesAreUnderWay(int threads) {
        CheckResult result = Checker.check(question(Toys.line()), BOUNDS.withThreads(threads));
        assertSize(result, 4 + 3 + 2, 10, 6);
        assertThat(result.taken()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void findsEveryStateOfIndependentCounters(int threads) {
        CheckResult result = Checker.check(question(Toys.counters(6, 6)), BOUNDS.withThreads(threads));
        assertSize(result, 117_649, 6 * 6 * 16_807, 36);
    }

    @Test
    void beginsInEachBeginning() {
        Composition world = Toys.line();
        List<Valuation> beginnings = List.of(
                world.initial(), world.initial().with(SENT, 3), world.initial().with(SENT, 3));
        CheckResult result = Checker.check(
                new Question(world, beginnings, List.of(never(SENT.is(3).and(HEARD.is(0))))), BOUNDS);
        assertThat(result.size().states()).isEqualTo(9 + 1);
        assertThat(result.of("never").traces().get(0).token()).isEqualTo("1:");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void showsAShortestRunToAStateThatBreaksAnInvariant(int threads) {
        Question question = question(
                Toys.counters(5, 7), never(counter(1).is(3).and(counter(4).is(2))));
        Finding finding = Checker.check(question, BOUNDS.withThreads(threads)).of("never");
        assertThat(finding.verdict()).isEqualTo(Verdict.VIOLATED);
        Trace trace = finding.traces().get(0);
        assertThat(trace.length()).isEqualTo(5);
        List<Valuation> states = Trace.parse(trace.token()).replay(question);
        assertThat(states).hasSize(6);
        assertThat(states.get(5).satisfies(counter(1).is(3).and(counter(4).is(2))))
                .isTrue();
    }

    private static Slot<Integer> counter(int index) {
        return Toys.number("counter" + index, 7);
    }

    @Test
    void showsRunsThatDifferInHowTheyBreakItTheShortestFirst() {
        Question question = question(
                Toys.counters(5, 7),
                never(Guard.any(counter(1).is(3), counter(4).is(2))));
        Finding finding = Checker.check(question, BOUNDS).of("never");
        assertThat(finding.traces()).extracting(Trace::token).containsExactly("0:4.4", "0:1.1.1");
    }

    @Test
    void holdsWhereNothingBreaksIt() {
        Guard moreHeardThanSent = new Guard.Less(SENT, HEARD);
        assertThat(Checker.check(question(Toys.line(), never(moreHeardThanSent)), BOUNDS)
                        .of("never"))
                .extracting(Finding::verdict)
                .isEqualTo(Verdict.HOLDS);
    }

    @Test
    void isVacuousWhereThePremiseIsNeverMet() {
        Property claim = new Property.Always("if", "more is heard than sent", new Guard.Less(SENT, HEARD), SENT.is(0));
        assertThat(Checker.check(question(Toys.line(), claim), BOUNDS).of("if").verdict())
                .isEqualTo(Verdict.VACUOUS);
    }

    @Test
    void findsAStateThatIsSought() {
        Property sought = new Property.Sometimes("full", "two are under way", LINE.isFull());
        Finding finding = Checker.check(question(Toys.line(), sought), BOUNDS).of("full");
        assertThat(finding.verdict()).isEqualTo(Verdict.HOLDS);
        assertThat(finding.traces()).extracting(Trace::token).containsExactly("0:0.1");
    }

    @Test
    void isVacuousWhereASoughtStateIsUnreachable() {
        Property sought = new Property.Sometimes("over", "more is heard than sent", new Guard.Less(SENT, HEARD));
        assertThat(Checker.check(question(Toys.line(), sought), BOUNDS)
                        .of("over")
                        .verdict())
                .isEqualTo(Verdict.VACUOUS);
    }

    @Test
    void namesTheRulesThatAreNeverTaken() {
        Process idle = Toys.process(
                "idle", List.of(SENT.variable()), rule("never", SENT.is(1).and(SENT.is(2))));
        Composition world = Composition.of(Toys.sender(), Toys.receiver(), idle);
        Property all = new Property.AllTaken("all", "all are taken", world.everyMove());
        assertThat(Checker.check(question(world, all), BOUNDS).of("all")).satisfies(finding -> {
            assertThat(finding.verdict()).isEqualTo(Verdict.VACUOUS);
            assertThat(finding.note()).isEqualTo("never taken: idle: never");
        });
    }

    @Test
    void doesNotCallHoldingWhatWasCutShort() {
        Property holds = never(counter(1).is(3).and(counter(1).is(2)));
        Property broken =
                new Property.Always("early", "nothing is counted", counter(1).is(0));
        CheckResult result = Checker.check(question(Toys.counters(5, 7), holds, broken), BOUNDS.withMaxStates(3000));
        assertThat(result.cutShort()).contains("3,000 states were asked for at most");
        assertThat(result.of("never").verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(result.of("early").verdict()).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void stopsAtItsLimitOfMemory() {
        CheckResult result = Checker.check(question(Toys.counters(6, 6)), BOUNDS.withMemoryBytes(2_500_000));
        assertThat(result.cutShort()).contains("the states would take more than 2 MiB of memory");
        assertThat(result.size().queue()).isPositive();
    }

    @Test
    void stopsAtTheFirstViolationWhereAskedTo() {
        Property broken =
                new Property.Always("early", "nothing is counted", counter(1).is(0));
        CheckResult result = Checker.check(question(Toys.counters(5, 7), broken), BOUNDS.stoppingAtViolation());
        assertThat(result.size().states()).isEqualTo(6);
        assertThat(result.of("early").verdict()).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void saysWhichRunComesToWhatTheWorldCannotDo() {
        Process careless = Toys.process("careless", List.of(LINE), rule("append", Guard.ALWAYS, LINE.append(0)));
        assertThatThrownBy(() -> Checker.check(question(Composition.of(careless)), BOUNDS))
                .isInstanceOf(ModelException.class)
                .hasMessage("queue line is full: guard the rule that appends"
                        + " (the run 0:0.0 comes to where this happens)");
    }

    @Test
    void refusesTwoPropertiesOfOneName() {
        Property one = never(SENT.is(1));
        assertThatThrownBy(() -> question(Toys.line(), one, one))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("two properties have one name: [never, never]");
    }

    @Test
    void neverLetsANumberLeaveItsRangeUnnoticed() {
        Process counts = Toys.process(
                "counts", List.of(SENT.variable()), rule("count", Guard.ALWAYS, SENT.becomes(Term.sum(SENT, 1))));
        assertThatThrownBy(() -> Checker.check(question(Composition.of(counts)), BOUNDS))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("sent leaves its type 0..3");
    }
}
