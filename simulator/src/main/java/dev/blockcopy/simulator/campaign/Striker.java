package dev.blockcopy.simulator.campaign;

import dev.blockcopy.engine.CopyJobs;
import dev.blockcopy.engine.CopyRequest;
import dev.blockcopy.simulator.live.NotInTimeException;
import java.io.IOException;
import java.util.SplittableRandom;

/** Has engines carry out a copy on a fake QEMU, and strikes them; the store outlives each of them. */
interface Striker {
    /**
     * What came of one.
     *
     * @param where it was struck, or why it did nothing; empty if its job came to an end first
     * @param engineDied whether the engine was struck dead
     */
    record Strike(String where, boolean engineDied) {}

    /**
     * An engine begins the copy if the store knows none yet, else takes it over, and is struck, alone or with its QEMU.
     *
     * @param killQemu kills that
     */
    Strike strike(CopyRequest request, Scenery scenery, SplittableRandom random, Runnable killQemu)
            throws IOException, InterruptedException, NotInTimeException;

    /** The engine that is not struck any more. */
    CopyJobs survivor();

    /** Removes what it has made. */
    void clear() throws IOException;
}
