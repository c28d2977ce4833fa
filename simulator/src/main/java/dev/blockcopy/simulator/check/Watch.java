package dev.blockcopy.simulator.check;

/** Somebody who watches an exploration and may end it early; called from the thread that asked. */
public interface Watch {
    /** Sees nothing and stops nothing. */
    Watch NONE = progress -> true;

    /**
     * Called from time to time.
     *
     * @return whether to go on; if not, what is not decided by now is {@link Verdict#UNKNOWN}
     */
    boolean goOn(Progress progress);
}
