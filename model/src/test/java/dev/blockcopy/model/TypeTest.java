package dev.blockcopy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** A finite type knows its values by number, and refuses what is not one of them. */
class TypeTest {
    private enum Colour {
        RED,
        GREEN,
        BLUE
    }

    @Test
    void numbersTheConstantsOfAnEnumInTheirOrder() {
        Type<Colour> type = Type.of(Colour.class);
        assertThat(type.values()).containsExactly(Colour.RED, Colour.GREEN, Colour.BLUE);
        assertThat(type.numberOf(Colour.BLUE)).isEqualTo(2);
        assertThat(type.valueOf(1)).isEqualTo(Colour.GREEN);
        assertThat(type.kind()).isEqualTo(Type.Kind.ENUMERATION);
        assertThat(type).hasToString("Colour");
    }

    @Test
    void numbersARangeFromItsLowerEnd() {
        Type<Integer> type = Type.range(-2, 3);
        assertThat(type.numberOf(-2)).isZero();
        assertThat(type.valueOf(5)).isEqualTo(3);
        assertThat(type.kind()).isEqualTo(Type.Kind.RANGE);
        assertThat(type).hasToString("-2..3");
    }

    @Test
    void knowsBooleansAndListsOfMessages() {
        assertThat(Type.BOOLEAN.values()).containsExactly(false, true);
        assertThat(Type.BOOLEAN.kind()).isEqualTo(Type.Kind.BOOLEAN);
        assertThat(Type.of("message", List.of("hello", "bye")).valueOf(1)).isEqualTo("bye");
    }

    @Test
    void takesAsFewBitsAsItsValuesNeed() {
        assertThat(Type.range(7, 7).bits()).isZero();
        assertThat(Type.BOOLEAN.bits()).isEqualTo(1);
        assertThat(Type.of(Colour.class).bits()).isEqualTo(2);
        assertThat(Type.range(0, 3).bits()).isEqualTo(2);
        assertThat(Type.range(0, 4).bits()).isEqualTo(3);
    }

    @Property(seed = "20260101")
    void givesEveryValueItsNumberAndBack(
            @ForAll @IntRange(min = -100, max = 100) int min, @ForAll @IntRange(max = 50) int size) {
        Type<Integer> type = Type.range(min, min + size);
        for (int value = min; value <= min + size; value++) {
            assertThat(type.valueOf(type.numberOf(value))).isEqualTo(value);
            assertThat(type.numberOf(value)).isLessThan(1 << type.bits());
        }
    }

    @Test
    void refusesAValueOfAnotherType() {
        assertThatThrownBy(() -> Type.range(1, 3).numberOf(4))
                .isInstanceOf(ModelException.class)
                .hasMessage("4 is not of type 1..3");
    }

    @Test
    void refusesATypeWithoutValues() {
        assertThatThrownBy(() -> Type.range(3, 2))
                .isInstanceOf(ModelException.class)
                .hasMessage("type 3..2 has no value: give it at least one");
    }

    @Test
    void refusesATypeThatNamesAValueTwice() {
        assertThatThrownBy(() -> Type.of("message", List.of("a", "b", "a")))
                .isInstanceOf(ModelException.class)
                .hasMessage("type message names a value twice: [a, b, a]");
    }
}
