package dev.blockcopy.simulator.check;

import dev.blockcopy.model.Change;
import dev.blockcopy.model.Composition;
import dev.blockcopy.model.Fifo;
import dev.blockcopy.model.Guard;
import dev.blockcopy.model.Layout;
import dev.blockcopy.model.Place;
import dev.blockcopy.model.Rule;
import dev.blockcopy.model.Slot;
import dev.blockcopy.model.Term;
import dev.blockcopy.model.Valuation;
import dev.blockcopy.model.Walk;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.LinkedList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which values each position of a state can ever hold, found without looking at states: everything that a beginning has
 * or that a rule gives which may be enabled. A superset, so that values outside of it need no bits, and a guard that
 * needs them needs no test. As a walk it tells which numbers a term, and which truths a guard can have.
 */
final class ValueSets implements Walk<BitSet>, Walk.OfChange<Boolean> {
    /** None, false, true, both. */
    private static final List<BitSet> TRUTHS = IntStream.range(0, 4)
            .mapToObj(set -> BitSet.valueOf(new long[] {set}))
            .toList();

    private final Layout layout;
    private final List<BitSet> sets = new ArrayList<>();
    private int sums;

    ValueSets(Composition world, List<Valuation> beginnings) {
        layout = world.layout();
        for (int position = 0; position < layout.width(); position++) {
            sets.add(new BitSet());
        }
        beginnings.forEach(this::addAll);
        List<Rule> rules = new LinkedList<>();
        world.everyMove().forEach(move -> rules.add(move.rule()));
        while (grow(rules)) {
            continue;
        }
    }

    private void addAll(Valuation beginning) {
        for (Place place : layout.places()) {
            int offset = layout.offsetOf(place);
            int end = place instanceof Fifo<?> ? offset + 1 + beginning.numberAt(offset) : offset + place.width();
            for (int position = offset; position < end; position++) {
                sets.get(position).set(beginning.numberAt(position));
            }
        }
    }

    /** What the rules that may be enabled give; one that gives the same whenever it is taken has given it after the first time. */
    private boolean grow(List<Rule> rules) {
        boolean isGrown = false;
        for (Iterator<Rule> each = rules.iterator(); each.hasNext(); ) {
            Rule rule = each.next();
            if (rule.when().walk(this).get(1)) {
                for (Change change : rule.changes()) {
                    isGrown |= change.walk(this);
                }
                if (rule.changes().stream().allMatch(ValueSets::isConstant)) {
                    each.remove();
                }
            }
        }
        return isGrown;
    }

    private static boolean isConstant(Change change) {
        return change instanceof Change.Clear
                || change instanceof Change.Assign<?> assign && assign.value() instanceof Term.Constant<?>;
    }

    /** The values that this position can hold. */
    BitSet at(int position) {
        return sets.get(position);
    }

    private boolean add(int position, BitSet values, int size) {
        BitSet set = sets.get(position);
        int before = set.cardinality();
        set.or(values.get(0, size));
        return set.cardinality() > before;
    }

    private static BitSet of(int value) {
        BitSet set = new BitSet();
        set.set(value);
        return set;
    }

    private static BitSet truths(boolean canBeFalse, boolean canBeTrue) {
        return TRUTHS.get((canBeFalse ? 1 : 0) + (canBeTrue ? 2 : 0));
    }

    @Override
    public BitSet constant(Term.Constant<?> node) {
        return of(node.number());
    }

    @Override
    public BitSet slot(Slot<?> node) {
        return sets.get(layout.offsetOf(node));
    }

    @Override
    public BitSet head(Term.Head<?> node) {
        return sets.get(layout.offsetOf(node.fifo()) + 1);
    }

    @Override
    public BitSet choice(Term.Choice<?> node) {
        BitSet when = node.when().walk(this);
        BitSet values = new BitSet();
        if (when.get(1)) {
            values.or(node.then().walk(this));
        }
        if (when.get(0)) {
            values.or(node.otherwise().walk(this));
        }
        return values;
    }

