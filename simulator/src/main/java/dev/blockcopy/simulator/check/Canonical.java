package dev.blockcopy.simulator.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Of all packed states that are alike but for names, the least. Safe for use by several threads. */
final class Canonical {
    /** One field that a renaming moves or changes. */
    private record Moved(Field from, Field to, int[] codes) {}

    private final int words;
    private final Moved[][] renamings;
    private final long[][] kept;

    Canonical(Packing packing, Symmetry symmetry) {
        words = packing.words();
        renamings = symmetry.renamings().stream()
                .map(renaming -> moved(packing, renaming))
                .toArray(Moved[][]::new);
        kept = new long[renamings.length][words];
        for (int i = 0; i < renamings.length; i++) {
            Arrays.fill(kept[i], -1L);
            for (Moved moved : renamings[i]) {
                kept[i][moved.to().word()] &= ~moved.to().mask();
            }
        }
    }

    private static Moved[] moved(Packing packing, Symmetry.Renaming renaming) {
        List<Moved> all = new ArrayList<>();
        for (int from = 0; from < renaming.to().length; from++) {
            int to = renaming.to()[from];
            int[] numbers = renaming.numbers()[from];
            if (packing.fieldAt(from).bits() > 0 && (from != to || numbers != null)) {
                all.add(new Moved(packing.fieldAt(from), packing.fieldAt(to), codes(packing, from, to, numbers)));
            }
        }
        return all.toArray(Moved[]::new);
    }

    private static int[] codes(Packing packing, int from, int to, int[] numbers) {
        int[] before = packing.numbersAt(from);
        int[] codes = new int[before.length];
        for (int code = 0; code < codes.length; code++) {
            int number = before[code];
            if (number != Packing.NONE) {
                codes[code] = packing.codesAt(to)[numbers == null ? number : numbers[number]];
                if (codes[code] == Packing.NONE) {
                    throw new IllegalArgumentException(
                            "the world is not as symmetric as it is said to be: positions " + from + " and " + to);
                }
            }
        }
        return codes;
    }

    /** Puts the least of its likes in the place of a state; needs scratch for two states. */
    void reduce(long[] states, int at, long[] scratch) {
        if (renamings.length == 0) {
            return;
        }
        for (int i = 0; i < words; i++) {
            scratch[i] = states[at + i];
        }
        for (int renaming = 0; renaming < renamings.length; renaming++) {
            rename(renaming, scratch);
            if (isLess(scratch, words, states, at)) {
                System.arraycopy(scratch, words, states, at, words);
            }
        }
    }

    /** Renames the state at the beginning of the scratch into what stands behind it. */
    private void rename(int renaming, long[] scratch) {
        for (int i = 0; i < words; i++) {
            scratch[words + i] = scratch[i] & kept[renaming][i];
        }
        for (Moved moved : renamings[renaming]) {
            int code = moved.codes[moved.from.get(scratch, 0)];
            scratch[words + moved.to.word()] |= (long) code << moved.to.shift();
        }
    }

    private boolean isLess(long[] one, int oneAt, long[] other, int otherAt) {
        for (int i = 0; i < words; i++) {
            if (one[oneAt + i] != other[otherAt + i]) {
                return one[oneAt + i] < other[otherAt + i];
            }
        }
        return false;
    }
}
