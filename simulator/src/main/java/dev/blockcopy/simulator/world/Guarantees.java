package dev.blockcopy.simulator.world;

import static dev.blockcopy.model.Guard.all;
import static dev.blockcopy.model.Guard.any;
import static dev.blockcopy.model.Guard.not;
import static dev.blockcopy.model.lifecycle.Facts.COPY;
import static dev.blockcopy.model.lifecycle.Facts.JOURNAL;
import static dev.blockcopy.model.lifecycle.Facts.OUTCOME;
import static dev.blockcopy.model.lifecycle.Facts.STATE;
import static dev.blockcopy.qemufake.JobPlaces.GUEST_ON;
import static dev.blockcopy.qemufake.JobPlaces.STATUS;
import static dev.blockcopy.simulator.world.Outside.LIFE;

import dev.blockcopy.model.Guard;
import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.Facts.Copy;
import dev.blockcopy.model.lifecycle.Facts.Outcome;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.lifecycle.LifecycleProcess;
import dev.blockcopy.model.qmp.JobStatus;
import dev.blockcopy.qemufake.JobPlaces.Side;
import dev.blockcopy.simulator.check.Fair;
import dev.blockcopy.simulator.check.Property;
import dev.blockcopy.simulator.world.Outside.Changed;
import dev.blockcopy.simulator.world.Outside.Life;
import dev.blockcopy.simulator.world.Outside.NewFile;
import dev.blockcopy.simulator.world.Outside.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What is claimed of every run, each with its name and its sentence. */
public final class Guarantees {
    private static final Guard NAMES_DESTINATION = OUTCOME.is(Outcome.PIVOTED);
    private static final Guard NAMES_SOURCE =
            any(OUTCOME.isOneOf(List.of(Outcome.CANCELLED, Outcome.FAILED)), STATE.is(JobState.HOSED));
    private static final Guard IS_TERMINAL = STATE.isOneOf(Doors.ends());

    private Guarantees() {}

    public static final Property S1 = new Property.Always(
            "S1",
            "no lost write: the image named as the disk holds every write acknowledged to the guest",
            any(NAMES_DESTINATION, NAMES_SOURCE),
            all(
                    implies(NAMES_DESTINATION, Outside.DESTINATION_LACKS.is(false)),
                    implies(NAMES_SOURCE, Outside.SOURCE_LACKS.is(false))));

    public static final Property S2 = new Property.Always(
            "S2",
            "truthful end: a job ends as was durable before, and QEMU, if alive, is on the image that the end names, until somebody else changes that",
            IS_TERMINAL,
            all(
                    implies(STATE.is(JobState.PIVOTED), OUTCOME.is(Outcome.PIVOTED)),
                    implies(STATE.is(JobState.CANCELLED), OUTCOME.is(Outcome.CANCELLED)),
                    implies(STATE.is(JobState.FAILED), OUTCOME.is(Outcome.FAILED)),
                    implies(
                            all(Outside.OURS_LIVES, Outside.CHANGED.is(Changed.NOT)),
                            all(
                                    implies(STATE.is(JobState.PIVOTED), GUEST_ON.is(Side.TARGET)),
                                    implies(
                                            STATE.isOneOf(List.of(JobState.CANCELLED, JobState.FAILED)),
                                            GUEST_ON.is(Side.SOURCE))))));

    public static final Property S3 = new Property.Always(
            "S3",
            "hosed only when hosed: only where the guest has no disk at all",
            implies(all(STATE.is(JobState.HOSED), Outside.OURS_LIVES), GUEST_ON.is(Side.NONE)));

    public static final Property S4 = new Property.Always(
            "S4",
            "honest copies: called a copy of one instant only if it equals the source at the cut, worthless only if never ready",
            COPY.isOneOf(List.of(Copy.POINT_IN_TIME, Copy.WORTHLESS)),
            all(
                    implies(COPY.is(Copy.POINT_IN_TIME), History.EQUAL_AT_END.is(true)),
                    implies(COPY.is(Copy.WORTHLESS), History.EVER_READY.is(false))));

    public static final Property S5 = new Property.Always(
            "S5",
            "no early pivot: a pivot is told only of a job that QEMU has called ready, and not while a cancel is under way",
            Facts.SWITCH_TOLD.is(true),
            History.EARLY_PIVOT.is(false));

    public static final Property S7 = new Property.Always(
            "S7",
            "every stored state loads: whatever a crash leaves in the journal, the table knows how to go on from it",
            all(
                    JOURNAL.isOneOf(Arrays.stream(JobState.values())
                            .filter(JobState::isDurable)
                            .toList()),
                    implies(JOURNAL.is(JobState.CONCLUDED), not(OUTCOME.is(Outcome.NONE)))));

