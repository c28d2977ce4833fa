package dev.blockcopy.simulator.world;

import static dev.blockcopy.model.Guard.all;
import static dev.blockcopy.model.Guard.any;
import static dev.blockcopy.model.Guard.not;

import dev.blockcopy.model.Change;
import dev.blockcopy.model.Guard;
import dev.blockcopy.model.Layout;
import dev.blockcopy.model.Process;
import dev.blockcopy.model.Rule;
import dev.blockcopy.model.Slot;
import dev.blockcopy.model.Valuation;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.Facts.Wish;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.qmp.JobStatus;
import dev.blockcopy.qemufake.JobPlaces;
import dev.blockcopy.simulator.check.Property;
import dev.blockcopy.simulator.check.Symmetry;
import dev.blockcopy.simulator.world.Outside.Run;
import dev.blockcopy.simulator.world.Outside.Session;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A world with several disks, made of the parts of a world with one. */
final class SeveralDisks {
    private final Disks disks;
    private final Doors doors;

    SeveralDisks(int count, Doors doors) {
        this.disks = new Disks(count);
        this.doors = doors;
    }

    /** What the name of a rule that is of one disk ends with. */
    static String mark(int disk) {
        return " @disk" + (disk + 1);
    }

    static String unmarked(String name) {
        return name.replaceFirst(" @disk\\d$", "");
    }

    /** One lane, with a job for each disk: as processes of one name, so that each is found by its own disk's fields. */
    List<Process> manager(Process one) {
        List<Process> all = new ArrayList<>(ofEach(one));
        List<Rule> rules = new Hearing(disks).rules(doors.greeted(), Doors.isFound());
        all.add(new Process(one.name(), disks.places(List.of(Hearing.HEARD.variable())), rules));
        return all;
    }

    /** Each rule once for each disk, but for those that speak of no disk. */
    List<Process> ofEach(Process one) {
        List<Process> all = new ArrayList<>();
        List<Rule> shared = one.rules().stream().filter(this::isOfNoDisk).toList();
        for (int disk = 0; disk < disks.count; disk++) {
            int ofDisk = disk;
            List<Rule> rules = one.rules().stream()
                    .filter(rule -> !shared.contains(rule))
                    .map(rule -> of(rule, ofDisk))
                    .toList();
            all.add(new Process(one.name(), disks.places(one.places()), rules));
        }
        all.add(ofAll(new Process(one.name(), List.of(), shared)));
        return all;
    }

    private boolean isOfNoDisk(Rule rule) {
        Rule first = of(rule, 0);
        Rule second = of(rule, 1);
        return first.when().equals(second.when()) && first.changes().equals(second.changes());
    }

    private Rule of(Rule rule, int disk) {
        Set<Change> changes = new LinkedHashSet<>();
        for (Change change : rule.changes()) {
            changes.add(disks.change(change, disk));
            if (change.place().equals(History.LET_GO_EARLY.variable())) {
                changes.addAll(ofEach(change));
            }
        }
        return new Rule(
                rule.name() + mark(disk),
                disks.guard(rule.when(), disk),
                List.copyOf(changes),
                rule.effect(),
                rule.because());
    }

    private List<Change> ofEach(Change change) {
        List<Change> changes = new ArrayList<>();
        for (int disk = 0; disk < disks.count; disk++) {
            changes.add(disks.change(change, disk));
        }
        return changes;
    }

    /** Each rule once for all disks: what happens to one, happens to each. */
    Process ofAll(Process one) {
        List<Rule> rules = one.rules().stream().map(this::ofAll).toList();
        return new Process(one.name(), disks.places(one.places()), rules);
    }

    private Rule ofAll(Rule rule) {
        List<Guard> parts = new ArrayList<>();
        flatten(rule.when(), parts);
        List<Guard> when = parts.stream().map(this::ofAll).toList();
        Set<Change> changes = new LinkedHashSet<>();
        rule.changes().forEach(change -> changes.addAll(ofEach(change)));
        return new Rule(rule.name(), new Guard.All(when), List.copyOf(changes), rule.effect(), rule.because());
    }

    private Guard ofAll(Guard part) {
        List<Guard> each = List.copyOf(new LinkedHashSet<>(disks.ofEach(part)));
        return Surroundings.OF_EVERY_DISK.contains(part) ? new Guard.All(each) : any(each);
    }

    private static void flatten(Guard guard, List<Guard> parts) {
        if (guard instanceof Guard.All all) {
            all.parts().forEach(part -> flatten(part, parts));
        } else {
            parts.add(guard);
        }
    }

    /** What is claimed of one disk, claimed of each. */
    List<Property> ofEach(List<Property> properties) {
        return properties.stream().map(this::ofEach).toList();
    }

    private Property ofEach(Property property) {
        if (property instanceof Property.Always one) {
            Guard claim = any(not(one.premise()), one.claim());
            return new Property.Always(
                    one.name(), one.meaning(), any(disks.ofEach(one.premise())), new Guard.All(disks.ofEach(claim)));
        }
        if (property instanceof Property.Sometimes one) {
            return new Property.Sometimes(one.name(), one.meaning(), any(disks.ofEach(one.goal())));
        }
        return property;
    }

    Property ofTheFirst(Property.LeadsTo one) {
        return new Property.LeadsTo(
                one.name(), one.meaning(), disks.guard(one.from(), 0), disks.guard(one.goal(), 0), one.fairness());
    }

    Symmetry symmetry(Layout layout) {
        return disks.symmetry(layout);
    }

    /**
     * Every job streams, with any wish: up to here jobs have nothing in common but the monitor.
     */
    List<Valuation> beginnings(Layout layout, Variant variant) {
        List<Valuation> all = new ArrayList<>();
        for (Run run : List.of(Run.RUNS, Run.PAUSED_BY_OTHERS)) {
            List<Valuation> begun =
                    List.of(layout.initial().with(Outside.GUEST, run).with(Outside.SESSION, Session.UP));
            for (int disk = 0; disk < disks.count; disk++) {
                List<Valuation> more = new ArrayList<>();
                for (Valuation state : begun) {
                    for (Wish wish : Wish.values()) {
                        more.add(streaming(state, disk, variant).with(disks.slot(Facts.WISH, disk), wish));
                    }
                }
                begun = more;
            }
            all.addAll(begun);
        }
        return all;
    }

    private Valuation streaming(Valuation state, int disk, Variant variant) {
        Valuation next = state;
        next = with(next, disk, Facts.STATE, JobState.STREAMING);
        next = with(next, disk, Facts.JOURNAL, JobState.STREAMING);
        next = with(next, disk, Facts.ONLINE, true);
        next = with(next, disk, Facts.SWITCH, variant.command());
        next = with(next, disk, Facts.PAUSE, variant.around() == Variant.Around.PAUSED);
        next = with(next, disk, Outside.NODE, true);
        next = with(next, disk, JobPlaces.STATUS, JobStatus.RUNNING);
        next = with(next, disk, JobPlaces.MIRRORS, true);
        next = with(next, disk, JobPlaces.BEHIND, true);
        return with(next, disk, JobPlaces.AUTO_DISMISS, !variant.has(Variant.Evidence.CONCLUDED));
    }

    private <V> Valuation with(Valuation state, int disk, Slot<V> slot, V value) {
        return state.with(disks.slot(slot, disk), value);
    }
}
