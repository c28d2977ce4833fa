package dev.blockcopy.simulator.world;

import dev.blockcopy.model.Change;
import dev.blockcopy.model.Guard;
import dev.blockcopy.model.Place;
import dev.blockcopy.model.Slot;
import dev.blockcopy.model.Term;
import dev.blockcopy.model.Type;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How often each fault may still come, as variables; what may never come has none. */
final class Budgets {
    /** What the names of all budgets begin with. */
    static final String PREFIX = "left.";

    private static final int WRITES = 2;

    private final Map<Fault, Slot<Integer>> left = new EnumMap<>(Fault.class);
    private final Slot<Integer> requests;
    /** How often the guest still writes to what is mirrored; null for a guest that never falls silent. */
    private final Slot<Integer> writes;

    Budgets(Map<Fault, Integer> faults, int requests, boolean guestFallsSilent) {
        writes = guestFallsSilent ? Outside.of(PREFIX + "writes", Type.range(0, WRITES), WRITES) : null;
        faults.forEach((fault, times) -> {
            if (times > 0) {
                left.put(fault, Outside.of(PREFIX + fault.key(), Type.range(0, times), times));
            }
        });
        this.requests = Outside.of(PREFIX + "requests", Type.range(0, requests), requests);
    }

    boolean allows(Fault fault) {
        return left.containsKey(fault);
    }

    Guard isLeft(Fault fault) {
        return left(left.get(fault));
    }

    Change spend(Fault fault) {
        return spend(left.get(fault));
    }

    Guard requestIsLeft() {
        return left(requests);
    }

    Change spendRequest() {
        return spend(requests);
    }

    Guard writeIsLeft() {
        return writes == null ? Guard.ALWAYS : left(writes);
    }

    List<Change> spendWrite() {
        return writes == null ? List.of() : List.of(spend(writes));
    }

    private static Guard left(Slot<Integer> slot) {
        return new Guard.Less(Term.constant(slot.type(), 0), slot);
    }

    private static Change spend(Slot<Integer> slot) {
        return slot.becomes(Term.sum(slot, -1));
    }

    List<Place> places() {
        List<Place> places = new ArrayList<>();
        left.values().forEach(slot -> places.add(slot.variable()));
        places.add(requests.variable());
        if (writes != null) {
            places.add(writes.variable());
        }
        return places;
    }
}
