package dev.blockcopy.model;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where each place lies in a state: numbers in a row, and bits in packed words. */
public final class Layout {
    private final Map<Place, Integer> offsets = new LinkedHashMap<>();
    /** The same, for whoever asks with the very object, as almost everybody does. */
    private final Map<Place, Integer> offsetsOfSame;

    private final List<Type<?>> types = new ArrayList<>();
    private final List<Place> places;
    private final int words;

    public Layout(List<? extends Place> places) {
        Map<String, Place> named = new LinkedHashMap<>();
        for (Place place : places) {
            Place known = named.putIfAbsent(place.name(), place);
            if (known != null && !known.equals(place)) {
                throw new ModelException("two different places are named " + place.name());
            }
            if (known == null) {
                offsets.put(place, types.size());
                for (int offset = 0; offset < place.width(); offset++) {
                    types.add(place.typeOf(offset));
                }
            }
        }
        this.offsetsOfSame = new IdentityHashMap<>(offsets);
        this.places = List.copyOf(offsets.keySet());
        words = countWords();
    }

    public List<Place> places() {
        return places;
    }

    /** How many numbers a state has. */
    public int width() {
        return types.size();
    }

    /** How many words a packed state takes. */
    public int words() {
        return words;
    }

    public int offsetOf(Place place) {
        Integer same = offsetsOfSame.get(place);
        Integer offset = same == null ? offsets.get(place) : same;
        if (offset == null) {
            throw new ModelException(place.name() + " is not a part of this state");
        }
        return offset;
    }

    public int offsetOf(Slot<?> slot) {
        return offsetOf(slot.variable()) + slot.index();
    }

    /** The type of the value at a position. */
    public Type<?> typeAt(int position) {
        return types.get(position);
    }

    /** The state with these numbers, one for each position. */
    public Valuation state(int[] numbers) {
        if (numbers.length != width()) {
            throw new ModelException(numbers.length + " numbers are no state: it has " + width());
        }
        for (int i = 0; i < numbers.length; i++) {
            types.get(i).valueOf(numbers[i]);
        }
        return new Valuation(this, numbers.clone());
    }

    /** The state in which everything has its initial value. */
    public Valuation initial() {
        int[] numbers = new int[width()];
        offsets.forEach((place, offset) -> fillInitial(place, offset, numbers));
        return new Valuation(this, numbers);
    }

    static void fillInitial(Place place, int offset, int[] numbers) {
        for (int i = 0; i < place.width(); i++) {
            numbers[offset + i] = place.initialAt(i);
        }
    }

    long[] pack(int[] numbers) {
        long[] packed = new long[words];
        int bit = 0;
        for (int i = 0; i < numbers.length; i++) {
            int bits = types.get(i).bits();
            bit = skipBoundary(bit, bits);
            if (bits > 0) {
                packed[bit / Long.SIZE] |= (long) numbers[i] << (bit % Long.SIZE);
            }
            bit += bits;
        }
        return packed;
    }

    /** The state that was packed into these words. */
    public Valuation unpack(long[] packed) {
        int[] numbers = new int[width()];
        int bit = 0;
        for (int i = 0; i < numbers.length; i++) {
            int bits = types.get(i).bits();
            bit = skipBoundary(bit, bits);
            if (bits > 0) {
                numbers[i] = (int) (packed[bit / Long.SIZE] >>> (bit % Long.SIZE) & (1L << bits) - 1);
            }
            bit += bits;
        }
        return new Valuation(this, numbers);
    }

    private int countWords() {
        int bit = 0;
        for (Type<?> type : types) {
            bit = skipBoundary(bit, type.bits()) + type.bits();
        }
        return Math.max(1, (bit + Long.SIZE - 1) / Long.SIZE);
    }

    /** A number never straddles two words. */
    private static int skipBoundary(int bit, int bits) {
        int room = Long.SIZE - bit % Long.SIZE;
        return bits <= room ? bit : bit + room;
    }
}
