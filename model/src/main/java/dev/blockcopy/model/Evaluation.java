package dev.blockcopy.model;

import java.util.List;

/** The walk that executes: guards to truth, terms to numbers, changes to the next state. */
final class Evaluation implements Walk<Integer> {
    private final Valuation state;

    private Evaluation(Valuation state) {
        this.state = state;
    }

    static boolean holds(Guard guard, Valuation state) {
        return guard.walk(new Evaluation(state)) != 0;
    }

    static void apply(List<Change> changes, Valuation before, int[] after) {
        Application application = new Application(before, after);
        changes.forEach(change -> change.walk(application));
    }

    private boolean holds(Guard guard) {
        return guard.walk(this) != 0;
    }

    private static int truth(boolean value) {
        return value ? 1 : 0;
    }

    @Override
    public Integer constant(Term.Constant<?> node) {
        return node.number();
    }

    @Override
    public Integer slot(Slot<?> node) {
        return state.number(node);
    }

    @Override
    public Integer head(Term.Head<?> node) {
        if (state.length(node.fifo()) == 0) {
            throw new ModelException(
                    "the head of the empty queue " + node.fifo().name() + " was read: guard it");
        }
        return state.headNumber(node.fifo());
    }

    @Override
    public Integer choice(Term.Choice<?> node) {
        return (holds(node.when()) ? node.then() : node.otherwise()).walk(this);
    }

    @Override
    public Integer sum(Term.Sum node) {
        return node.base().walk(this) + node.step();
    }

    @Override
    public Integer named(Guard.Named node) {
        return node.meaning().walk(this);
    }

    @Override
    public Integer same(Guard.Same<?> node) {
        return truth(node.left().walk(this).equals(node.right().walk(this)));
    }

    @Override
    public Integer less(Guard.Less node) {
        return truth(valueOf(node.left()) < valueOf(node.right()));
    }

    private int valueOf(Term<Integer> term) {
        return term.type().values().get(0) + term.walk(this);
    }

    @Override
    public Integer not(Guard.Not node) {
        return truth(!holds(node.part()));
    }

    @Override
    public Integer all(Guard.All node) {
        List<Guard> parts = node.parts();
        for (int i = 0; i < parts.size(); i++) {
            if (!holds(parts.get(i))) {
                return 0;
            }
        }
        return 1;
    }

    @Override
    public Integer any(Guard.Any node) {
        List<Guard> parts = node.parts();
        for (int i = 0; i < parts.size(); i++) {
            if (holds(parts.get(i))) {
                return 1;
            }
        }
        return 0;
    }

    @Override
    public Integer empty(Guard.Empty node) {
        return truth(state.length(node.fifo()) == 0);
    }

    @Override
    public Integer full(Guard.Full node) {
        return truth(state.length(node.fifo()) == node.fifo().capacity());
    }

    /** The walk that writes the next state; terms are read from the state before. */
    private static final class Application implements Walk.OfChange<Void> {
        private final Valuation before;
        private final int[] after;

        Application(Valuation before, int[] after) {
            this.before = before;
            this.after = after;
        }

        @Override
        public Void assign(Change.Assign<?> node) {
            after[before.layout().offsetOf(node.slot())] =
                    checked(node.value(), node.slot().toString(), node.slot().type());
            return null;
        }

        private int checked(Term<?> term, String target, Type<?> type) {
            int number = term.walk(new Evaluation(before));
            if (number < 0 || number >= type.size()) {
                throw new ModelException(target + " leaves its type " + type);
            }
            return number;
        }

        @Override
        public Void append(Change.Append<?> node) {
            int offset = before.layout().offsetOf(node.fifo());
            if (after[offset] == node.fifo().capacity()) {
                throw new ModelException("queue " + node.fifo().name() + " is full: guard the rule that appends");
            }
            after[offset]++;
            after[offset + after[offset]] = checked(
                    node.value(),
                    "the message to " + node.fifo().name(),
                    node.fifo().message());
            return null;
        }

        @Override
        public Void take(Change.Take node) {
            int offset = before.layout().offsetOf(node.fifo());
            int length = after[offset];
            if (length == 0) {
                throw new ModelException("queue " + node.fifo().name() + " is empty: guard the rule that takes");
            }
            System.arraycopy(after, offset + 2, after, offset + 1, length - 1);
            after[offset + length] = 0;
            after[offset] = length - 1;
            return null;
        }

        @Override
        public Void clear(Change.Clear node) {
            Layout.fillInitial(node.fifo(), before.layout().offsetOf(node.fifo()), after);
            return null;
        }
    }
}
