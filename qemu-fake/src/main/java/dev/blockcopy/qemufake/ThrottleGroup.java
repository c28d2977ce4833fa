package dev.blockcopy.qemufake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A {@code throttle-group}: leaky buckets that requests fill, as in {@code util/throttle.c}. A request goes as soon as no
 * bucket is above its brim, and then fills them all. Immutable.
 *
 * @param buckets those with a limit
 * @param atMicros when they were last looked at, or when the last request of the queue goes
 */
record ThrottleGroup(List<Bucket> buckets, long atMicros) {
    private static final double MICROS = 1_000_000;
    private static final String[] KINDS = {"bps-total", "bps-read", "bps-write", "iops-total", "iops-read", "iops-write"
    };

    /**
     * One limit.
     *
     * @param kind {@code bps-total} and so on
     * @param average what leaks in a second
     * @param max how much may go at once, for a second; 0 for a tenth of the average
     * @param burstSeconds for how long {@code max} may go on
     * @param level what is in it
     * @param burst what was in it of late, for the longer burst
     */
    record Bucket(String kind, double average, double max, long burstSeconds, double level, double burst) {
        boolean takes(boolean isWrite) {
            return kind.endsWith("total") || kind.endsWith(isWrite ? "write" : "read");
        }

        double waitSeconds() {
            double brim = max == 0 ? average / 10 : max * burstSeconds;
            double wait = Math.max(0, (level - brim) / average);
            return burstSeconds > 1 ? Math.max(wait, (burst - max / 10) / max) : wait;
        }

        Bucket leaked(double seconds) {
            return new Bucket(
                    kind,
                    average,
                    max,
                    burstSeconds,
                    Math.max(0, level - average * seconds),
                    Math.max(0, burst - max * seconds));
        }

        Bucket filled(double units) {
            return new Bucket(kind, average, max, burstSeconds, level + units, burst + units);
        }
    }

    /** A request's turn: when it goes, and the group when it has. */
    record Turn(long dueMicros, ThrottleGroup next) {}

    ThrottleGroup {
        buckets = List.copyOf(buckets);
    }

    /** A group with the limits of {@code x-bps-write}, {@code x-bps-write-max} and so on; those left out don't limit. */
    static ThrottleGroup of(Map<String, Long> limits) {
        List<Bucket> buckets = new ArrayList<>();
        for (String kind : KINDS) {
            long average = limits.getOrDefault("x-" + kind, 0L);
            if (average > 0) {
                long max = limits.getOrDefault("x-" + kind + "-max", 0L);
                long length = limits.getOrDefault("x-" + kind + "-max-length", 1L);
                buckets.add(new Bucket(kind, average, max, length, 0, 0));
            }
        }
        return new ThrottleGroup(buckets, 0);
    }

    static List<String> kinds() {
        return List.of(KINDS);
    }

    /** The turn of a request that comes now and queues behind all that came before. */
    Turn admit(long nowMicros, long bytes, boolean isWrite) {
        ThrottleGroup then = at(Math.max(nowMicros, atMicros));
        double wait = then.buckets.stream()
                .filter(bucket -> bucket.takes(isWrite))
                .mapToDouble(Bucket::waitSeconds)
                .max()
                .orElse(0);
        ThrottleGroup due = then.at(then.atMicros + (long) Math.ceil(wait * MICROS));
        List<Bucket> filled = due.buckets.stream()
                .map(bucket ->
                        bucket.takes(isWrite) ? bucket.filled(bucket.kind.startsWith("bps") ? bytes : 1) : bucket)
                .toList();
        return new Turn(due.atMicros, new ThrottleGroup(filled, due.atMicros));
    }

    private ThrottleGroup at(long micros) {
        double seconds = (micros - atMicros) / MICROS;
        return new ThrottleGroup(
                buckets.stream().map(bucket -> bucket.leaked(seconds)).toList(), micros);
    }
}
