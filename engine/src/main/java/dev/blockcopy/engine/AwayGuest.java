package dev.blockcopy.engine;

import dev.blockcopy.model.qmp.RunState;
import dev.blockcopy.model.qmp.StatusInfo;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A guest that may run in another QEMU: this one was migrated away, or is not here yet. Nothing is decided of its disks here,
 * and it is neither paused nor let go: {@code cont} would start it a second time (QEMU 7.2 obeys, seen in postmigrate).
 */
final class AwayGuest {
    static final String ADVICE =
            "ask the QEMU in which the guest runs, and start no other on either image while it does";

    private static final Set<RunState> STATES =
            Set.of(RunState.POSTMIGRATE, RunState.FINISH_MIGRATE, RunState.INMIGRATE);

    private AwayGuest() {}

    /** Why the guest may run elsewhere; empty if it is here. */
    static Optional<String> words(StatusInfo status) {
        return STATES.contains(status.status()) ? Optional.of(words(status.status())) : Optional.empty();
    }

    private static String words(RunState state) {
        return "the guest is not in this QEMU (run state " + nameOf(state)
                + "): it was migrated away, or has not come yet, so nothing is decided of its disks here";
    }

    /** As QAPI spells it. */
    static String nameOf(RunState state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether a text tells of one. */
    static boolean isToldBy(String text) {
        return STATES.stream().anyMatch(state -> text.contains(words(state)));
    }
}
