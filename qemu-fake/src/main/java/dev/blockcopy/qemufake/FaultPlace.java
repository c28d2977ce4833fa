package dev.blockcopy.qemufake;

import static dev.blockcopy.qemufake.FaultAct.CUT_AFTER;
import static dev.blockcopy.qemufake.FaultAct.CUT_BEFORE;
import static dev.blockcopy.qemufake.FaultAct.DELAY;
import static dev.blockcopy.qemufake.FaultAct.DIE;
import static dev.blockcopy.qemufake.FaultAct.DIE_AFTER;
import static dev.blockcopy.qemufake.FaultAct.DUPLICATE;
import static dev.blockcopy.qemufake.FaultAct.ERROR;
import static dev.blockcopy.qemufake.FaultAct.FAIL;
import static dev.blockcopy.qemufake.FaultAct.FAIL_SWITCHED;
import static dev.blockcopy.qemufake.FaultAct.HALF_LINE;
import static dev.blockcopy.qemufake.FaultAct.HANG;
import static dev.blockcopy.qemufake.FaultAct.INTRUDE;
import static dev.blockcopy.qemufake.FaultAct.SILENCE;
import static dev.blockcopy.qemufake.FaultAct.SKIP;
import static dev.blockcopy.qemufake.FaultAct.STALL;
import static dev.blockcopy.qemufake.FaultAct.SWALLOW;
import static dev.blockcopy.qemufake.FaultAct.VANISH;

import java.util.EnumSet;
import java.util.Set;

/** Where a fault can strike. */
public enum FaultPlace {
    CONNECTION(
            "a client that comes, and its greeting",
            EnumSet.of(SKIP, DELAY, HANG, CUT_BEFORE, CUT_AFTER, HALF_LINE, DUPLICATE, DIE),
            FaultKey.MONITOR),
    COMMAND(
            "a command that came off the wire",
            EnumSet.of(
                    ERROR,
                    SILENCE,
                    SWALLOW,
                    DELAY,
                    HANG,
                    CUT_BEFORE,
                    CUT_AFTER,
                    HALF_LINE,
                    DUPLICATE,
                    VANISH,
                    INTRUDE,
                    DIE,
                    DIE_AFTER),
            FaultKey.NAME,
            FaultKey.MONITOR),
    EVENT(
            "an event that is to be told",
            EnumSet.of(SKIP, DELAY, CUT_BEFORE, CUT_AFTER, HALF_LINE, DUPLICATE, DIE),
            FaultKey.NAME,
            FaultKey.MONITOR),
    OPEN("a command that opens a file", EnumSet.of(FAIL, DIE), FaultKey.NAME),
    READ("a piece that a job reads", EnumSet.of(FAIL, STALL, VANISH, INTRUDE, DIE), FaultKey.AT),
    WRITE("a piece that a job writes", EnumSet.of(FAIL, STALL, VANISH, INTRUDE, DIE), FaultKey.AT),
    FLUSH("a job's flush of its target", EnumSet.of(FAIL, STALL, VANISH, INTRUDE, DIE)),
    READY("the step to ready", EnumSet.of(STALL, VANISH, INTRUDE, DIE, DIE_AFTER)),
    COMPLETION(
            "the switch to the target, by job-complete or job-finalize",
            EnumSet.of(FAIL, FAIL_SWITCHED, STALL, VANISH, INTRUDE, DIE, DIE_AFTER)),
    REOPEN_DESTINATION("a reopen opens the new image", EnumSet.of(FAIL, DIE, DIE_AFTER)),
    REOPEN_SOURCE("a reopen that failed opens the old image again", EnumSet.of(FAIL, DIE, DIE_AFTER)),
    WITNESS("a reopen writes the byte to its witness", EnumSet.of(FAIL, DIE, DIE_AFTER)),
    GUEST_WRITE("a write of the guest", EnumSet.of(FAIL, DIE, DIE_AFTER), FaultKey.AT),
    MOMENT(
            "the moment from which all holds that the rule says",
            EnumSet.of(HANG, CUT_BEFORE, VANISH, INTRUDE, DIE),
            FaultKey.MONITOR);

    /** Words for every place. */
    private static final Set<FaultKey> EVERYWHERE = EnumSet.of(
            FaultKey.ID,
            FaultKey.ON,
            FaultKey.JOB,
            FaultKey.DISK,
            FaultKey.PHASE,
            FaultKey.RUN_STATE,
            FaultKey.AFTER,
            FaultKey.FILE,
            FaultKey.NTH,
            FaultKey.CHANCE,
            FaultKey.TIMES,
            FaultKey.DO);

    private final String meaning;
    private final Set<FaultAct> acts;
    private final Set<FaultKey> keys;

    FaultPlace(String meaning, Set<FaultAct> acts, FaultKey... keys) {
        this.meaning = meaning;
        this.acts = acts;
        this.keys = Set.of(keys);
    }

    public String wire() {
        return FaultKey.spelled(this);
    }

    /** What it is, in a few words. */
    public String meaning() {
        return meaning;
    }

    /** What can happen here, in the order of {@link FaultAct}. */
    public Set<FaultAct> acts() {
        return Set.copyOf(acts);
    }

    boolean takes(FaultAct act) {
        return acts.contains(act);
    }

    boolean takes(FaultKey key) {
        return EVERYWHERE.contains(key) || keys.contains(key);
    }
}
