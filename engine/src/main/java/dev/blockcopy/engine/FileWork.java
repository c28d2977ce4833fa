package dev.blockcopy.engine;

import dev.blockcopy.model.lifecycle.CopyEffect;

/** The effects on the host's files, and the look at who uses them: a port, so that simulations have files of their own. */
interface FileWork {
    /**
     * Carries out MAKE_FILE, PLACE_FILE or REMOVE_FILE, or MAKE_WITNESS, HAND_OVER_WITNESS or LOOK_AT_WITNESS, and says
     * how it went. Who can't hand descriptors to QEMU refuses to make a witness, and the job does without one.
     */
    Sighting perform(CopyEffect effect, CopyJob job);

    /** Whether some process surely has one of the job's two images open. */
    boolean isInUse(CopySpec spec);
}
