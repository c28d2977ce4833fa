package dev.blockcopy.engine;

import dev.blockcopy.model.lifecycle.CopyEffect;

/** The effects on the host's files, and the look at who uses them: a port, so that simulations have files of their own. */
interface FileWork {
    /** Carries out MAKE_FILE, PLACE_FILE or REMOVE_FILE and says how it went. */
    Sighting perform(CopyEffect effect, CopyJob job);

    /** Whether some process surely has one of the job's two images open. */
    boolean isInUse(CopySpec spec);
}