    @Override
    public BitSet sum(Term.Sum node) {
        sums++;
        BitSet values = new BitSet();
        node.base().walk(this).stream()
                .map(value -> value + node.step())
                .filter(value -> value >= 0)
                .forEach(values::set);
        return values;
    }

    @Override
    public BitSet named(Guard.Named node) {
        return node.meaning().walk(this);
    }

    @Override
    public BitSet same(Guard.Same<?> node) {
        int sumsBefore = sums;
        BitSet left = node.left().walk(this);
        BitSet right = node.right().walk(this);
        if (sums > sumsBefore) {
            return truths(true, true);
        }
        boolean isAlways = left.equals(right) && left.cardinality() == 1;
        return truths(!isAlways, left.intersects(right));
    }

    /** A sum may lie outside of its range where it is only compared, and so it is not looked into here. */
    @Override
    public BitSet less(Guard.Less node) {
        int sumsBefore = sums;
        BitSet left = node.left().walk(this);
        BitSet right = node.right().walk(this);
        if (sums > sumsBefore) {
            return truths(true, true);
        }
        int shift = node.right().type().values().get(0)
                - node.left().type().values().get(0);
        boolean canBeTrue = left.nextSetBit(0) < right.length() - 1 + shift;
        boolean canBeFalse = left.length() - 1 >= right.nextSetBit(0) + shift;
        return truths(canBeFalse, canBeTrue);
    }

    @Override
    public BitSet not(Guard.Not node) {
        BitSet part = node.part().walk(this);
        return truths(part.get(1), part.get(0));
    }

    @Override
    public BitSet all(Guard.All node) {
        boolean canBeFalse = false;
        for (Guard part : node.parts()) {
            BitSet truths = part.walk(this);
            if (!truths.get(1)) {
                return truths(true, false);
            }
            canBeFalse |= truths.get(0);
        }
        return truths(canBeFalse, true);
    }

    @Override
    public BitSet any(Guard.Any node) {
        boolean canBeTrue = false;
        for (Guard part : node.parts()) {
            BitSet truths = part.walk(this);
            if (!truths.get(0)) {
                return truths(false, true);
            }
            canBeTrue |= truths.get(1);
        }
        return truths(true, canBeTrue);
    }

    @Override
    public BitSet empty(Guard.Empty node) {
        BitSet lengths = sets.get(layout.offsetOf(node.fifo()));
        return truths(lengths.length() > 1, lengths.get(0));
    }

    @Override
    public BitSet full(Guard.Full node) {
        BitSet lengths = sets.get(layout.offsetOf(node.fifo()));
        int capacity = node.fifo().capacity();
        return truths(lengths.nextSetBit(0) < capacity, lengths.get(capacity));
    }

    @Override
    public Boolean assign(Change.Assign<?> node) {
        return add(
                layout.offsetOf(node.slot()),
                node.value().walk(this),
                node.slot().type().size());
    }

    @Override
    public Boolean append(Change.Append<?> node) {
        Fifo<?> fifo = node.fifo();
        int offset = layout.offsetOf(fifo);
        BitSet values = node.value().walk(this);
        BitSet lengths = new BitSet();
        sets.get(offset).stream().map(length -> length + 1).forEach(lengths::set);
        boolean isGrown = add(offset, lengths, fifo.capacity() + 1);
        for (int i = 1; i <= fifo.capacity(); i++) {
            isGrown |= add(offset + i, values, fifo.message().size());
        }
        return isGrown;
    }

    @Override
    public Boolean take(Change.Take node) {
        Fifo<?> fifo = node.fifo();
        int offset = layout.offsetOf(fifo);
        BitSet lengths = new BitSet();
        sets.get(offset).stream()
                .filter(length -> length > 0)
                .map(length -> length - 1)
                .forEach(lengths::set);
        boolean isGrown = add(offset, lengths, fifo.capacity() + 1);
        for (int i = 1; i < fifo.capacity(); i++) {
            isGrown |= add(offset + i, sets.get(offset + i + 1), fifo.message().size());
        }
        return isGrown;
    }

    @Override
    public Boolean clear(Change.Clear node) {
        return add(layout.offsetOf(node.fifo()), of(0), node.fifo().capacity() + 1);
    }
}
