package dev.blockcopy.simulator.world;

import dev.blockcopy.model.Change;
import dev.blockcopy.model.Fifo;
import dev.blockcopy.model.Guard;
import dev.blockcopy.model.Layout;
import dev.blockcopy.model.Lifetime;
import dev.blockcopy.model.Place;
import dev.blockcopy.model.Slot;
import dev.blockcopy.model.Term;
import dev.blockcopy.model.Type;
import dev.blockcopy.model.Valuation;
import dev.blockcopy.model.Variable;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.LifecycleProcess;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.simulator.check.Symmetry;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The places of a world with several disks, made of those of a world with one: each disk has its own job, node, images
 * and history; the lane, the monitor, QEMU's life, the guest and the budgets are shared.
 *
 * <p>What is its own gets an element for each disk. What is written into a shared queue is marked with the disk that it
 * is for; only what is told of the guest is for all.
 */
final class Disks {
    /** A message of a shared queue; of no disk if it is for all. */
    record Marked(String message, int disk) {
        @Override
        public String toString() {
            return disk < 0 ? message : message + " of disk " + (disk + 1);
        }
    }

    private static final Set<Place> SHARED =
            Set.of(Outside.SESSION.variable(), Outside.LIFE.variable(), Outside.GUEST.variable());
    private static final Set<Place> QUEUES = Set.of(Outside.COMMANDS, Outside.MESSAGES, LifecycleProcess.OUTBOX);

    private static final Layout ONE = new Layout(ManagerSide.places());

    final int count;

    Disks(int count) {
        this.count = count;
    }

    static boolean isOfEach(Place place) {
        return !SHARED.contains(place)
                && !QUEUES.contains(place)
                && !place.name().startsWith(Budgets.PREFIX);
    }

    Place place(Place place, int disk) {
        if (QUEUES.contains(place)) {
            return queue((Fifo<?>) place);
        }
        if (!isOfEach(place)) {
            return place;
        }
        return place instanceof Fifo<?> fifo
                ? own(fifo, disk)
                : slot(((Variable<?>) place).at(0), disk).variable();
    }

    <V> Slot<V> slot(Slot<V> slot, int disk) {
        Variable<V> one = slot.variable();
        return isOfEach(one)
                ? new Variable<>(one.name(), one.type(), one.lifetime(), one.initial(), count).at(disk)
                : slot;
    }

    private static <M> Fifo<M> own(Fifo<M> fifo, int disk) {
        return new Fifo<>(fifo.name() + "[" + disk + "]", fifo.message(), fifo.lifetime(), fifo.capacity());
    }

    private Fifo<Marked> queue(Fifo<?> fifo) {
        List<Marked> all = new ArrayList<>();
        for (int disk = 0; disk < count; disk++) {
            for (Object message : fifo.message().values()) {
                all.add(new Marked(message.toString(), disk));
            }
        }
        if (fifo.equals(Outside.MESSAGES)) {
            Hearing.OF_GUEST.forEach(trigger -> all.add(new Marked(trigger.toString(), -1)));
        }
        return new Fifo<>(fifo.name(), Type.of(fifo.message().name(), all), Lifetime.OUTSIDE, room(fifo));
    }

    /** Each job may have commands that nobody waits for any more; one effect is performed at a time. */
    private int room(Fifo<?> fifo) {
        return fifo.equals(Outside.COMMANDS) ? fifo.capacity() * count : fifo.capacity();
    }

    /** Every disk's place of that name. */
    List<Place> places(List<Place> places) {
        Set<Place> all = new LinkedHashSet<>();
        for (Place place : places) {
            IntStream.range(0, count).forEach(disk -> all.add(place(place, disk)));
        }
        return List.copyOf(all);
    }

    /** News of the guest, which everybody hears at once. */
    Guard isNext(Trigger ofGuest) {
        Fifo<Marked> messages = queue(Outside.MESSAGES);
        return messages.startsWith(new Marked(ofGuest.toString(), -1));
    }

    Change takesMessage() {
        return queue(Outside.MESSAGES).take();
    }

    Guard guard(Guard guard, int disk) {
        return guard.walk(new Renaming(this, disk)).guard();
    }

    Change change(Change change, int disk) {
        return change.walk(new Renaming(this, disk).changes());
    }

    /** Every job has taken what was heard for all. */
    Guard laneIsFree() {
        return new Guard.All(IntStream.range(0, count)
                .mapToObj(disk -> slot(Hearing.HEARD, disk).is(Hearing.Heard.NOTHING))
                .toList());
    }

    List<Guard> ofEach(Guard guard) {
        return IntStream.range(0, count).mapToObj(disk -> guard(guard, disk)).toList();
    }

    /** What the table asks of the others' rows; without a session nobody asks. */
    Guard others(Facts.Others others, int disk) {
        Guard needed = another(Facts.NEEDS_PAUSE, disk);
        return switch (others) {
            case NEED_PAUSE -> needed;
            case LET_GO -> Guard.all(Guard.not(needed), another(Facts.LETS_GUEST_GO, disk));
            case NONE -> Guard.not(Guard.any(needed, another(Facts.LETS_GUEST_GO, disk)));
        };
    }

    private Guard another(Guard guard, int disk) {
        return new Guard.Any(IntStream.range(0, count)
                .filter(other -> other != disk)
                .mapToObj(other -> guard(Guard.all(guard, Hearing.IS_AT_HOME), other))
                .toList());
    }

