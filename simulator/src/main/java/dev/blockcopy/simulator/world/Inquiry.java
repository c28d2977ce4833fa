package dev.blockcopy.simulator.world;

import dev.blockcopy.model.lifecycle.TransitionTable;
import dev.blockcopy.simulator.check.Bounds;
import dev.blockcopy.simulator.check.CheckResult;
import dev.blockcopy.simulator.check.Checker;
import dev.blockcopy.simulator.check.Property;
import dev.blockcopy.simulator.check.Question;
import dev.blockcopy.simulator.check.Watch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One question about the protocol: does this variant keep its guarantees under these faults?
 *
 * @param variant what is asked about
 * @param faults how often each may come
 * @param requests how many requests the caller makes at most
 * @param disks how many disks of the domain are copied at a time
 */
public record Inquiry(Variant variant, Map<Fault, Integer> faults, int requests, int disks) {
    private static final int DISKS_MAX = 3;

    /** A budget above this makes worlds that nobody waits for. */
    private static final int BUDGET_MAX = 9;

    /** About one disk. */
    public Inquiry(Variant variant, Map<Fault, Integer> faults, int requests) {
        this(variant, faults, requests, 1);
    }

    public Inquiry {
        faults = Map.copyOf(faults);
        if (disks < 1 || disks > DISKS_MAX) {
            throw new IllegalArgumentException(disks + " disks: say 1 to " + DISKS_MAX);
        }
        if (disks > 1 && !isForSeveral(variant)) {
            throw new IllegalArgumentException(
                    "several disks are asked of switch=complete and journal=before only, and not"
                            + " of guest=pending-first: leave out the other choice");
        }
    }

    private static boolean isForSeveral(Variant variant) {
        return variant.switching() == Variant.Switching.COMPLETE
                && variant.journal() == Variant.Journal.BEFORE
                && variant.around() != Variant.Around.PENDING_FIRST;
    }

    /** Budgets as the command line takes them: {@code mgr=1,qemu=1}. */
    public static Map<Fault, Integer> faults(List<String> budgets) {
        Map<Fault, Integer> faults = new LinkedHashMap<>();
        for (String budget : budgets) {
            if (!budget.equals("none")) {
                String[] parts = budget.split("=", 2);
                if (faults.put(fault(parts[0]), parts.length < 2 ? 1 : number(budget, parts[1])) != null) {
                    throw new IllegalArgumentException(
                            "'" + budget + "' is a second budget of the same fault: leave one out");
                }
            }
        }
        return faults;
    }

    private static Fault fault(String key) {
        return Fault.of(key)
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no fault '" + key + "': choose from none, " + Fault.keys()));
    }

    private static int number(String budget, String text) {
        if (!text.matches("[0-" + BUDGET_MAX + "]")) {
            throw new IllegalArgumentException("the budget " + budget + " is not a number from 0 to " + BUDGET_MAX);
        }
        return Integer.parseInt(text);
    }

    /** The budgets in the order of the faults, as the command line takes them. */
    public String faultsText() {
        String text = faults.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getKey().key() + "=" + entry.getValue())
                .collect(Collectors.joining(","));
        return text.isEmpty() ? "none" : text;
    }

    /** Where the inquiry is asked, with a table in the place of the variant's own. */
    CopyWorld world(TransitionTable table) {
        return world(Mutant.none(table));
    }

    /** Where it is asked with something wrong. */
    CopyWorld world(Mutant mutant) {
        return new CopyWorld(this, mutant, false);
    }

    /** What is asked of the checker, to be given to somebody else. */
    public Question question(List<Property> properties) {
        return world(VariantTable.of(variant)).question(properties);
    }

    /** The same of L1, which is asked in a world of its own. */
    public Question questionOfTheEnd() {
        CopyWorld world = worldOfTheEnd(VariantTable.of(variant));
        return world.question(List.of(world.comesToAnEnd()));
    }

    private CopyWorld worldOfTheEnd(TransitionTable table) {
        return new CopyWorld(this, Mutant.none(table), true);
    }

    /** Asks the checker of every run whether nothing wrong ever happens. */
    public Answer ask(List<Property> properties, Bounds bounds, Watch watch) {
        return ask(world(VariantTable.of(variant)), properties, bounds, watch);
    }

    /** The same, of another table. */
    Answer ask(CopyWorld world, List<Property> properties, Bounds bounds, Watch watch) {
        Question question = world.question(properties);
        CheckResult result = Checker.check(question, bounds, watch);
        return new Answer(this, world, question, result);
    }

    /** Asks whether what is right happens in the end, once the guest falls silent and no fault is left. */
    public Answer askForTheEnd(Bounds bounds, Watch watch) {
        return askForTheEnd(VariantTable.of(variant), bounds, watch);
    }

    Answer askForTheEnd(TransitionTable table, Bounds bounds, Watch watch) {
        CopyWorld world = worldOfTheEnd(table);
        return ask(world, List.of(world.comesToAnEnd()), bounds, watch);
    }
}
