package dev.blockcopy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Variables, arrays and queues: what they hold, what changes do to them, what a crash leaves of them. */
class PlacesTest {
    private static final Slot<Integer> COUNT = Variable.of("count", Type.range(0, 3), Lifetime.VOLATILE, 1);
    private static final Slot<Boolean> KEPT = Variable.of("kept", Type.BOOLEAN, Lifetime.DURABLE, false);
    private static final Variable<Boolean> DISKS = new Variable<>("disk", Type.BOOLEAN, Lifetime.OUTSIDE, false, 3);
    private static final Fifo<Integer> STREAM = new Fifo<>("stream", Type.range(0, 3), Lifetime.VOLATILE, 2);
    private static final Layout LAYOUT = new Layout(List.of(COUNT.variable(), KEPT.variable(), DISKS, STREAM));

    @Test
    void startWithTheirInitialValues() {
        assertThat(LAYOUT.initial()).hasToString("count=1 kept=false disk=[false, false, false] stream=[]");
    }

    @Test
    void writeOneElementOfAnArrayAndNoOther() {
        Valuation after = LAYOUT.initial().after(List.of(DISKS.at(1).becomes(true)));
        assertThat(after.get(DISKS.at(0))).isFalse();
        assertThat(after.get(DISKS.at(1))).isTrue();
        assertThat(DISKS.at(2)).hasToString("disk[2]");
    }

    @Test
    void readTheStateBeforeInEveryChangeOfARule() {
        Slot<Integer> other = Variable.of("other", Type.range(0, 3), Lifetime.VOLATILE, 3);
        Valuation swapped = new Layout(List.of(COUNT.variable(), other.variable()))
                .initial()
                .after(List.of(COUNT.becomes(other), other.becomes(COUNT)));
        assertThat(swapped.get(COUNT)).isEqualTo(3);
        assertThat(swapped.get(other)).isEqualTo(1);
    }

    @Test
    void giveMessagesBackInTheOrderInWhichTheyCame() {
        Valuation full = LAYOUT.initial().after(List.of(STREAM.append(3))).after(List.of(STREAM.append(COUNT)));
        assertThat(full.messages(STREAM)).containsExactly(3, 1);
        assertThat(full.satisfies(STREAM.isFull())).isTrue();
        assertThat(full.satisfies(STREAM.startsWith(3))).isTrue();
        assertThat(full.satisfies(STREAM.startsWith(1))).isFalse();
        assertThat(full.after(List.of(STREAM.take())).messages(STREAM)).containsExactly(1);
        assertThat(full.after(List.of(STREAM.clear())).satisfies(STREAM.isEmpty()))
                .isTrue();
        assertThat(LAYOUT.initial().satisfies(STREAM.startsWith(3))).isFalse();
    }

    @Test
    void areEqualWheneverTheyHoldTheSameWhateverWasInThemBefore() {
        Valuation drained = LAYOUT.initial().after(List.of(STREAM.append(2))).after(List.of(STREAM.take()));
        assertThat(drained).isEqualTo(LAYOUT.initial()).hasSameHashCodeAs(LAYOUT.initial());
        assertThat(drained).isNotEqualTo(LAYOUT.initial().with(COUNT, 2));
    }

    @Test
    void takeAndAppendInOneRule() {
        Valuation one = LAYOUT.initial().after(List.of(STREAM.append(3)));
        assertThat(one.after(List.of(STREAM.take(), STREAM.append(STREAM.head())))
                        .messages(STREAM))
                .containsExactly(3);
    }

    @Test
    void loseInACrashOnlyWhatIsVolatile() {
        Valuation crashed = LAYOUT.initial()
                .with(COUNT, 3)
                .with(KEPT, true)
                .with(DISKS.at(0), true)
                .after(List.of(STREAM.append(3)))
                .afterCrash();
        assertThat(crashed).hasToString("count=1 kept=true disk=[true, false, false] stream=[]");
    }

    @Test
    void callForACommitOnlyIfSomethingDurableDiffers() {
        Valuation initial = LAYOUT.initial();
        assertThat(initial.isDurablyEqual(initial.with(COUNT, 3).with(DISKS.at(0), true)))
                .isTrue();
        assertThat(initial.isDurablyEqual(initial.with(KEPT, true))).isFalse();
    }

