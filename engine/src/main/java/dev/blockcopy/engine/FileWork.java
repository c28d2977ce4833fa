package dev.blockcopy.engine;

import dev.blockcopy.model.lifecycle.CopyEffect;
import java.nio.file.Path;
import java.util.Optional;

/** The effects on the host's files, and the look at who uses them: a port, so that simulations have files of their own. */
interface FileWork {
    /**
     * Carries out MAKE_FILE, PLACE_FILE or REMOVE_FILE, or MAKE_WITNESS, LOOK_AT_WITNESS or REMOVE_WITNESS, and says how
     * it went. Who has no place for a witness refuses to make one, and the job does without; an empty witness of which it
     * is not certain that a byte would have outlived the host's last start is one that can't be looked at.
     */
    Sighting perform(CopyEffect effect, CopyJob job);

    /** The file of which QEMU gets a descriptor as the job's witness; none where MAKE_WITNESS is refused. */
    default Optional<Path> witness(CopySpec spec) {
        return Optional.empty();
    }

    /**
     * Why some process may have one of the job's two images open, as one line that names the image; empty only if it is
     * certain that none has: all were seen that the job's disk may be on, and found free.
     */
    Optional<String> mayBeInUse(CopyJob job);

    /**
     * Whether some process has the job's source open, so that locks tell, and certainly none the destination. Where another
     * QEMU answers than the job's, that one is gone then, or at least its disk is not on the destination.
     */
    default boolean isOnlySourceInUse(CopyJob job) {
        return false;
    }
}