    public static final Property S8 = new Property.Always(
            "S8",
            "nothing left behind: at the end no job, node or file of ours remains, but for what is listed as left over",
            all(IS_TERMINAL, not(STATE.is(JobState.HOSED)), History.LEFT_OVER.is(false)),
            all(
                    implies(
                            all(Outside.OURS_LIVES, History.LEFT_ELSEWHERE.is(false)),
                            all(
                                    STATUS.is(JobStatus.NULL),
                                    Outside.BARE.is(false),
                                    Outside.WITNESS_HELD.is(false),
                                    any(STATE.is(JobState.PIVOTED), Outside.NODE.is(false)))),
                    not(Outside.FILE.is(NewFile.MADE)),
                    Outside.WITNESS_FILE.is(false),
                    implies(all(STATE.is(JobState.FAILED), COPY.is(Copy.WORTHLESS)), Outside.FILE.is(NewFile.NONE))));

    public static final Property S9 = new Property.Always(
            "S9",
            "guest let go: the outcome is durable before, the state terminal only after, the guest is let go, and only if we paused it",
            all(
                    History.LET_GO_EARLY.is(false),
                    History.OTHERS_LET_GO.is(false),
                    implies(
                            all(
                                    IS_TERMINAL,
                                    not(STATE.is(JobState.HOSED)),
                                    Outside.OURS_LIVES,
                                    History.MET_ANOTHER.is(false),
                                    History.LEFT_OVER.is(false)),
                            any(not(Outside.GUEST.is(Run.PAUSED_BY_US)), not(Facts.OTHERS.is(Facts.Others.NONE))))));

    public static final Property S11 = new Property.Always(
            "S11",
            "hands off: no file is removed that is in use, in doubt or worth something",
            History.WRONG_FILE_REMOVED.is(false));

    public static final Property S12 = new Property.Always(
            "S12",
            "ended is ended: nothing leaves a terminal state, and no effect follows it",
            History.ENDED.is(true),
            all(
                    IS_TERMINAL,
                    not(any(Arrays.stream(CopyEffect.values())
                            .map(LifecycleProcess.OUTBOX::startsWith)
                            .toList()))));

    public static final Property S13 = new Property.Always(
            "S13",
            "unknown is not failed: while QEMU is alive, a job ends only by what QEMU shows",
            all(not(OUTCOME.is(Outcome.NONE)), LIFE.is(Life.ALIVE), History.MET_ANOTHER.is(false)),
            not(Outside.MIRROR_LIVES));

    /** Somebody wants the job to end, or it has ended and is being cleaned up. */
    private static final Guard IS_TO_END = any(
            all(not(Facts.WISH.is(Facts.Wish.STAY)), not(Outside.SESSION.is(Outside.Session.NEVER))),
            JOURNAL.isOneOf(List.of(
                    JobState.CONVERGING,
                    JobState.PIVOTING,
                    JobState.RETREATING,
                    JobState.CANCELLING,
                    JobState.FORCING,
                    JobState.CONCLUDED)));

    private static final Guard HAS_ENDED_OR_IS_WANTED = any(
            IS_TERMINAL,
            JOURNAL.is(JobState.IN_DOUBT),
            all(Facts.WISH.is(Facts.Wish.STAY), JOURNAL.isOneOf(List.of(JobState.STREAMING, JobState.MIRRORING))));

    private static final String L1 =
            "once asked to end, and with no further faults, a job ends, or is in doubt; a refused request leaves it copying";

    /** L1, given what is fair. */
    static Property l1(List<Fair> fairness) {
        return new Property.LeadsTo("L1", L1, IS_TO_END, HAS_ENDED_OR_IS_WANTED, fairness);
    }

    public static final Property L3 = new Property.Always(
            "L3",
            "every cell is decided: what the table calls impossible never happens, and a request that is not refused is heeded",
            History.IMPOSSIBLE.is(false));

    public static final List<Property> SAFETY = List.of(S1, S2, S3, S4, S5, S7, S8, S9, S11, S12, S13, L3);

    /** All names, L1 last. */
    public static List<String> names() {
        List<String> names = new ArrayList<>();
        SAFETY.forEach(property -> names.add(property.name()));
        names.add("L1");
        return names;
    }

    /** The sentence of a guarantee. */
    static String meaningOf(String name) {
        return name.equals("L1") ? L1 : named(name).meaning();
    }

    /** The properties with these names. */
    public static List<Property> named(List<String> names) {
        return names.stream().map(Guarantees::named).toList();
    }

    private static Property named(String name) {
        return SAFETY.stream()
                .filter(property -> property.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no guarantee '" + name + "': choose from " + String.join(", ", names())));
    }

    private static Guard implies(Guard when, Guard then) {
        return any(not(when), then);
    }
}
