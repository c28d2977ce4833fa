package dev.blockcopy.simulator.campaign;

/** What is done with the guest around a pivot. */
public enum Around {
    /** It is paused, as by default. */
    PAUSED(""),
    /** What is left is carried over first, and then it is paused. */
    PENDING_FIRST("--pending-first"),
    /** It runs on. */
    RUNNING("--no-pause");

    private final String option;

    Around(String option) {
        this.option = option;
    }

    /** The option of {@code blockcopy copy}; empty for none. */
    String option() {
        return option;
    }

    /** Whether a QEMU that dies in the middle of it leaves no doubt. */
    boolean isSealed() {
        return this != RUNNING;
    }
}
