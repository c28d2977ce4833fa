package dev.blockcopy.simulator.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * A guard or a term, compiled for packed states: the number of the term's value, or 1 where the guard holds and else 0.
 *
 * <p>Guards come in a form that is quick to test and to index: negation is pushed down to the fields, and what a
 * conjunction or a disjunction asks of one field is asked once.
 */
sealed interface Code {
    Code TRUE = new Constant(1);
    Code FALSE = new Constant(0);

    int value(long[] states, int at);

    default boolean holds(long[] states, int at) {
        return value(states, at) != 0;
    }

    static Code truth(boolean value) {
        return value ? TRUE : FALSE;
    }

    /** Always the same. */
    record Constant(int number) implements Code {
        @Override
        public int value(long[] states, int at) {
            return number;
        }
    }

    /** The number that stands in a field, by the code that is there. */
    record Content(Field field, int[] numbers) implements Code {
        @Override
        public int value(long[] states, int at) {
            return numbers[field.get(states, at)];
        }

        /** The codes whose numbers the condition accepts. */
        Code where(IntPredicate accepts) {
            BitSet set = new BitSet();
            for (int code = 0; code < numbers.length; code++) {
                set.set(code, accepts.test(numbers[code]));
            }
            return member(field, set, numbers.length);
        }
    }

    /** One of these codes stands in a field. */
    record Member(Field field, BitSet codes, int size, long[] bits) implements Code {
        @Override
        public int value(long[] states, int at) {
            int code = field.get(states, at);
            return (int) (bits[code >>> 6] >>> code & 1);
        }

        @Override
        public Code where(Field known, int code) {
            return field.equals(known) ? truth(codes.get(code)) : this;
        }

        @Override
        public boolean mentions(Field other) {
            return field.equals(other);
        }

        @Override
        public Map<Field, BitSet> needs() {
            return Map.of(field, codes);
        }
    }

    /** A guard of several. */
    sealed interface Junction extends Code {
        List<Code> parts();

        /** The same of other parts. */
        Code of(List<Code> others);

        @Override
        default Code where(Field known, int code) {
            return mentions(known)
                    ? of(parts().stream().map(part -> part.where(known, code)).toList())
                    : this;
        }

        @Override
        default boolean mentions(Field field) {
            for (Code part : parts()) {
                if (part.mentions(field)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Each part holds. */
    record All(List<Code> parts) implements Junction {
        @Override
        public int value(long[] states, int at) {
            for (Code part : parts) {
                if (!part.holds(states, at)) {
                    return 0;
                }
            }
            return 1;
        }

        @Override
        public Code of(List<Code> others) {
            return all(others);
        }

        /** What any part needs. */
        @Override
        public Map<Field, BitSet> needs() {
            Map<Field, BitSet> needs = new HashMap<>();
            for (Code part : parts) {
                part.needs().forEach((field, codes) -> needs.merge(field, codes, Code::common));
            }
            return needs;
        }
    }

    /** At least one part holds. */
    record Any(List<Code> parts) implements Junction {
        @Override
        public int value(long[] states, int at) {
            for (Code part : parts) {
                if (part.holds(states, at)) {
                    return 1;
                }
            }
            return 0;
        }

        @Override
        public Code of(List<Code> others) {
            return any(others);
        }

        /** What all parts need. */
        @Override
        public Map<Field, BitSet> needs() {
            Map<Field, BitSet> needs = new HashMap<>(parts.get(0).needs());
            for (Code part : parts.subList(1, parts.size())) {
                Map<Field, BitSet> others = part.needs();
                needs.keySet().retainAll(others.keySet());
                needs.replaceAll((field, codes) -> joint(codes, others.get(field)));
            }
            return needs;
        }
    }

    /** The part does not hold. */
    record Not(Code part) implements Code {
        @Override
        public int value(long[] states, int at) {
            return 1 - part.value(states, at);
        }
    }

    /** Anything else. */
    record Other(Calculation calculation) implements Code {
        /** What it is made of. */
        interface Calculation {
            int value(long[] states, int at);
        }

        @Override
        public int value(long[] states, int at) {
            return calculation.value(states, at);
        }
    }

    /** The same guard where a field is known to hold a code. */
    default Code where(Field known, int code) {
        return this;
    }

    /** Whether the guard asks for a field, as far as {@link #where} looks into it. */
    default boolean mentions(Field field) {
        return false;
    }

    /** For some fields the codes without which the guard does not hold. */
    default Map<Field, BitSet> needs() {
        return Map.of();
    }

    static Code member(Field field, BitSet codes, int size) {
        if (codes.isEmpty() || codes.cardinality() == size) {
            return truth(!codes.isEmpty());
        }
        return new Member(field, codes, size, Arrays.copyOf(codes.toLongArray(), (size + 63) / 64));
    }

    static Code not(Code part) {
        if (part instanceof Constant constant) {
            return truth(constant.number() == 0);
        }
        if (part instanceof Member member) {
            BitSet others = (BitSet) member.codes().clone();
            others.flip(0, member.size());
            return member(member.field(), others, member.size());
        }
        if (part instanceof All all) {
            return any(all.parts().stream().map(Code::not).toList());
        }
        if (part instanceof Any any) {
            return all(any.parts().stream().map(Code::not).toList());
        }
        return part instanceof Not not ? not.part() : new Not(part);
    }

    static Code all(List<Code> parts) {
        List<Code> joined = joined(parts, true);
        return joined.contains(FALSE) ? FALSE : joined.size() == 1 ? joined.get(0) : new All(joined);
    }

    static Code any(List<Code> parts) {
        List<Code> joined = joined(parts, false);
        return joined.contains(TRUE) ? TRUE : joined.size() == 1 ? joined.get(0) : new Any(joined);
    }

    private static BitSet common(BitSet one, BitSet other) {
        BitSet common = (BitSet) one.clone();
        common.and(other);
        return common;
    }

    private static BitSet joint(BitSet one, BitSet other) {
        BitSet joint = (BitSet) one.clone();
        joint.or(other);
        return joint;
    }

    /** The parts without what changes nothing, and with one member for each field. */
    private static List<Code> joined(List<Code> parts, boolean isConjunction) {
        List<Code> joined = new ArrayList<>();
        for (Code part : parts) {
            if (part instanceof All all && isConjunction) {
                all.parts().forEach(inner -> join(joined, inner, true));
            } else if (part instanceof Any any && !isConjunction) {
                any.parts().forEach(inner -> join(joined, inner, false));
            } else {
                join(joined, part, isConjunction);
            }
        }
        joined.removeIf(part -> part.equals(truth(isConjunction)));
        if (joined.isEmpty()) {
            joined.add(truth(isConjunction));
        }
        return joined;
    }

    private static void join(List<Code> joined, Code part, boolean isConjunction) {
        for (int i = 0; i < joined.size(); i++) {
            if (part instanceof Member one
                    && joined.get(i) instanceof Member other
                    && one.field().equals(other.field())) {
                BitSet codes = isConjunction ? common(other.codes(), one.codes()) : joint(other.codes(), one.codes());
                joined.set(i, member(one.field(), codes, one.size()));
                return;
            }
        }
        joined.add(part);
    }
}
