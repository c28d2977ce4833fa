package dev.blockcopy.simulator.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A rule of which something is already known to hold, and what is left to test: bits that must have a value, and then
 * the rest.
 */
final class Candidate {
    final int rule;
    final Step step;
    private final List<Code> parts;
    private final long[] masks;
    private final long[] wanted;
    private final Code[] rest;
    private final int words;

    Candidate(int rule, Step step, List<Code> parts, int words) {
        this.rule = rule;
        this.step = step;
        this.parts = parts;
        masks = new long[words];
        wanted = new long[words];
        List<Code> others = new ArrayList<>();
        for (Code part : parts) {
            if (part instanceof Code.Member member && member.codes().cardinality() == 1) {
                Field field = member.field();
                masks[field.word()] |= field.mask();
                wanted[field.word()] |= (long) member.codes().nextSetBit(0) << field.shift();
            } else if (!part.equals(Code.TRUE)) {
                others.add(part);
            }
        }
        rest = others.toArray(new Code[0]);
        int used = words;
        while (used > 0 && masks[used - 1] == 0) {
            used--;
        }
        this.words = used;
    }

    boolean isEnabled(long[] states, int at) {
        for (int i = 0; i < words; i++) {
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

    /** The fields that have to hold one of some codes. */
    List<Code.Member> members() {
        return parts.stream()
                .filter(Code.Member.class::isInstance)
                .map(Code.Member.class::cast)
                .toList();
    }

    /** The same rule where a field is known to hold a code; nothing if it is not enabled there. */
    Optional<Candidate> where(Field field, int code) {
        List<Code> left = new ArrayList<>();
        for (Code part : parts) {
            if (part instanceof Code.Member member && member.field().equals(field)) {
                if (!member.codes().get(code)) {
                    return Optional.empty();
                }
            } else {
                left.add(part);
            }
        }
        return Optional.of(left.size() == parts.size() ? this : new Candidate(rule, step, left, masks.length));
    }
}
