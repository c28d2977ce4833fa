package dev.blockcopy.simulator.world;

import static dev.blockcopy.model.Guard.all;
import static dev.blockcopy.model.Guard.any;

import dev.blockcopy.model.Change;
import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.qemufake.JobPlaces;
import dev.blockcopy.qemufake.ReopenPlaces;
import dev.blockcopy.simulator.world.Outside.NewFile;
import java.util.List;

/** Effects on the host's files: done in the step that performs them, answered at once. */
final class FileWork {
    static final List<CopyEffect> EFFECTS =
            List.of(CopyEffect.MAKE_FILE, CopyEffect.PLACE_FILE, CopyEffect.REMOVE_FILE);

    /** Effects on the witness: a file too, but one that not every variant has. */
    static final List<CopyEffect> WITNESS = List.of(
            CopyEffect.MAKE_WITNESS,
            CopyEffect.HAND_OVER_WITNESS,
            CopyEffect.LOOK_AT_WITNESS,
            CopyEffect.WITHDRAW_WITNESS,
            CopyEffect.REMOVE_WITNESS);

    /** What takes something away: where it fails, that is listed. */
    static final List<CopyEffect> REMOVALS =
            List.of(CopyEffect.REMOVE_FILE, CopyEffect.WITHDRAW_WITNESS, CopyEffect.REMOVE_WITNESS);

    /** What a host may refuse where it is able to do it; to make a witness, only who is not able to refuses. */
    static final List<CopyEffect> MAY_FAIL = List.of(
            CopyEffect.MAKE_FILE,
            CopyEffect.PLACE_FILE,
            CopyEffect.REMOVE_FILE,
            CopyEffect.LOOK_AT_WITNESS,
            CopyEffect.WITHDRAW_WITNESS,
            CopyEffect.REMOVE_WITNESS);

    private FileWork() {}

    static boolean isOnFiles(CopyEffect effect) {
        return EFFECTS.contains(effect) || WITNESS.contains(effect);
    }

    static List<Change> done(Variant variant, CopyEffect effect) {
        return switch (effect) {
            case LOOK_AT_WITNESS -> List.of();
            case MAKE_WITNESS ->
                variant.has(Variant.Evidence.WITNESS) ? List.of(Outside.WITNESS_FILE.becomes(true)) : List.of();
            case HAND_OVER_WITNESS ->
                variant.has(Variant.Evidence.WITNESS)
                        ? List.of(
                                ReopenPlaces.WITNESS.becomes(ReopenPlaces.Witness.EMPTY),
                                Outside.WITNESS_HELD.becomes(true))
                        : List.of();
            case WITHDRAW_WITNESS -> List.of(Outside.WITNESS_HELD.becomes(false));
            case REMOVE_WITNESS ->
                List.of(
                        Outside.WITNESS_FILE.becomes(false),
                        History.noting(
                                History.WRONG_FILE_REMOVED,
                                all(Outside.WITNESS_FILE.is(true), Facts.OUTCOME.is(Facts.Outcome.NONE))));
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
