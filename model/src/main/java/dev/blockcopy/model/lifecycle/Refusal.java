package dev.blockcopy.model.lifecycle;

/** Why a request is not accepted; the text is for the caller. */
public enum Refusal {
    BEING_STARTED("the job is still being started: ask again in a moment"),
    NOT_READY("the job is not ready: wait until it is MIRRORING"),
    CANCEL_IN_PROGRESS("the job is being cancelled and will end on the source"),
    PIVOT_IN_PROGRESS("the job is being pivoted: only a forced cancel can still turn it back"),
    PIVOT_REFUSED("QEMU has just refused the pivot and the guest is being let go: ask again in a moment"),
    ENDED("the job has already ended"),
    NOT_IN_DOUBT("the job is not in doubt: QEMU and the journal tell how it ends, and no person has to"),
    LOOKING("evidence is being collected: ask again in a moment"),
    IN_DOUBT("the outcome of the job is not known yet: settle that first");

    private final String text;

    Refusal(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
