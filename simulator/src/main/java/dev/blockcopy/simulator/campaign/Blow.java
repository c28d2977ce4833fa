package dev.blockcopy.simulator.campaign;

import dev.blockcopy.simulator.live.Onlooker.Awaited;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * The instant at which a trial strikes: so long after something is seen to happen, or a boundary between two effects at
 * which the engine kills itself. Immutable.
 *
 * @param after what the onlooker awaits first
 * @param delayMicros how long it then waits
 * @param failPoint the boundary; empty if the onlooker strikes
 */
record Blow(Awaited after, long delayMicros, String failPoint) {
    Blow(Awaited after, long delayMicros) {
        this(after, delayMicros, "");
    }

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

    /** At the boundaries between two effects, one after the other. */
    static Blow atBoundary(End end, Around around, int trial) {
        List<String> points = around == Around.PENDING_FIRST ? end.failPointsPendingFirst() : end.failPoints();
        return new Blow(new Awaited("", "", ""), 0, points.get(Math.floorMod(trial - 1, points.size())));
    }

    boolean isByFailPoint() {
        return !failPoint.isEmpty();
    }

    @Override
    public String toString() {
        if (isByFailPoint()) {
            return "at " + failPoint;
        }
        String what = after.value().isEmpty() ? after.name() : after.value();
        return String.format(Locale.ROOT, "%.1f ms after %s", delayMicros / 1e3, what);
    }
}
