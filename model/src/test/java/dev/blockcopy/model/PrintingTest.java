package dev.blockcopy.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Programs read as sentences, and say what they depend on. */
class PrintingTest {
    private static final Slot<Integer> COUNT = Variable.of("count", Type.range(0, 3), Lifetime.VOLATILE, 1);
    private static final Slot<Boolean> KEPT = Variable.of("kept", Type.BOOLEAN, Lifetime.DURABLE, false);
    private static final Fifo<Integer> LINE = new Fifo<>("line", Type.range(0, 3), Lifetime.OUTSIDE, 2);
    private static final Guard NAMED = Guard.named("worth it", COUNT.is(3).and(KEPT.is(true)));

    @Test
    void printsAGuardByItsNameAndByItsMeaning() {
        Guard guard = Guard.all(NAMED, Guard.not(LINE.isEmpty()));
        assertThat(Printing.of(guard)).isEqualTo("worth it and not line is empty");
        assertThat(Printing.meaningOf(guard)).isEqualTo("count is 3 and kept and not line is empty");
    }

    @Test
    void printsEveryKindOfGuard() {
        assertThat(Printing.of(Guard.ALWAYS)).isEqualTo("always");
        assertThat(Printing.of(Guard.any(List.of()))).isEqualTo("never");
        assertThat(Printing.of(Guard.any(KEPT.is(true), KEPT.is(false)))).isEqualTo("(kept or not kept)");
        assertThat(Printing.of(COUNT.isOneOf(List.of(1, 2)))).isEqualTo("(count is 1 or count is 2)");
        assertThat(Printing.of(Guard.not(COUNT.is(1)))).isEqualTo("count is not 1");
        assertThat(Printing.of(Guard.not(KEPT.is(true)))).isEqualTo("not kept");
        assertThat(Printing.of(Guard.not(NAMED))).isEqualTo("not worth it");
        assertThat(Printing.meaningOf(Guard.not(NAMED))).isEqualTo("not (count is 3 and kept)");
        assertThat(Printing.of(LINE.isFull())).isEqualTo("line is full");
        assertThat(Printing.of(LINE.startsWith(2))).isEqualTo("not line is empty and head of line is 2");
        assertThat(Printing.of(new Guard.Less(COUNT, Term.sum(COUNT, 1)))).isEqualTo("count < count + 1");
    }

    @Test
    void printsEveryKindOfChange() {
        Term<Integer> either = Term.choose(KEPT.is(true), COUNT, Term.sum(COUNT, -1));
        assertThat(Printing.of(List.of(COUNT.becomes(either), KEPT.becomes(true))))
                .isEqualTo("count := count if kept, else count - 1, kept := true");
        assertThat(Printing.of(List.of(LINE.append(2), LINE.append(LINE.head()), LINE.take(), LINE.clear())))
                .isEqualTo("line << 2, line << head of line, take from line, clear line");
    }

    @Test
    void saysWhatAGuardAndAChangeDependOn() {
        assertThat(Reads.of(NAMED)).containsExactlyInAnyOrder(COUNT, KEPT);
        assertThat(Reads.of(Guard.any(LINE.isFull(), new Guard.Less(COUNT, COUNT))))
                .containsExactly(COUNT);
        assertThat(Reads.of(List.of(KEPT.becomes(true), LINE.take(), LINE.clear(), LINE.append(LINE.head()))))
                .isEmpty();
        assertThat(Reads.of(List.of(LINE.append(Term.choose(KEPT.is(true), COUNT, Term.sum(COUNT, 1))))))
                .containsExactly(KEPT, COUNT);
    }
}
