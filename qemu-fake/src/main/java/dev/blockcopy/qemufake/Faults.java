package dev.blockcopy.qemufake;

import dev.blockcopy.model.qmp.QmpEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The rules of what is to go wrong, and how often each has been passed and has struck. */
final class Faults {
    static final int NONE = -1;

    /** One rule, and how far it is. */
    private static final class Count {
        final FaultRule rule;
        long passed;
        long struck;
        /** All that it says of the state has held since it was last passed; for moments. */
        boolean holds;
        /** It was reset: it strikes no more. */
        boolean isOver;

        Count(FaultRule rule) {
            this.rule = rule;
        }

        Count copy() {
            Count copy = new Count(rule);
            copy.passed = passed;
            copy.struck = struck;
            copy.holds = holds;
            copy.isOver = isOver;
            return copy;
        }
    }

    private final long seed;
    private final List<Count> counts = new ArrayList<>();
    private final List<FaultStrike> untold = new ArrayList<>();
    private Set<String> filesThere = Set.of();

    private Faults(long seed) {
        this.seed = seed;
    }

    static Faults of(List<FaultRule> rules, long seed) {
        Faults faults = new Faults(seed);
        rules.forEach(rule -> faults.counts.add(new Count(rule)));
        return faults;
    }

    Faults copy() {
        if (counts.isEmpty()) {
            return this;
        }
        Faults copy = new Faults(seed);
        counts.forEach(count -> copy.counts.add(count.copy()));
        copy.untold.addAll(untold);
        copy.filesThere = filesThere;
        return copy;
    }

    /** The same and one rule more. */
    Faults with(FaultRule rule) {
        Faults more = counts.isEmpty() ? new Faults(seed) : copy();
        more.counts.add(new Count(rule));
        return more;
    }

    FaultRule rule(int index) {
        return counts.get(index).rule;
    }

    /** No rule strikes any more. */
    void reset() {
        counts.forEach(count -> count.isOver = true);
    }

    void see(Set<String> files) {
        filesThere = files;
    }

    Set<String> filesThere() {
        return filesThere;
    }

    List<String> files() {
        return counts.stream()
                .map(count -> count.rule.text(FaultKey.FILE))
                .filter(Objects::nonNull)
                .toList();
    }

    boolean isFileThere(int index) {
        FaultRule rule = rule(index);
        return !rule.says(FaultKey.FILE) || filesThere.contains(rule.text(FaultKey.FILE));
    }

    /** What has struck and is not in the journal yet, in order. */
    List<FaultStrike> untold() {
        return untold.isEmpty() ? List.of() : List.copyOf(untold);
    }

    void told() {
        untold.clear();
    }

    List<FaultRule> neverStruck() {
        Set<String> ids = counts.stream()
                .filter(count -> count.struck > 0)
                .map(count -> count.rule.text(FaultKey.ID))
                .collect(Collectors.toSet());
        return counts.stream()
                .filter(count -> count.struck == 0)
                .map(count -> count.rule)
                .filter(rule -> !rule.says(FaultKey.ID) || !ids.contains(rule.text(FaultKey.ID)))
                .toList();
    }

    /** The move itself, or the strike of the first rule that is due on it. */
    QemuMove strikeOn(QemuState q, QemuMove move) {
        for (int i = 0; i < counts.size(); i++) {
            if (isDue(i) && FaultConditions.matches(q, counts.get(i).rule, move) && isFileThere(i)) {
                return new QemuMove.Strike(i, move);
            }
        }
        return move;
    }

    /** The strike whose moment has come; null for none. */
    QemuMove strikeOfTheMoment(QemuState q) {
        for (int i = 0; i < counts.size(); i++) {
            if (isMoment(i) && !counts.get(i).holds && isDue(i) && holds(q, i)) {
                return new QemuMove.Strike(i, new QemuMove.Moment());
            }
        }
        return null;
    }

    private boolean isMoment(int index) {
        return rule(index).on() == FaultPlace.MOMENT;
    }

    private boolean holds(QemuState q, int index) {
        return isFileThere(index) && FaultConditions.holds(q, rule(index));
    }

    /** Counts a move for all rules that it matches, whether it is struck or not. */
    void pass(QemuState q, QemuMove move) {
        for (int i = 0; i < counts.size(); i++) {
            Count count = counts.get(i);
            if (isMoment(i)) {
                boolean held = count.holds;
                count.holds = holds(q, i);
                count.passed += count.holds && !held ? 1 : 0;
            } else if (FaultConditions.matches(q, count.rule, move) && isFileThere(i)) {
                count.passed++;
            }
        }
    }

    /** Counts an event, and the rule that strikes it; {@link #NONE} for none. */
    int strikeOn(QemuState q, QmpEvent event) {
        int striking = strikeOn(rule -> FaultConditions.matches(q, rule, event));
        if (striking != NONE) {
            strike(striking, (int) rule(striking).number(FaultKey.MONITOR));
        }
        return striking;
    }

    /** Counts a client that has come, and the rule that strikes it; {@link #NONE} for none. */
    int strikeOnConnection(QemuState q, int monitor) {
        int striking = strikeOn(rule -> FaultConditions.matchesConnection(q, rule, monitor));
        if (striking != NONE) {
            strike(striking, monitor);
        }
        return striking;
    }

    private int strikeOn(Predicate<FaultRule> isMeant) {
        int striking = NONE;
        for (int i = 0; i < counts.size(); i++) {
            if (isMeant.test(rule(i)) && isFileThere(i)) {
                striking = striking == NONE && isDue(i) ? i : striking;
                counts.get(i).passed++;
            }
        }
        return striking;
    }

    void strike(int index, int monitor) {
        counts.get(index).struck++;
        untold.add(new FaultStrike(rule(index), monitor));
    }

    private boolean isDue(int index) {
        Count count = counts.get(index);
        return !count.isOver
                && count.passed + 1 >= count.rule.number(FaultKey.NTH)
                && count.struck < count.rule.number(FaultKey.TIMES)
                && isByChance(index);
    }

    /** A throw of the dice that depends on the seed, the rule and how often it was passed, and on nothing else. */
    private boolean isByChance(int index) {
        Count count = counts.get(index);
        long cast = Arrays.hashCode(new long[] {seed, index, count.passed});
        return count.rule.chance() == 1 || new SplittableRandom(cast).nextDouble() < count.rule.chance();
    }
}
