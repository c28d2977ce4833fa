package dev.blockcopy.simulator.check;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * A rule of which something is already known to hold, and what is left to test: bits that must have a value, and then
 * the rest.
 */
final class Candidate {
    final int rule;
    final Step step;
    private final Code guard;
    private Map<Field, BitSet> needs;
    private final long[] masks;
    private final long[] wanted;
    private final Code[] rest;

    Candidate(int rule, Step step, Code guard, int words) {
        this.rule = rule;
        this.step = step;
        this.guard = guard;
        masks = new long[words];
        wanted = new long[words];
        List<Code> others = new ArrayList<>();
        for (Code part : guard instanceof Code.All all ? all.parts() : List.of(guard)) {
            if (part instanceof Code.Member member && member.codes().cardinality() == 1) {
                Field field = member.field();
                masks[field.word()] |= field.mask();
                wanted[field.word()] |= (long) member.codes().nextSetBit(0) << field.shift();
            } else if (!part.equals(Code.TRUE)) {
                others.add(part);
            }
        }
        rest = others.toArray(new Code[0]);
    }

    boolean isEnabled(long[] states, int at) {
        for (int i = 0; i < masks.length; i++) {
            if ((states[at + i] & masks[i]) != wanted[i]) {
                return false;
            }
        }
        for (Code code : rest) {
            if (!code.holds(states, at)) {
                return false;
            }
        }
        return true;
    }

    /** For some fields the codes without which the rule is not enabled. */
    Map<Field, BitSet> needs() {
        if (needs == null) {
            needs = guard.needs();
        }
        return needs;
    }

    /** The same rule where a field is known to hold a code; null if it is not enabled there. */
    Candidate where(Field field, int code) {
        BitSet needed = needs().get(field);
        if (needed != null && !needed.get(code)) {
            return null;
        }
        Code left = guard.where(field, code);
        if (left.equals(Code.FALSE)) {
            return null;
        }
        return left == guard ? this : new Candidate(rule, step, left, masks.length);
    }
}
