package dev.blockcopy.simulator.world;

import static dev.blockcopy.model.Guard.all;
import static dev.blockcopy.model.Guard.any;
import static dev.blockcopy.model.Guard.not;
import static dev.blockcopy.model.Term.choose;
import static dev.blockcopy.model.Term.constant;
import static dev.blockcopy.simulator.world.Outside.SESSION;

import dev.blockcopy.model.Change;
import dev.blockcopy.model.Guard;
import dev.blockcopy.model.Rule;
import dev.blockcopy.model.Slot;
import dev.blockcopy.model.Term;
import dev.blockcopy.model.Type;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.lifecycle.LifecycleProcess;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.simulator.world.Outside.Life;
import dev.blockcopy.simulator.world.Outside.Session;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a lane with several jobs hears for all of them at once: the jobs take it one after the other, and until all have,
 * the lane takes nothing else.
 */
final class Hearing {
    /** What a job of the lane is still to take. */
    enum Heard {
        NOTHING,
        CONNECTED,
        ANOTHER_QEMU,
        QEMU_GONE,
        MONITOR_LOST,
        RESUMED,
        STOPPED;

        static Heard of(Trigger trigger) {
            return valueOf(trigger.name());
        }
    }

    /** What is told of the one guest. */
    static final List<Trigger> OF_GUEST = List.of(Trigger.RESUMED, Trigger.STOPPED);

    static final Slot<Heard> HEARD = Outside.of("heard", Type.of(Heard.class), Heard.NOTHING);

    /** Of a job; of a world, that all of its jobs have taken what was heard for all. */
    static final Guard NOTHING_LEFT = HEARD.is(Heard.NOTHING);

    /** The last handshake found the job, or there was none since it was driven. */
    static final Guard IS_AT_HOME = any(not(SESSION.is(Session.UP)), Facts.ONLINE.is(true), HEARD.is(Heard.CONNECTED));

    private static final Guard ENDED = Facts.STATE.isOneOf(JobState.terminal());
    private static final Guard WAITS_FOR_ITS_QEMU = any(ENDED, Facts.JOURNAL.is(JobState.IN_DOUBT));

    private final Disks disks;
    private final Guard lane;

    Hearing(Disks disks) {
        this.disks = disks;
        lane = all(disks.laneIsFree(), disks.guard(LifecycleProcess.OUTBOX.isEmpty(), 0));
    }

    static boolean isForAll(Trigger trigger) {
        return trigger.kind() == Trigger.Kind.MONITOR || OF_GUEST.contains(trigger);
    }

    /** Everything that the lane hears as a whole, the handshake where it may be complete. */
    List<Rule> rules(Guard greeted, Guard isFound) {
        Term<Heard> found = choose(isFound, heard(Heard.CONNECTED), heard(Heard.ANOTHER_QEMU));
        Term<Heard> shown = choose(
                ENDED,
                heard(Heard.NOTHING),
                choose(all(Facts.JOURNAL.is(JobState.IN_DOUBT), not(isFound)), heard(Heard.NOTHING), found));
        return List.of(
                rule(
                        "hears that the monitor is lost",
                        all(SESSION.is(Session.BROKEN)),
                        choose(ENDED, heard(Heard.NOTHING), heard(Heard.MONITOR_LOST)),
                        SESSION.becomes(Session.NONE)),
                rule(
                        "greets a QEMU",
                        all(disks.guard(greeted, 0), any(disks.ofEach(all(not(ENDED), isFound)))),
                        shown,
                        meetsAnother(SESSION.becomes(Session.UP))),
                rule(
                        "greets a QEMU of nobody",
                        all(
                                disks.guard(greeted, 0),
                                not(any(disks.ofEach(all(not(ENDED), isFound)))),
                                any(disks.ofEach(not(WAITS_FOR_ITS_QEMU)))),
                        shown,
                        meetsAnother()),
                rule(
                        "finds nobody listening",
                        all(
                                SESSION.is(Session.NONE),
                                Outside.LIFE.is(Life.DEAD),
                                any(disks.ofEach(not(WAITS_FOR_ITS_QEMU)))),
                        choose(WAITS_FOR_ITS_QEMU, heard(Heard.NOTHING), heard(Heard.QEMU_GONE))),
                ofGuest("hears of a resume", Trigger.RESUMED),
                ofGuest("hears of a stop", Trigger.STOPPED));
    }

    private Rule ofGuest(String name, Trigger trigger) {
        return rule(
                name,
                all(SESSION.is(Session.UP), disks.isNext(trigger)),
                choose(all(not(ENDED), Facts.ONLINE.is(true)), heard(Heard.of(trigger)), heard(Heard.NOTHING)),
                disks.takesMessage());
    }

    private Change[] meetsAnother(Change... more) {
        List<Change> changes = new ArrayList<>(Arrays.asList(more));
        for (int disk = 0; disk < disks.count; disk++) {
            for (Change change : Doors.GREETS) {
                changes.add(disks.change(change, disk));
            }
        }
        return changes.toArray(Change[]::new);
    }

    private static Term<Heard> heard(Heard heard) {
        return constant(HEARD.type(), heard);
    }

    private Rule rule(String name, Guard when, Term<Heard> hears, Change... more) {
        List<Change> changes = new ArrayList<>(Arrays.asList(more));
        for (int disk = 0; disk < disks.count; disk++) {
            changes.add(disks.change(HEARD.becomes(hears), disk));
        }
        return new Rule(name, all(lane, when), changes, Optional.empty(), "one lane hears it for all of its jobs");
    }
}
