package dev.blockcopy.simulator.world;

import static dev.blockcopy.model.Guard.all;
import static dev.blockcopy.model.Guard.any;

import dev.blockcopy.model.Change;
import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.qemufake.JobPlaces;
import dev.blockcopy.simulator.world.Outside.NewFile;
import java.util.List;

/** Effects on the host's files: done in the step that performs them, answered at once. */
final class FileWork {
    static final List<CopyEffect> EFFECTS =
            List.of(CopyEffect.MAKE_FILE, CopyEffect.PLACE_FILE, CopyEffect.REMOVE_FILE);

    private FileWork() {}

    static boolean isOnFiles(CopyEffect effect) {
        return EFFECTS.contains(effect);
    }

    static List<Change> done(CopyEffect effect) {
        return switch (effect) {
            case MAKE_FILE -> List.of(Outside.FILE.becomes(NewFile.MADE));
            case PLACE_FILE -> List.of(Outside.FILE.becomes(NewFile.PLACED));
            default ->
                List.of(
                        Outside.FILE.becomes(NewFile.NONE),
                        History.noting(
                                History.WRONG_FILE_REMOVED,
                                any(
                                        History.EVER_READY.is(true),
                                        all(Outside.OURS_LIVES, JobPlaces.GUEST_ON.is(JobPlaces.Side.TARGET)))));
        };
    }
}