    @Test
    void countAndChooseInTerms() {
        Term<Integer> next = Term.choose(COUNT.is(3), Term.constant(COUNT.type(), 0), Term.sum(COUNT, 1));
        Valuation initial = LAYOUT.initial();
        assertThat(initial.after(List.of(COUNT.becomes(next))).get(COUNT)).isEqualTo(2);
        assertThat(initial.with(COUNT, 3).after(List.of(COUNT.becomes(next))).get(COUNT))
                .isZero();
        assertThat(initial.satisfies(new Guard.Less(COUNT, Term.constant(COUNT.type(), 2))))
                .isTrue();
        assertThat(initial.with(COUNT, 2).satisfies(new Guard.Less(COUNT, Term.constant(COUNT.type(), 2))))
                .isFalse();
    }

    @Test
    void compareNumbersOfDifferentRangesByWhatTheyAre() {
        Slot<Integer> late = Variable.of("late", Type.range(2, 5), Lifetime.OUTSIDE, 2);
        Valuation state = new Layout(List.of(COUNT.variable(), late.variable())).initial();
        assertThat(state.satisfies(new Guard.Less(COUNT, late))).isTrue();
        assertThat(state.with(COUNT, 2).satisfies(new Guard.Less(COUNT, late))).isFalse();
    }

    @Test
    void refuseWhatTheyCanNotHold() {
        Valuation initial = LAYOUT.initial();
        fails(() -> initial.with(COUNT, 4), "4 is not of type 0..3");
        fails(
                () -> initial.with(COUNT, 3).after(List.of(COUNT.becomes(Term.sum(COUNT, 1)))),
                "count leaves its type 0..3");
        fails(() -> initial.after(List.of(COUNT.becomes(Term.sum(COUNT, -2)))), "count leaves its type 0..3");
        fails(
                () -> initial.after(List.of(STREAM.append(1), STREAM.append(2), STREAM.append(3))),
                "queue stream is full: guard the rule that appends");
        fails(() -> initial.after(List.of(STREAM.take())), "queue stream is empty: guard the rule that takes");
        fails(
                () -> initial.after(List.of(STREAM.append(STREAM.head()))),
                "the head of the empty queue stream was read: guard it");
    }

    @Test
    void refuseToBeWhatCanNotBe() {
        fails(() -> DISKS.at(3), "disk has no element 3: it has 3");
        fails(() -> DISKS.at(-1), "disk has no element -1: it has 3");
        fails(
                () -> new Variable<>("none", Type.BOOLEAN, Lifetime.OUTSIDE, true, 0),
                "array none has 0 elements: give it at least 1");
        fails(() -> Variable.of("odd", Type.range(1, 2), Lifetime.OUTSIDE, 3), "3 is not of type 1..2");
        fails(
                () -> new Fifo<>("none", Type.BOOLEAN, Lifetime.OUTSIDE, 0),
                "queue none holds 0 messages: give it room for 1");
    }

    @Test
    void refuseToMixTypesWhoseNumbersMeanDifferentValues() {
        Slot<Integer> late = Variable.of("late", Type.range(2, 5), Lifetime.OUTSIDE, 2);
        fails(() -> COUNT.becomes(late), "the assignment to count mixes 0..3 with 2..5");
        fails(() -> STREAM.append(late), "the message to stream mixes 0..3 with 2..5");
        fails(() -> COUNT.is(late), "a comparison mixes 0..3 with 2..5");
        fails(() -> Term.choose(Guard.ALWAYS, COUNT, late), "a choice mixes 0..3 with 2..5");
    }

    @Test
    void refuseToShareANameUnlessTheyAreTheSame() {
        Slot<Integer> namesake = Variable.of("count", Type.range(0, 3), Lifetime.DURABLE, 1);
        fails(() -> new Layout(List.of(COUNT.variable(), namesake.variable())), "two different places are named count");
        assertThat(new Layout(List.of(COUNT.variable(), COUNT.variable())).width())
                .isEqualTo(1);
        fails(
                () -> LAYOUT.initial().get(Variable.of("x", Type.BOOLEAN, Lifetime.OUTSIDE, true)),
                "x is not a part of this state");
    }

    private static void fails(Runnable what, String message) {
        assertThatThrownBy(what::run).isInstanceOf(ModelException.class).hasMessage(message);
    }
}
