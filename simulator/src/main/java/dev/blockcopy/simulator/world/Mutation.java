package dev.blockcopy.simulator.world;

import dev.blockcopy.model.lifecycle.Cell;
import dev.blockcopy.model.lifecycle.Lifecycle;
import dev.blockcopy.simulator.check.Bounds;
import dev.blockcopy.simulator.check.Finding;
import dev.blockcopy.simulator.check.Property;
import dev.blockcopy.simulator.check.Verdict;
import dev.blockcopy.simulator.check.Watch;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which guarantee catches a mutant: it is asked in the small worlds in which its row is taken, the smallest first, until
 * one says so. What does not hold in a world with the right table says nothing there. For several threads.
 */
public final class Mutation {
    /**
     * What is known of a world with the right table.
     *
     * @param taken the rows that some run takes
     * @param kept the claims that no run breaks
     * @param isEnding whether L1 is asked, and holds
     * @param isLarge whether it is asked about only where no smaller one takes the row
     */
    private record Known(Set<Cell> taken, List<Property> kept, boolean isEnding, boolean isLarge) {}

    /**
     * What became of a mutant.
     *
     * @param isReached whether its row is taken in any world; where it is not, nothing can catch it
     * @param caughtBy the guarantee that it breaks, if it breaks one
     */
    public record Fate(Mutant mutant, boolean isReached, Optional<String> caughtBy) {
        /** One word for a list. */
        public String word() {
            return caughtBy.orElse(isReached ? "survives" : "unreached");
        }
    }

    /** The end is asked for in the smaller ones of the worlds: it takes several times as long. */
    private static final long ENDING_STATES_MAX = 50_000;

    private static final long STATES_MAX = 120_000;

    private final List<Inquiry> worlds;
    private final Bounds bounds;
    private final Watch watch;
    private final Map<Inquiry, Known> known = new ConcurrentHashMap<>();

    /** In all small worlds; each is explored with the right table as soon as it is needed. */
    public Mutation(Bounds bounds, Watch watch) {
        this(Worlds.ALL, bounds, watch);
    }

    Mutation(List<Inquiry> worlds, Bounds bounds, Watch watch) {
        this.worlds = worlds;
        this.bounds = bounds;
        this.watch = watch;
    }

    private Known explore(Inquiry inquiry) {
        Answer answer = inquiry.ask(inquiry.world(Lifecycle.TABLE), Guarantees.SAFETY, bounds, watch);
        Set<Cell> taken = new HashSet<>(Lifecycle.TABLE.rows());
        answer.rowsNeverTaken().forEach(taken::remove);
        List<Property> kept = Guarantees.named(answer.result().findings().stream()
                .filter(finding -> finding.verdict() != Verdict.VIOLATED)
                .map(finding -> finding.property().name())
                .toList());
        long states = answer.result().size().states();
        boolean isEnding = states <= ENDING_STATES_MAX
                && inquiry.askForTheEnd(Lifecycle.TABLE, bounds, watch)
                        .violated()
                        .isEmpty();
        return new Known(taken, kept, isEnding, states > STATES_MAX);
    }

    /** Asks of one mutant. */
    public Fate of(Mutant mutant) {
        boolean isReached = false;
        Optional<String> lost = Optional.empty();
        for (Inquiry inquiry : worlds) {
            if (mutant.isHasty() && !inquiry.faults().containsKey(Fault.MANAGER)) {
                continue;
            }
            Known right = known.computeIfAbsent(inquiry, this::explore);
            if (right.taken().contains(mutant.cell()) && !(isReached && right.isLarge())) {
                isReached = true;
                Answer safety = inquiry.ask(inquiry.world(mutant), right.kept(), bounds.stoppingAtViolation(), watch);
                Optional<String> caughtBy = first(safety).or(() -> ending(inquiry, right, mutant));
                if (caughtBy.isPresent()) {
                    return new Fate(mutant, true, caughtBy);
                }
                lost = lost.or(() -> rowIsLost(right, mutant, safety));
            }
        }
        return new Fate(mutant, isReached, lost);
    }

    /** An effect ahead of the journal is a matter of a crash, and does not keep a job from its end. */
    private Optional<String> ending(Inquiry inquiry, Known right, Mutant mutant) {
        return mutant.isHasty() || !right.isEnding()
                ? Optional.empty()
                : first(inquiry.askForTheEnd(mutant.table(), bounds, watch));
    }

    /** L2: another row, that some run takes where nothing is wrong, is taken by none. */
    private static Optional<String> rowIsLost(Known right, Mutant mutant, Answer answer) {
        return answer.rowsNeverTaken().stream()
                .filter(row -> right.taken().contains(row) && !row.equals(mutant.cell()))
                .findFirst()
                .map(row -> "L2");
    }

    private static Optional<String> first(Answer answer) {
        return answer.violated().stream()
                .map(Finding::property)
                .map(Property::name)
                .findFirst();
    }
}
