package dev.blockcopy.simulator.check;

import dev.blockcopy.model.Fifo;
import dev.blockcopy.model.Layout;
import dev.blockcopy.model.Place;
import dev.blockcopy.model.Valuation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where each position of a state lies in packed words, and by which code each of its values is known there.
 *
 * <p>Only values that can occur have codes. The length of a queue takes no bits: code 0 of a cell says that it holds no
 * message. Fields are put into words the largest first, each into the first word with room for it.
 */
final class Packing {
    /** No code, or no number. */
    static final int NONE = -1;

    private final Layout layout;
    private final Field[] fields;
    private final int[][] codes;
    private final int[][] numbers;
    private final BitSet lengths = new BitSet();
    private final BitSet cells = new BitSet();
    private int words;

    Packing(Layout layout, ValueSets values) {
        this.layout = layout;
        fields = new Field[layout.width()];
        codes = new int[layout.width()][];
        numbers = new int[layout.width()][];
        for (Place place : layout.places()) {
            int offset = layout.offsetOf(place);
            if (place instanceof Fifo<?>) {
                lengths.set(offset);
                cells.set(offset + 1, offset + place.width());
            }
        }
        for (int position = 0; position < fields.length; position++) {
            code(position, values.at(position));
        }
        place();
    }

    private void code(int position, BitSet values) {
        int size = layout.typeAt(position).size();
        int next = cells.get(position) ? 1 : 0;
        codes[position] = new int[size];
        numbers[position] = new int[Math.max(1, next + values.cardinality())];
        Arrays.fill(numbers[position], NONE);
        for (int number = 0; number < size; number++) {
            codes[position][number] = values.get(number) ? next : NONE;
            if (values.get(number)) {
                numbers[position][next++] = number;
            }
        }
    }

    private void place() {
        List<Integer> used = new ArrayList<>();
        List<Integer> largestFirst = IntStream.range(0, fields.length)
                .boxed()
                .sorted(Comparator.comparingInt(position -> -bits(position)))
                .toList();
        for (int position : largestFirst) {
            int bits = bits(position);
            int word = 0;
            while (word < used.size() && used.get(word) + bits > Long.SIZE) {
                word++;
            }
            if (word == used.size()) {
                used.add(0);
            }
            fields[position] = new Field(word, used.get(word) % Long.SIZE, bits);
            used.set(word, used.get(word) + bits);
        }
        words = Math.max(1, used.size());
    }

    private int bits(int position) {
        return lengths.get(position) ? 0 : Integer.SIZE - Integer.numberOfLeadingZeros(numbers[position].length - 1);
    }

    int words() {
        return words;
    }

    Field fieldAt(int position) {
        return fields[position];
    }

    /** The code of each number at a position; {@link #NONE} where it never holds it. */
    int[] codesAt(int position) {
        return codes[position];
    }

    /** The number of each code at a position; {@link #NONE} for an empty cell. */
    int[] numbersAt(int position) {
        return numbers[position];
    }

    long[] pack(Valuation state) {
        long[] packed = new long[words];
        for (Place place : layout.places()) {
            int offset = layout.offsetOf(place);
            boolean isQueue = place instanceof Fifo<?>;
            int end = isQueue ? 1 + state.numberAt(offset) : place.width();
            for (int i = isQueue ? 1 : 0; i < end; i++) {
                fields[offset + i].set(packed, 0, codes[offset + i][state.numberAt(offset + i)]);
            }
        }
        return packed;
    }

    Valuation unpack(long[] states, int at) {
        int[] state = new int[fields.length];
        int length = 0;
        for (int position = 0; position < state.length; position++) {
            if (lengths.get(position)) {
                length = position;
                continue;
            }
            int number = numbers[position][fields[position].get(states, at)];
            state[position] = Math.max(number, 0);
            if (cells.get(position) && number != NONE) {
                state[length]++;
            }
        }
        return layout.state(state);
    }
}
