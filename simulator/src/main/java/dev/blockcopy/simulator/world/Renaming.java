package dev.blockcopy.simulator.world;

import dev.blockcopy.model.Change;
import dev.blockcopy.model.Fifo;
import dev.blockcopy.model.Guard;
import dev.blockcopy.model.Slot;
import dev.blockcopy.model.Term;
import dev.blockcopy.model.Walk;
import dev.blockcopy.model.lifecycle.Facts;
import java.util.List;

/** What is said of the one disk of a world, said of one of several: a walk that makes the same with other places. */
final class Renaming implements Walk<Renaming.Renamed> {
    /** A guard or a term; the other is null. */
    record Renamed(Guard guard, Term<?> term) {}

    private final Disks disks;
    private final int disk;

    Renaming(Disks disks, int disk) {
        this.disks = disks;
        this.disk = disk;
    }

    private static Renamed of(Guard guard) {
        return new Renamed(guard, null);
    }

    private static Renamed of(Term<?> term) {
        return new Renamed(null, term);
    }

    private Guard renamed(Guard guard) {
        return guard.walk(this).guard();
    }

    @SuppressWarnings("unchecked")
    private <V> Term<V> renamed(Term<V> term) {
        return (Term<V>) term.walk(this).term();
    }

    private List<Guard> renamed(List<Guard> guards) {
        return guards.stream().map(this::renamed).toList();
    }

    private Fifo<?> renamed(Fifo<?> fifo) {
        return (Fifo<?>) disks.place(fifo, disk);
    }

    @Override
    public Renamed constant(Term.Constant<?> node) {
        return of(node);
    }

    @Override
    public Renamed slot(Slot<?> node) {
        return of(disks.slot(node, disk));
    }

    @Override
    public Renamed head(Term.Head<?> node) {
        return of(renamed(node.fifo()).head());
    }

    @Override
    public Renamed choice(Term.Choice<?> node) {
        return of(choiceOf(node));
    }

    private <V> Term<V> choiceOf(Term.Choice<V> node) {
        return Term.choose(renamed(node.when()), renamed(node.then()), renamed(node.otherwise()));
    }

    @Override
    public Renamed sum(Term.Sum node) {
        return of(Term.sum(renamed(node.base()), node.step()));
    }

    @Override
    public Renamed named(Guard.Named node) {
        return of(Guard.named(node.name(), renamed(node.meaning())));
    }

    @Override
    public Renamed same(Guard.Same<?> node) {
        if (node.left().equals(Facts.OTHERS)) {
            return of(disks.others(Facts.OTHERS.type().valueOf(((Term.Constant<?>) node.right()).number()), disk));
        }
        if (node.equals(Hearing.NOTHING_LEFT)) {
            return of(disks.laneIsFree());
        }
        if (node.left() instanceof Term.Head<?> head && Disks.isQueue(head.fifo())) {
            return of(disks.startsWith(head.fifo(), ((Term.Constant<?>) node.right()).number(), disk));
        }
        return of(sameOf(node));
    }

    private <V> Guard sameOf(Guard.Same<V> node) {
        return new Guard.Same<>(renamed(node.left()), renamed(node.right()));
    }

    @Override
    public Renamed less(Guard.Less node) {
        return of(new Guard.Less(renamed(node.left()), renamed(node.right())));
    }

    @Override
    public Renamed not(Guard.Not node) {
        return of(Guard.not(renamed(node.part())));
    }

    @Override
    public Renamed all(Guard.All node) {
        return of(new Guard.All(renamed(node.parts())));
    }

    @Override
    public Renamed any(Guard.Any node) {
        return of(new Guard.Any(renamed(node.parts())));
    }

    @Override
    public Renamed empty(Guard.Empty node) {
        return of(new Guard.Empty(renamed(node.fifo())));
    }

    @Override
    public Renamed full(Guard.Full node) {
        return of(new Guard.Full(renamed(node.fifo())));
    }

    Walk.OfChange<Change> changes() {
        return new OfChanges();
    }

    private final class OfChanges implements Walk.OfChange<Change> {
        @Override
        public Change assign(Change.Assign<?> node) {
            return assigned(node);
        }

        private <V> Change assigned(Change.Assign<V> node) {
            return disks.slot(node.slot(), disk).becomes(renamed(node.value()));
        }

        @Override
        public Change append(Change.Append<?> node) {
            return Disks.isQueue(node.fifo()) ? disks.append(node.fifo(), node.value(), disk) : appended(node);
        }

        private <M> Change appended(Change.Append<M> node) {
            @SuppressWarnings("unchecked")
            Fifo<M> fifo = (Fifo<M>) renamed(node.fifo());
            return fifo.append(renamed(node.value()));
        }

        @Override
        public Change take(Change.Take node) {
            return renamed(node.fifo()).take();
        }

        @Override
        public Change clear(Change.Clear node) {
            return renamed(node.fifo()).clear();
        }
    }
}
