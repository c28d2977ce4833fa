package dev.blockcopy.qemufake;

import java.util.Set;

/** What a fault does. */
public enum FaultAct {
    ERROR("the command does nothing and is answered with an error", FaultKey.CLASS, FaultKey.DESC),
    SILENCE("the command does its work and is never answered"),
    SWALLOW("the command is neither done nor answered"),
    DELAY("it happens, and all lines of its monitor are held back for a time", FaultKey.MILLIS),
    HANG("the monitor does nothing and says nothing any more, for a time or until reset", FaultKey.MILLIS),
    CUT_BEFORE("the connection goes before it happens"),
    CUT_AFTER("it happens, and then the connection goes; of a command nothing is told"),
    HALF_LINE("half of its line goes out, and then the connection goes"),
    DUPLICATE("its line comes more than once", FaultKey.COPIES),
    SKIP("the line never comes"),
    FAIL("it fails with a system error", FaultKey.ERRNO),
    FAIL_SWITCHED("the job ends with an error, and the disk is switched all the same", FaultKey.ERRNO),
    STALL("the job does not do it, for a time or until reset", FaultKey.MILLIS),
    VANISH("the job is gone without a word; the guest stays where it is"),
    INTRUDE("somebody else has a command carried out first", FaultKey.EXECUTE),
    DIE("QEMU is gone before it happens, as by SIGKILL"),
    DIE_AFTER("it happens, and QEMU is gone before anything is told");

    private final String meaning;
    private final Set<FaultKey> keys;

    FaultAct(String meaning, FaultKey... keys) {
        this.meaning = meaning;
        this.keys = Set.of(keys);
    }

    public String wire() {
        return FaultKey.spelled(this);
    }

    /** What it does, in a few words. */
    public String meaning() {
        return meaning;
    }

    /** The words that say more of it. */
    Set<FaultKey> keys() {
        return keys;
    }

    /** Whether it says nothing without a word of its own. */
    boolean requires(FaultKey key) {
        return keys.contains(key) && (this == DELAY || this == INTRUDE);
    }
}
