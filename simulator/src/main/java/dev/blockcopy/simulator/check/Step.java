package dev.blockcopy.simulator.check;

import dev.blockcopy.model.Change;
import dev.blockcopy.model.Fifo;
import dev.blockcopy.model.Layout;
import dev.blockcopy.model.ModelException;
import dev.blockcopy.model.Type;
import dev.blockcopy.model.Walk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a rule does, compiled for packed states: bits to clear and bits to set, and operations for the rest. */
final class Step {
    /** One change that is no constant; reads the state before. */
    private interface Operation {
        void apply(long[] before, int at, long[] after, int afterAt);
    }

    private final long[] kept;
    private final long[] set;
    private final Operation[] operations;

    Step(List<Change> changes, Layout layout, Packing packing, Compilation compilation) {
        kept = new long[packing.words()];
        set = new long[packing.words()];
        Arrays.fill(kept, -1L);
        Compiler compiler = new Compiler(layout, packing, compilation, changes);
        changes.forEach(change -> change.walk(compiler));
        operations = compiler.operations.toArray(new Operation[0]);
    }

    /** Writes the state that follows. */
    void apply(long[] before, int at, long[] after, int afterAt) {
        for (int i = 0; i < kept.length; i++) {
            after[afterAt + i] = before[at + i] & kept[i] | set[i];
        }
        for (Operation operation : operations) {
            operation.apply(before, at, after, afterAt);
        }
    }

    /** The walk over the changes of the rule. */
    private final class Compiler implements Walk.OfChange<Void> {
        private final Layout layout;
        private final Packing packing;
        private final Compilation compilation;
        private final Set<Fifo<?>> onlyCleared = new HashSet<>();
        private final List<Operation> operations = new ArrayList<>();

        Compiler(Layout layout, Packing packing, Compilation compilation, List<Change> changes) {
            this.layout = layout;
            this.packing = packing;
            this.compilation = compilation;
            for (Change change : changes) {
                if (change instanceof Change.Clear clear) {
                    onlyCleared.add(clear.fifo());
                }
            }
            for (Change change : changes) {
                if (!(change instanceof Change.Clear) && change.place() instanceof Fifo<?> fifo) {
                    onlyCleared.remove(fifo);
                }
            }
        }

        private void setConstant(Field field, int code) {
            kept[field.word()] &= ~field.mask();
            set[field.word()] |= (long) code << field.shift();
        }

        @Override
        public Void assign(Change.Assign<?> node) {
            int position = layout.offsetOf(node.slot());
            Field field = packing.fieldAt(position);
            int[] codes = packing.codesAt(position);
            Code value = compilation.assigned(node.value());
            if (value instanceof Code.Constant constant && isCode(codes, constant.number())) {
                setConstant(field, codes[constant.number()]);
                return null;
            }
            operations.add((before, at, after, afterAt) -> {
                int number = value.value(before, at);
                requireCode(codes, number, node.slot(), node.slot().type());
                field.set(after, afterAt, codes[number]);
            });
            return null;
        }

        private static void requireCode(int[] codes, int number, Object target, Type<?> type) {
            if (!isCode(codes, number)) {
                throw new ModelException(target + " leaves its type " + type);
            }
        }

        private static boolean isCode(int[] codes, int number) {
            return number >= 0 && number < codes.length && codes[number] != Packing.NONE;
        }

        private Field[] cells(Fifo<?> fifo) {
            Field[] cells = new Field[fifo.capacity()];
            for (int i = 0; i < cells.length; i++) {
                cells[i] = packing.fieldAt(layout.offsetOf(fifo) + 1 + i);
            }
            return cells;
        }

        @Override
        public Void append(Change.Append<?> node) {
            Fifo<?> fifo = node.fifo();
            Field[] cells = cells(fifo);
            Code value = compilation.assigned(node.value());
            int offset = layout.offsetOf(fifo);
            operations.add((before, at, after, afterAt) -> {
                int length = 0;
                while (length < cells.length && cells[length].get(after, afterAt) != 0) {
                    length++;
                }
                if (length == cells.length) {
                    throw new ModelException("queue " + fifo.name() + " is full: guard the rule that appends");
                }
                int[] codes = packing.codesAt(offset + 1 + length);
                int number = value.value(before, at);
                requireCode(codes, number, "the message to " + fifo.name(), fifo.message());
                cells[length].set(after, afterAt, codes[number]);
            });
            return null;
        }

        @Override
        public Void take(Change.Take node) {
            Field[] cells = cells(node.fifo());
            int offset = layout.offsetOf(node.fifo());
            operations.add((before, at, after, afterAt) -> {
                if (cells[0].get(after, afterAt) == 0) {
                    throw new ModelException("queue " + node.fifo().name() + " is empty: guard the rule that takes");
                }
                for (int i = 0; i + 1 < cells.length; i++) {
                    int number = packing.numbersAt(offset + 2 + i)[cells[i + 1].get(after, afterAt)];
                    cells[i].set(after, afterAt, number == Packing.NONE ? 0 : packing.codesAt(offset + 1 + i)[number]);
                }
                cells[cells.length - 1].set(after, afterAt, 0);
            });
            return null;
        }

        @Override
        public Void clear(Change.Clear node) {
            Field[] cells = cells(node.fifo());
            if (onlyCleared.contains(node.fifo())) {
                for (Field cell : cells) {
                    setConstant(cell, 0);
                }
                return null;
            }
            operations.add((before, at, after, afterAt) -> {
                for (Field cell : cells) {
                    cell.set(after, afterAt, 0);
                }
            });
            return null;
        }
    }
}
