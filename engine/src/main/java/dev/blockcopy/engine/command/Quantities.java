package dev.blockcopy.engine.command;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sizes, rates and durations as people write and read them.
 *
 * <p>A bare number is bytes. K, M, G, T are powers of 1024, as in {@code qemu-img}, and so are KiB, MiB, GiB, TiB; kB, MB,
 * GB, TB are powers of 1000. A small b might mean bits and is refused.
 */
public final class Quantities {
    private static final Pattern SIZE = Pattern.compile("(\\d+(?:\\.\\d+)?) ?([A-Za-z]*)");
    private static final Pattern DURATION = Pattern.compile("(\\d+(?:\\.\\d+)?) ?(ms|s|min|m|h)");
    private static final Map<String, Long> MILLIS =
            Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "min", 60_000L, "h", 3_600_000L);
    private static final String PREFIXES = "KMGT";
    private static final String SIZE_REMEDY = "write bytes, or a suffix such as 64KiB, 10MiB, 1G (1024) or 10MB (1000)";
    private static final String DURATION_REMEDY = "write a number with a unit: 500ms, 10s, 5m or 1h";
    private static final long KIBI = 1024;
    private static final long KILO = 1000;
    private static final long NANOS_PER_MICRO = 1_000;
    private static final double MICROS_PER_MILLI = 1_000.0;

    private Quantities() {}

    /** Bytes. */
    public static long size(String text) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no size: " + SIZE_REMEDY);
        }
        long factor = factor(matcher.group(2))
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + text + "' has the unknown unit " + matcher.group(2) + ": " + SIZE_REMEDY));
        return whole(text, new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(factor)));
    }

    /** Bytes a second. */
    static long rate(String text) {
        String size = text.endsWith("/s") ? text.substring(0, text.length() - 2) : text;
        return size(size);
    }

    private static Optional<Long> factor(String unit) {
        if (unit.isEmpty() || unit.equals("B")) {
            return Optional.of(1L);
        }
        int power = PREFIXES.indexOf(Character.toUpperCase(unit.charAt(0))) + 1;
        String rest = unit.substring(1);
        if (power == 0) {
            return Optional.empty();
        }
        return switch (rest) {
            case "", "iB" -> Optional.of(power(KIBI, power));
            case "B" -> Optional.of(power(KILO, power));
            default -> Optional.empty();
        };
    }

    private static long power(long base, int exponent) {
        return BigDecimal.valueOf(base).pow(exponent).longValueExact();
    }

    private static long whole(String text, BigDecimal bytes) {
        try {
            return bytes.longValueExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no whole number of bytes below 8 EiB: write a smaller or a rounder one");
        }
    }

    static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no duration: " + DURATION_REMEDY);
        }
        BigDecimal millis = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(MILLIS.get(matcher.group(2))));
        if (millis.signum() == 0 || millis.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) > 0) {
            throw new IllegalArgumentException("'" + text + "' is not between 1ms and 24 days: " + DURATION_REMEDY);
        }
        return Duration.ofMillis(Math.max(1, millis.longValue()));
    }

    /** Bytes in the largest unit that leaves a whole part. */
    static String bytes(long bytes) {
        double number = bytes;
        int unit = 0;
        while (number >= KIBI && unit < PREFIXES.length()) {
            number /= KIBI;
            unit++;
        }
        if (unit == 0) {
            return bytes + " B";
        }
        return String.format(Locale.ROOT, number < 100 ? "%.1f %ciB" : "%.0f %ciB", number, PREFIXES.charAt(unit - 1));
    }

    static String bytesPerSecond(long rate) {
        return bytes(rate) + "/s";
    }

    /** Minutes and seconds, or hours too: 0:05, 12:00, 1:02:03. */
    static String clock(long seconds) {
        Duration duration = Duration.ofSeconds(seconds);
        if (duration.toHours() > 0) {
            return String.format(
                    Locale.ROOT,
                    "%d:%02d:%02d",
                    duration.toHours(),
                    duration.toMinutesPart(),
                    duration.toSecondsPart());
        }
        return String.format(Locale.ROOT, "%d:%02d", duration.toMinutes(), duration.toSecondsPart());
    }

    /** Milliseconds to the microsecond. */
    static double millis(long nanos) {
        return nanos / NANOS_PER_MICRO / MICROS_PER_MILLI;
    }
}
