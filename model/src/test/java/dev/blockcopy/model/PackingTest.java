package dev.blockcopy.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import org.junit.jupiter.api.Test;

/** A state packed into words is the same state when it comes out again. */
@Tag("once")
class PackingTest {
    /** Places of any shape, and a state of them. */
    private record Sample(List<Place> places, int[] numbers) {}

    @Property(seed = "20260101")
    void givesBackEveryStateOfEveryLayout(@ForAll("samples") Sample sample) {
        Layout layout = new Layout(sample.places());
        Valuation state = new Valuation(layout, sample.numbers());
        assertThat(state.pack()).hasSize(layout.words());
        assertThat(layout.unpack(state.pack())).isEqualTo(state);
    }

    @Property(seed = "20260101")
    void packsDifferentStatesDifferently(@ForAll("samples") Sample sample) {
        Layout layout = new Layout(sample.places());
        Valuation state = new Valuation(layout, sample.numbers());
        for (int i = 0; i < sample.numbers().length; i++) {
            int[] others = sample.numbers().clone();
            others[i] = (others[i] + 1) % layout.typeAt(i).size();
            Valuation other = new Valuation(layout, others);
            assertThat(other.equals(state)).isEqualTo(Arrays.equals(other.pack(), state.pack()));
        }
    }

    @Provide
    Arbitrary<Sample> samples() {
        return Arbitraries.integers()
                .between(1, 5000)
                .list()
                .ofMinSize(1)
                .ofMaxSize(30)
                .flatMap(sizes -> {
                    List<Place> places = new ArrayList<>();
                    List<Arbitrary<Integer>> numbers = new ArrayList<>();
                    for (int size : sizes) {
                        Type<Integer> type = Type.range(0, size - 1);
                        places.add(new Variable<>("v" + places.size(), type, Lifetime.OUTSIDE, 0, 1 + size % 3));
                        for (int i = 0; i <= size % 3; i++) {
                            numbers.add(Arbitraries.integers().between(0, size - 1));
                        }
                    }
                    return Combinators.combine(numbers)
                            .as(values -> new Sample(
                                    places,
                                    values.stream().mapToInt(Integer::intValue).toArray()));
                });
    }

    @Test
    void letsNoNumberStraddleTwoWords() {
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < 13; i++) {
            places.add(new Variable<>("v" + i, Type.range(0, 30), Lifetime.OUTSIDE, 30, 1));
        }
        Layout layout = new Layout(places);
        assertThat(layout.words()).isEqualTo(2);
        assertThat(layout.unpack(layout.initial().pack())).isEqualTo(layout.initial());
    }

    @Test
    void packsAValueThatNeedsNoBitBehindAFullWord() {
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            places.add(new Variable<>("v" + i, Type.range(0, 255), Lifetime.OUTSIDE, 255, 1));
        }
        places.add(new Variable<>("only", Type.range(4, 4), Lifetime.OUTSIDE, 4, 1));
        Layout layout = new Layout(places);
        assertThat(layout.words()).isEqualTo(1);
        assertThat(layout.unpack(layout.initial().pack())).isEqualTo(layout.initial());
    }

    @Test
    void takesOneWordForNothingAtAll() {
        Layout layout = new Layout(List.of(new Variable<>("v", Type.range(4, 4), Lifetime.OUTSIDE, 4, 1)));
        assertThat(layout.words()).isEqualTo(1);
        assertThat(layout.unpack(layout.initial().pack())).isEqualTo(layout.initial());
    }
}
