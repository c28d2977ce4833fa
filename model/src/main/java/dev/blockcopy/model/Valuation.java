package dev.blockcopy.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One state: a value for every place. Immutable; equal states are equal. */
public final class Valuation {
    private final Layout layout;
    private final int[] numbers;

    Valuation(Layout layout, int[] numbers) {
        this.layout = layout;
        this.numbers = numbers;
    }

    public <V> V get(Slot<V> slot) {
        return slot.type().valueOf(number(slot));
    }

    int number(Slot<?> slot) {
        return numbers[layout.offsetOf(slot)];
    }

    /** The number of the value at a position, as {@link Layout#offsetOf} counts them. */
    public int numberAt(int position) {
        return numbers[position];
    }

    /** The messages of a queue, head first. */
    public <M> List<M> messages(Fifo<M> fifo) {
        int offset = layout.offsetOf(fifo);
        List<M> messages = new ArrayList<>();
        for (int i = 0; i < numbers[offset]; i++) {
            messages.add(fifo.message().valueOf(numbers[offset + 1 + i]));
        }
        return messages;
    }

    int length(Fifo<?> fifo) {
        return numbers[layout.offsetOf(fifo)];
    }

    int headNumber(Fifo<?> fifo) {
        return numbers[layout.offsetOf(fifo) + 1];
    }

    /** The same state but for one slot. */
    public <V> Valuation with(Slot<V> slot, V value) {
        int offset = layout.offsetOf(slot);
        int number = slot.type().numberOf(value);
        if (numbers[offset] == number) {
            return this;
        }
        int[] changed = numbers.clone();
        changed[offset] = number;
        return new Valuation(layout, changed);
    }

    public boolean satisfies(Guard guard) {
        return Evaluation.holds(guard, this);
    }

    /** The state after all changes, each of which reads this one. */
    public Valuation after(List<Change> changes) {
        int[] changed = numbers.clone();
        Evaluation.apply(changes, this, changed);
        return new Valuation(layout, changed);
    }

    /** The state after the death of the manager: what was volatile is as at the beginning. */
    public Valuation afterCrash() {
        int[] changed = numbers.clone();
        for (Place place : layout.places()) {
            if (place.lifetime() == Lifetime.VOLATILE) {
                Layout.fillInitial(place, layout.offsetOf(place), changed);
            }
        }
        return new Valuation(layout, changed);
    }

    /** Whether the two states differ in something durable, so that a journal has to be written between them. */
    public boolean isDurablyEqual(Valuation other) {
        for (Place place : layout.places()) {
            int offset = layout.offsetOf(place);
            if (place.lifetime() == Lifetime.DURABLE
                    && !Arrays.equals(
                            numbers, offset, offset + place.width(), other.numbers, offset, offset + place.width())) {
                return false;
            }
        }
        return true;
    }

    public long[] pack() {
        return layout.pack(numbers);
    }

    public Layout layout() {
        return layout;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Valuation that && Arrays.equals(numbers, that.numbers) && layout == that.layout;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(numbers);
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        for (Place place : layout.places()) {
            parts.add(place.name() + "=" + show(place));
        }
        return String.join(" ", parts);
    }

    private String show(Place place) {
        if (place instanceof Fifo<?> fifo) {
            return messages(fifo).toString();
        }
        int offset = layout.offsetOf(place);
        if (place.width() == 1) {
            return String.valueOf(place.typeOf(0).valueOf(numbers[offset]));
        }
        List<String> elements = new ArrayList<>();
        for (int i = 0; i < place.width(); i++) {
            elements.add(String.valueOf(place.typeOf(i).valueOf(numbers[offset + i])));
        }
        return elements.toString();
    }
}
