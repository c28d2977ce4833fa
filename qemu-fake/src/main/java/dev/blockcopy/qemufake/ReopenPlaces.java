package dev.blockcopy.qemufake;

import dev.blockcopy.model.Lifetime;
import dev.blockcopy.model.Place;
import dev.blockcopy.model.Slot;
import dev.blockcopy.model.Type;
import dev.blockcopy.model.Variable;
import java.util.ArrayList;
import java.util.List;

/** What a reopen remembers beside its mirror ({@link JobPlaces}), in the language of the model. */
public final class ReopenPlaces {
    /** What the file behind the witness holds. */
    public enum Witness {
        /** None was given. */
        NONE,
        EMPTY,
        /** One byte: from here on the guest may have written to the new image. */
        WRITTEN
    }

    /** What the client is told in the end. */
    public enum Verdict {
        /** Nothing yet. */
        OPEN,
        SWITCHED,
        /** {@code Device 'X' is in use}: the mirror was not ready, or failed; it is gone. */
        IN_USE,
        /** An error before the old image was touched. */
        REFUSED,
        /** An error that names the new file: the guest is on the old one. */
        FELL_BACK,
        /** An error that names the old file: the guest has no medium. */
        LOST
    }

    public static final Slot<ReopenStep> NEXT = of("reopen", Type.of(ReopenStep.class), ReopenStep.NOTHING);

    public static final Slot<Witness> WITNESS = of("witness", Type.of(Witness.class), Witness.NONE);

    public static final Slot<Verdict> VERDICT = of("verdict", Type.of(Verdict.class), Verdict.OPEN);

    /** Inside a transaction, where the new image is opened before the old one is closed. */
    public static final Slot<Boolean> ATOMIC = of("atomic", Type.BOOLEAN, false);

    public static final List<Place> OWN =
            List.of(NEXT.variable(), WITNESS.variable(), VERDICT.variable(), ATOMIC.variable());

    /** Those of the mirror first. */
    public static final List<Place> ALL = all();

    private ReopenPlaces() {}

    private static List<Place> all() {
        List<Place> all = new ArrayList<>(JobPlaces.ALL);
        all.addAll(OWN);
        return List.copyOf(all);
    }

    private static <V> Slot<V> of(String name, Type<V> type, V initial) {
        return Variable.of("qemu." + name, type, Lifetime.OUTSIDE, initial);
    }
}