    Change append(Fifo<?> fifo, Term<?> message, int disk) {
        int number = ((Term.Constant<?>) message).number();
        Fifo<Marked> queue = queue(fifo);
        return queue.append(queue.message().valueOf(marked(fifo, number, disk)));
    }

    Guard startsWith(Fifo<?> fifo, int number, int disk) {
        Fifo<Marked> queue = queue(fifo);
        return new Guard.Same<>(
                queue.head(), Term.constant(queue.message(), queue.message().valueOf(marked(fifo, number, disk))));
    }

    private int marked(Fifo<?> fifo, int number, int disk) {
        int ofGuest = fifo.equals(Outside.MESSAGES)
                ? Hearing.OF_GUEST.indexOf(Outside.MESSAGES.message().valueOf(number))
                : -1;
        return ofGuest < 0
                ? fifo.message().size() * disk + number
                : fifo.message().size() * count + ofGuest;
    }

    /** A state as one disk sees it, for each disk: as the state of a world with that disk alone. */
    static List<Valuation> views(Valuation state) {
        int count = state.layout().places().stream()
                .filter(place -> place.name().equals(Facts.STATE.variable().name()))
                .findFirst()
                .orElseThrow()
                .width();
        Disks disks = new Disks(count);
        return count == 1
                ? List.of(state)
                : IntStream.range(0, count)
                        .mapToObj(disk -> disks.view(state, disk))
                        .toList();
    }

    private Valuation view(Valuation state, int disk) {
        int[] numbers = new int[ONE.width()];
        for (Place place : ONE.places()) {
            int at = ONE.offsetOf(place);
            int from = state.layout().offsetOf(place(place, disk));
            if (QUEUES.contains(place)) {
                viewQueue(state, from, numbers, at, (Fifo<?>) place, disk);
            } else if (place instanceof Variable<?>) {
                numbers[at] = state.numberAt(isOfEach(place) ? from + disk : from);
            } else {
                for (int i = 0; i < place.width(); i++) {
                    numbers[at + i] = state.numberAt(from + i);
                }
            }
        }
        return ONE.state(numbers);
    }

    /** What is for this disk, or for all. */
    private void viewQueue(Valuation state, int from, int[] numbers, int at, Fifo<?> queue, int disk) {
        int each = queue.message().size();
        for (int i = 1; i <= state.numberAt(from); i++) {
            int number = state.numberAt(from + i);
            if (number >= each * count) {
                numbers[at + ++numbers[at]] =
                        Hearing.OF_GUEST.get(number - each * count).ordinal();
            } else if (number / each == disk) {
                numbers[at + ++numbers[at]] = number % each;
            }
        }
    }

    /** Every other order of the disks. */
    Symmetry symmetry(Layout layout) {
        return new Symmetry(orders(List.of(), count).stream()
                .filter(order -> !order.equals(order.stream().sorted().toList()))
                .map(order -> renaming(layout, order))
                .toList());
    }

    private static List<List<Integer>> orders(List<Integer> begun, int count) {
        if (begun.size() == count) {
            return List.of(begun);
        }
        List<List<Integer>> all = new ArrayList<>();
        for (int next = 0; next < count; next++) {
            if (!begun.contains(next)) {
                List<Integer> longer = new ArrayList<>(begun);
                longer.add(next);
                all.addAll(orders(longer, count));
            }
        }
        return all;
    }

    private Symmetry.Renaming renaming(Layout layout, List<Integer> order) {
        int[] to = IntStream.range(0, layout.width()).toArray();
        int[][] numbers = new int[layout.width()][];
        for (Place place : layout.places()) {
            int offset = layout.offsetOf(place);
            if (place instanceof Variable<?> variable && variable.length() == count) {
                for (int disk = 0; disk < count; disk++) {
                    to[offset + disk] = offset + order.get(disk);
                }
            } else if (place instanceof Fifo<?> fifo && place.name().endsWith("]")) {
                moveQueue(layout, fifo, order, to);
            } else if (place instanceof Fifo<?> fifo) {
                for (int cell = 1; cell < fifo.width(); cell++) {
                    numbers[offset + cell] = renamed(fifo, order);
                }
            }
        }
        return new Symmetry.Renaming(to, numbers);
    }

    private static void moveQueue(Layout layout, Fifo<?> fifo, List<Integer> order, int[] to) {
        String name = fifo.name().substring(0, fifo.name().indexOf('['));
        int disk = Integer.parseInt(
                fifo.name().substring(name.length() + 1, fifo.name().length() - 1));
        Place target = layout.places().stream()
                .filter(place -> place.name().equals(name + "[" + order.get(disk) + "]"))
                .findFirst()
                .orElseThrow();
        for (int cell = 0; cell < fifo.width(); cell++) {
            to[layout.offsetOf(fifo) + cell] = layout.offsetOf(target) + cell;
        }
    }

    private int[] renamed(Fifo<?> queue, List<Integer> order) {
        List<?> messages = queue.message().values();
        int forAll = queue.name().equals(Outside.MESSAGES.name()) ? Hearing.OF_GUEST.size() : 0;
        int each = (messages.size() - forAll) / count;
        return IntStream.range(0, messages.size())
                .map(number -> number >= each * count ? number : order.get(number / each) * each + number % each)
                .toArray();
    }

    static boolean isQueue(Fifo<?> fifo) {
        return QUEUES.contains(fifo);
    }
}
