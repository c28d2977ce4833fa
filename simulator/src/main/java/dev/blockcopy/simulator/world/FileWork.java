package dev.blockcopy.simulator.world;

import static dev.blockcopy.model.Guard.all;
import static dev.blockcopy.model.Guard.any;

import dev.blockcopy.model.Change;
import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.qemufake.JobPlaces;
import dev.blockcopy.qemufake.ReopenPlaces;
import dev.blockcopy.simulator.world.Outside.NewFile;
import java.util.List;

/** Effects on the host's files: done in the step that performs them, answered at once. */
final class FileWork {
    static final List<CopyEffect> EFFECTS =
            List.of(CopyEffect.MAKE_FILE, CopyEffect.PLACE_FILE, CopyEffect.REMOVE_FILE);

    /** Effects on the witness: a file too, but one that not every variant has. */
    static final List<CopyEffect> WITNESS =
            List.of(CopyEffect.MAKE_WITNESS, CopyEffect.HAND_OVER_WITNESS, CopyEffect.LOOK_AT_WITNESS);

    /** What a host may refuse where it is able to do it; to make a witness, only who is not able to refuses. */
    static final List<CopyEffect> MAY_FAIL =
            List.of(CopyEffect.MAKE_FILE, CopyEffect.PLACE_FILE, CopyEffect.REMOVE_FILE, CopyEffect.LOOK_AT_WITNESS);

    private FileWork() {}

    static boolean isOnFiles(CopyEffect effect) {
        return EFFECTS.contains(effect) || WITNESS.contains(effect);
    }

    static List<Change> done(Variant variant, CopyEffect effect) {
        return switch (effect) {
            case MAKE_WITNESS, LOOK_AT_WITNESS -> List.of();
            case HAND_OVER_WITNESS ->
                variant.has(Variant.Evidence.WITNESS)
                        ? List.of(ReopenPlaces.WITNESS.becomes(ReopenPlaces.Witness.EMPTY))
                        : List.of();
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
