package dev.blockcopy.qemufake;

import java.util.Locale;

/** Numbers as qemu-io takes them: decimal, {@code 0x}, and with a suffix for powers of 1024. */
public final class Sizes {
    private static final String SUFFIXES = "kmgt";

    private Sizes() {}

    /** The number, or -1 if the text is none. */
    public static long parse(String text) {
        String digits = text.toLowerCase(Locale.ROOT);
        int power = digits.isEmpty() ? -1 : SUFFIXES.indexOf(digits.charAt(digits.length() - 1));
        try {
            long number = Long.decode(power < 0 ? digits : digits.substring(0, digits.length() - 1));
            return Math.multiplyExact(number, 1L << 10 * (power + 1));
        } catch (NumberFormatException | ArithmeticException e) {
            return -1;
        }
    }
}
