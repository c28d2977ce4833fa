package dev.blockcopy.engine;

import java.util.function.Supplier;

/**
 * How often an engine goes through pivots with nobody's guest. A virtual machine does everything slowly the first times;
 * what is done while a guest is paused is not to be done for the first time then.
 *
 * @param stages a store for them that nobody else uses; it is closed after the last
 * @param atFirst so many before the first copy begins, next to its checks
 * @param beside so many more while the copies go on; none of them begins while a guest is paused
 */
public record Rehearsals(Supplier<? extends JobStore> stages, int atFirst, int beside) {
    static final String THREAD = "blockcopy rehearsal";

    /** None: the first pivots take longer. */
    public static final Rehearsals NONE = new Rehearsals(
            () -> {
                throw new IllegalStateException("nothing is rehearsed");
            },
            0,
            0);

    /** Whether it is a rehearsal that calls: for those who stand between the engine and its parts, and mean real jobs. */
    public static boolean areUnderWayHere() {
        return Thread.currentThread().getName().equals(THREAD);
    }

    int inAll() {
        return atFirst + beside;
    }
}
