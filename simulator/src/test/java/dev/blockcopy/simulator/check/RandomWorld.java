package dev.blockcopy.simulator.check;

import dev.blockcopy.model.Change;
import dev.blockcopy.model.Composition;
import dev.blockcopy.model.Fifo;
import dev.blockcopy.model.Guard;
import dev.blockcopy.model.Lifetime;
import dev.blockcopy.model.Place;
import dev.blockcopy.model.Process;
import dev.blockcopy.model.Rule;
import dev.blockcopy.model.Slot;
import dev.blockcopy.model.Term;
import dev.blockcopy.model.Type;
import dev.blockcopy.model.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A world of nonsense that uses every word of the language, the same for the same seed. */
final class RandomWorld {
    private final Random random;
    private final List<Slot<Integer>> slots = new ArrayList<>();
    private final List<Fifo<Integer>> fifos = new ArrayList<>();
    private final List<Place> places = new ArrayList<>();
    private boolean isCareful;

    RandomWorld(Random random) {
        this.random = random;
        for (int i = 0; i < 2 + random.nextInt(4); i++) {
            addVariable("v" + i);
        }
        for (int i = 0; i < 1 + random.nextInt(2); i++) {
            Type<Integer> message = Type.range(0, random.nextInt(5));
            fifos.add(new Fifo<>("f" + i, message, Lifetime.OUTSIDE, 1 + random.nextInt(3)));
        }
        places.addAll(fifos);
    }

    /** From now on no rule does what the language refuses. */
    RandomWorld careful() {
        isCareful = true;
        return this;
    }

    private void addVariable(String name) {
        int least = random.nextInt(5) - 2;
        Type<Integer> type = Type.range(least, least + random.nextInt(random.nextInt(8) == 0 ? 100 : 5));
        Variable<Integer> variable = new Variable<>(name, type, Lifetime.OUTSIDE, any(type), 1 + random.nextInt(2));
        places.add(variable);
        for (int i = 0; i < variable.length(); i++) {
            slots.add(variable.at(i));
        }
    }

    private int any(Type<Integer> type) {
        return one(type.values());
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    Composition world() {
        Process[] processes = new Process[1 + random.nextInt(3)];
        for (int i = 0; i < processes.length; i++) {
            List<Rule> rules = new ArrayList<>();
            for (int k = 0; k < 1 + random.nextInt(6); k++) {
                rules.add(rule("r" + k));
            }
            processes[i] = new Process("p" + i, places, rules);
        }
        return Composition.of(processes);
    }

    private Rule rule(String name) {
        List<Guard> guards = new ArrayList<>();
        List<Change> changes = new ArrayList<>();
        Fifo<Integer> readable = random.nextBoolean() ? one(fifos) : null;
        if (readable != null) {
            guards.add(Guard.not(readable.isEmpty()));
            guards.add(guard(readable, 2));
            changes.add(random.nextInt(3) == 0 ? readable.clear() : readable.take());
        }
        for (int i = 0; i < random.nextInt(3); i++) {
            guards.add(guard(null, 2));
        }
        Slot<Integer> slot = one(slots);
        changes.add(slot.becomes(term(slot.type(), readable, 2)));
        if (random.nextInt(3) > 0) {
            Fifo<Integer> fifo = one(fifos);
            changes.add(fifo.append(term(fifo.message(), readable, 1)));
            guards.add(isCareful || random.nextInt(8) > 0 ? Guard.not(fifo.isFull()) : Guard.ALWAYS);
        }
        return new Rule(name, Guard.all(guards.toArray(new Guard[0])), changes, Optional.empty(), "by chance");
    }

    /** A guard; it looks at the head of a queue that is known not to be empty, if there is one. */
    private Guard guard(Fifo<Integer> readable, int depth) {
        return switch (random.nextInt(depth == 0 ? 5 : 8)) {
            case 0 -> isOneOf(one(slots));
            case 1 -> random.nextBoolean() ? one(fifos).isEmpty() : one(fifos).isFull();
            case 2 -> new Guard.Less(number(one(slots)), number(one(slots)));
            case 3 -> isSomething(one(slots), readable);
            case 4 -> one(fifos).startsWith(0);
            case 5 -> Guard.not(guard(readable, depth - 1));
            case 6 -> Guard.named("both", Guard.all(guard(readable, depth - 1), guard(readable, depth - 1)));
            default -> Guard.any(guard(readable, depth - 1), guard(readable, depth - 1));
        };
    }

    private Guard isSomething(Slot<Integer> slot, Fifo<Integer> readable) {
        if (readable != null && random.nextBoolean()) {
            return new Guard.Same<>(readable.head(), term(readable.message(), readable, 1));
        }
        return random.nextBoolean()
                ? slot.is(term(slot.type(), readable, 1))
                : new Guard.Same<>(term(slot.type(), readable, 1), slot);
    }

    private Guard isOneOf(Slot<Integer> slot) {
        List<Integer> values = new ArrayList<>();
        for (int i = 0; i < random.nextInt(4); i++) {
            values.add(any(slot.type()));
        }
        return slot.isOneOf(values);
    }

    /** A term that is only compared may lie outside of its range. */
    private Term<Integer> number(Slot<Integer> slot) {
        return switch (random.nextInt(4)) {
            case 0 -> Term.constant(slot.type(), any(slot.type()));
            case 1 -> Term.sum(slot, random.nextInt(7) - 3);
            default -> slot;
        };
    }

    private Term<Integer> term(Type<Integer> type, Fifo<Integer> readable, int depth) {
        if (depth > 0 && random.nextInt(3) == 0) {
            Guard when = guard(readable, depth - 1);
            return Term.choose(when, term(type, readable, depth - 1), term(type, readable, depth - 1));
        }
        List<Term<Integer>> terms = new ArrayList<>();
        slots.stream().filter(slot -> slot.type().equals(type)).forEach(terms::add);
        if (readable != null && readable.message().equals(type)) {
            terms.add(readable.head());
        }
        if (!terms.isEmpty() && !isCareful && random.nextInt(4) == 0) {
            terms.add(Term.sum(one(terms), random.nextInt(3) - 1));
        }
        terms.add(Term.constant(type, any(type)));
        terms.add(Term.constant(type, any(type)));
        return one(terms);
    }
}
