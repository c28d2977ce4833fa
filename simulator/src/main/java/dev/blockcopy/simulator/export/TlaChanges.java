package dev.blockcopy.simulator.export;

import dev.blockcopy.model.Change;
import dev.blockcopy.model.Fifo;
import dev.blockcopy.model.Place;
import dev.blockcopy.model.Walk;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The walk that writes the changes of a rule as the next values of what it changes; all of them read the state before. */
final class TlaChanges implements Walk.OfChange<Void> {
    private final TlaTerms terms;
    private final Map<Place, String> next = new LinkedHashMap<>();

    TlaChanges(TlaTerms terms, List<Change> changes) {
        this.terms = terms;
        changes.forEach(change -> change.walk(this));
    }

    /** What each changed place is next. */
    Map<Place, String> next() {
        return next;
    }

    @Override
    public Void assign(Change.Assign<?> node) {
        Place place = node.place();
        String value = node.value().walk(terms);
        boolean isOne = node.slot().variable().length() == 1;
        next.put(place, isOne ? value : except(place, node.slot().index() + 1, value));
        return null;
    }

    private String except(Place place, int index, String value) {
        return "[" + soFar(place) + " EXCEPT ![" + index + "] = " + value + "]";
    }

    private String soFar(Place place) {
        return next.getOrDefault(place, terms.nameOf(place));
    }

    @Override
    public Void append(Change.Append<?> node) {
        Fifo<?> fifo = node.fifo();
        next.put(fifo, "Append(" + soFar(fifo) + ", " + node.value().walk(terms) + ")");
        return null;
    }

    @Override
    public Void take(Change.Take node) {
        next.put(node.fifo(), "Tail(" + soFar(node.fifo()) + ")");
        return null;
    }

    @Override
    public Void clear(Change.Clear node) {
        next.put(node.fifo(), "<<>>");
        return null;
    }
}
