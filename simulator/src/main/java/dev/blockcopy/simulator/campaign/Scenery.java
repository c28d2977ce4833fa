package dev.blockcopy.simulator.campaign;

import dev.blockcopy.qemufake.Dialect;
import dev.blockcopy.qemufake.server.FakeQemuBuilder;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What kind of QEMU a trial is about, and what goes wrong in it by itself. Immutable.
 *
 * @param dialect what it speaks
 * @param faults lines of faults, none for most
 */
record Scenery(Dialect dialect, List<String> faults) {
    private static final List<String> NOTHING = List.of();

    /** Nothing twice, so that it is drawn more often than any single fault. */
    private static final List<List<String>> OF_A_COMPLETION = List.of(
            NOTHING,
            NOTHING,
            List.of("on=completion,do=fail"),
            List.of("on=completion,do=fail-switched,errno=EINVAL"),
            List.of("on=completion,do=die"),
            List.of("on=completion,do=die-after"),
            List.of("refused-pivot"),
            List.of("cut-before-pivot"),
            List.of("cut-at-pivot"));

    private static final List<List<String>> OF_A_REOPEN = List.of(
            NOTHING,
            NOTHING,
            List.of("on=reopen-destination,do=fail"),
            List.of("on=reopen-destination,do=fail", "on=reopen-source,do=fail"),
            List.of("on=reopen-destination,do=die"),
            List.of("on=reopen-destination,do=die-after"),
            List.of("on=reopen-destination,do=fail", "on=reopen-source,do=die"),
            List.of("on=reopen-destination,do=fail", "on=reopen-source,do=die-after"),
            List.of("on=witness,do=fail"),
            List.of("on=witness,do=die"),
            List.of("on=witness,do=die-after"),
            List.of("cut-before-pivot"),
            List.of("cut-at-pivot"));

    Scenery {
        faults = List.copyOf(faults);
    }

    /** The scenery of a trial: told by the random numbers alone. */
    static Scenery of(List<Dialect> dialects, SplittableRandom random) {
        Dialect dialect = dialects.get(random.nextInt(dialects.size()));
        List<List<String>> all = isReopening(dialect) ? OF_A_REOPEN : OF_A_COMPLETION;
        return new Scenery(dialect, all.get(random.nextInt(all.size())));
    }

    private static boolean isReopening(Dialect dialect) {
        return dialect == Dialect.PROPOSAL_2012 || dialect == Dialect.RHEL6 || dialect == Dialect.ATOMIC;
    }

    boolean isReopening() {
        return isReopening(dialect);
    }

    FakeQemuBuilder in(FakeQemuBuilder builder) {
        faults.forEach(builder::fault);
        return builder.dialect(dialect);
    }

    @Override
    public String toString() {
        return dialect.wire() + (faults.isEmpty() ? "" : " with " + String.join(" and ", faults));
    }
}
