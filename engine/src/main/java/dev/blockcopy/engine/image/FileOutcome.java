package dev.blockcopy.engine.image;

/** How a step on a destination's file ended. */
public sealed interface FileOutcome permits FileOutcome.Done, Refusal {

    /**
     * The step is done, now or by an earlier attempt.
     *
     * @param identity the file it was done to
     */
    record Done(FileIdentity identity) implements FileOutcome {}
}
