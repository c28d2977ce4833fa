package dev.blockcopy.simulator.export;

import dev.blockcopy.model.Change;
import dev.blockcopy.model.Fifo;
import dev.blockcopy.model.Term;
import dev.blockcopy.model.Walk;
import java.util.ArrayList;
import java.util.List;

/**
 * The walk that writes the changes of a rule as statements.
 *
 * <p>All changes read the state before; so whatever is not constant is read into a scratch variable first.
 */
final class PromelaChanges implements Walk.OfChange<Void> {
    private final PromelaTerms terms;
    private final List<String> reads = new ArrayList<>();
    private final List<String> writes = new ArrayList<>();

    PromelaChanges(PromelaTerms terms, List<Change> changes) {
        this.terms = terms;
        changes.forEach(change -> change.walk(this));
    }

    List<String> statements() {
        List<String> all = new ArrayList<>(reads);
        all.addAll(writes);
        return all;
    }

    private String read(Term<?> term) {
        if (term instanceof Term.Constant<?> constant) {
            return constant.walk(terms);
        }
        String scratch = terms.scratch(reads.size());
        reads.add(scratch + " = " + term.walk(terms));
        return scratch;
    }

    @Override
    public Void assign(Change.Assign<?> node) {
        writes.add(terms.slot(node.slot()) + " = " + read(node.value()));
        return null;
    }

    @Override
    public Void append(Change.Append<?> node) {
        String length = terms.lengthOf(node.fifo());
        writes.add(terms.cell(node.fifo(), length) + " = " + read(node.value()));
        writes.add(length + "++");
        return null;
    }

    @Override
    public Void take(Change.Take node) {
        Fifo<?> fifo = node.fifo();
        for (int i = 0; i + 1 < fifo.capacity(); i++) {
            writes.add(terms.cell(fifo, String.valueOf(i)) + " = " + terms.cell(fifo, String.valueOf(i + 1)));
        }
        writes.add(terms.cell(fifo, String.valueOf(fifo.capacity() - 1)) + " = " + terms.constant(fifo.message(), 0));
        writes.add(terms.lengthOf(fifo) + "--");
        return null;
    }

    @Override
    public Void clear(Change.Clear node) {
        Fifo<?> fifo = node.fifo();
        for (int i = 0; i < fifo.capacity(); i++) {
            writes.add(terms.cell(fifo, String.valueOf(i)) + " = " + terms.constant(fifo.message(), 0));
        }
        writes.add(terms.lengthOf(fifo) + " = 0");
        return null;
    }
}
