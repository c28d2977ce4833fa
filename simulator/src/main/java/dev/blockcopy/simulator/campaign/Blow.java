package dev.blockcopy.simulator.campaign;

import dev.blockcopy.simulator.live.Onlooker.Awaited;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * The instant at which a trial strikes: so long after something is seen to happen. Immutable.
 *
 * @param after what the onlooker awaits first
 * @param delayMicros how long it then waits
 */
record Blow(Awaited after, long delayMicros) {
    private static final int DELAY_MICROS_MAX = 12_000;

    private static final List<Awaited> OF_A_PIVOT = List.of(
            status("created"),
            status("ready"),
            new Awaited("STOP", "", ""),
            status("waiting"),
            status("concluded"),
            new Awaited("RESUME", "", ""));
    private static final List<Awaited> OF_A_FINISH =
            List.of(status("created"), status("ready"), status("waiting"), status("concluded"));

    private static Awaited status(String status) {
        return new Awaited("JOB_STATUS_CHANGE", "status", status);
    }

    /** The blow of a trial: told by the random numbers alone. */
    static Blow of(End end, SplittableRandom random) {
        List<Awaited> instants = end == End.PIVOT ? OF_A_PIVOT : OF_A_FINISH;
        return new Blow(instants.get(random.nextInt(instants.size())), random.nextInt(DELAY_MICROS_MAX));
    }

    @Override
    public String toString() {
        String what = after.value().isEmpty() ? after.name() : after.value();
        return String.format(Locale.ROOT, "%.1f ms after %s", delayMicros / 1e3, what);
    }
}
