package dev.blockcopy.model.qmp;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;

/**
 * Writes JSON as QEMU does: blanks after {@code :} and {@code ,}, ASCII only, {@code \}{@code u} escapes in capitals.
 *
 * <p>Source: QEMU 7.2 {@code qobject/json-writer.c}.
 */
final class JsonText {

    private static final MathContext SEVENTEEN_DIGITS = new MathContext(17, RoundingMode.HALF_EVEN);

    private final StringBuilder text = new StringBuilder();

    private final String colon;
    private final String comma;

    private JsonText(String colon, String comma) {
        this.colon = colon;
        this.comma = comma;
    }

    static String of(Object value) {
        return new JsonText(": ", ", ").textOf(value);
    }

    /** The same without a blank. */
    static String compact(Object value) {
        return new JsonText(":", ",").textOf(value);
    }

    private String textOf(Object value) {
        value(value);
        return text.toString();
    }

    private void value(Object value) {
        if (value instanceof String) {
            string((String) value);
        } else if (value instanceof Map<?, ?>) {
            object((Map<?, ?>) value);
        } else if (value instanceof List<?>) {
            array((List<?>) value);
        } else if (value instanceof Double || value instanceof Float || value instanceof BigDecimal) {
            text.append(real(((Number) value).doubleValue()));
        } else if (value == null || value instanceof Boolean || value instanceof Number) {
            text.append(value);
        } else {
            throw new IllegalArgumentException("not a value of JSON: " + value.getClass());
        }
    }

    private void object(Map<?, ?> members) {
        String separator = "{";
        for (Map.Entry<?, ?> member : members.entrySet()) {
            text.append(separator);
            string((String) member.getKey());
            text.append(colon);
            value(member.getValue());
            separator = comma;
        }
        text.append(members.isEmpty() ? "{}" : "}");
    }

    private void array(List<?> elements) {
        String separator = "[";
        for (Object element : elements) {
            text.append(separator);
            value(element);
            separator = comma;
        }
        text.append(elements.isEmpty() ? "[]" : "]");
    }

    private void string(String string) {
        text.append('"');
        string.codePoints().forEach(this::character);
        text.append('"');
    }

    private void character(int codePoint) {
        int plain = "\"\\\b\f\n\r\t".indexOf(codePoint);
        if (plain >= 0) {
            text.append('\\').append("\"\\bfnrt".charAt(plain));
        } else if (codePoint >= 0x20 && codePoint < 0x7F) {
            text.append((char) codePoint);
        } else if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
            text.append("\\uFFFD");
        } else {
            for (char unit : Character.toChars(codePoint)) {
                text.append(String.format("\\u%04X", (int) unit));
            }
        }
    }

    /** C's {@code %.17g}, which QEMU uses: 1.5, 1000, 1e+20. */
    private static String real(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw new IllegalArgumentException("not a number of JSON: " + number);
        }
        if (number == 0) {
            return 1 / number < 0 ? "-0" : "0";
        }
        BigDecimal rounded = new BigDecimal(number).round(SEVENTEEN_DIGITS).stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent >= -4 && exponent < 17) {
            return rounded.toPlainString();
        }
        String mantissa = rounded.movePointLeft(exponent).toPlainString();
        return mantissa + "e" + (exponent < 0 ? "-" : "+") + String.format("%02d", Math.abs(exponent));
    }
}
