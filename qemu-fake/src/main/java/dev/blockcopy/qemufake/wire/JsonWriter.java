package dev.blockcopy.qemufake.wire;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;

/**
 * Writes JSON as QEMU does: members in its order, blanks after {@code :} and {@code ,}, ASCII only, {@code \}{@code u}
 * escapes in capitals (QEMU 7.2 {@code qobject/json-writer.c}).
 */
final class JsonWriter {
    private static final MathContext SEVENTEEN_DIGITS = new MathContext(17, RoundingMode.HALF_EVEN);
    private static final String HEX = "0123456789ABCDEF";
    private static final String PLAIN = "\"\\\b\f\n\r\t";
    private static final String ESCAPED = "\"\\bfnrt";

    private final StringBuilder text;

    /** Writes behind what is there. */
    JsonWriter(StringBuilder text) {
        this.text = text;
    }

    static String text(Object value) {
        StringBuilder text = new StringBuilder();
        new JsonWriter(text).value(value);
        return text.toString();
    }

    void value(Object value) {
        if (value instanceof String string) {
            string(string);
        } else if (value instanceof Map<?, ?> object) {
            object(object);
        } else if (value instanceof List<?> array) {
            array(array);
        } else if (value instanceof Double number) {
            text.append(real(number));
        } else if (value == null || value == RequestForm.NULL) {
            text.append("null");
        } else if (value instanceof Boolean || value instanceof Number) {
            text.append(value);
        } else {
            throw new IllegalArgumentException("not a value of JSON: " + value.getClass());
        }
    }

    @SuppressWarnings("unchecked") // objects have string keys only
    private void object(Map<?, ?> members) {
        text.append('{');
        String separator = "";
        for (Map.Entry<String, Object> member : MemberOrder.of((Map<String, Object>) members)) {
            text.append(separator);
            string(member.getKey());
            text.append(": ");
            value(member.getValue());
            separator = ", ";
        }
        text.append('}');
    }

    private void array(List<?> elements) {
        text.append('[');
        String separator = "";
        for (Object element : elements) {
            text.append(separator);
            value(element);
            separator = ", ";
        }
        text.append(']');
    }

    private void string(String string) {
        text.append('"');
        int done = 0;
        for (int i = 0; i < string.length(); i++) {
            if (!isPlain(string.charAt(i))) {
                text.append(string, done, i);
                unit(string, i);
                done = i + 1;
            }
        }
        // a whole string is copied at once, a part of one unit by unit
        if (done == 0) {
            text.append(string);
        } else {
            text.append(string, done, string.length());
        }
        text.append('"');
    }

    private static boolean isPlain(char unit) {
        return unit >= ' ' && unit < 0x7F && unit != '"' && unit != '\\';
    }

    private void unit(String string, int index) {
        char unit = string.charAt(index);
        int plain = PLAIN.indexOf(unit);
        if (plain >= 0) {
            text.append('\\').append(ESCAPED.charAt(plain));
        } else {
            escape(isAlone(string, index) ? '\uFFFD' : unit);
        }
    }

    private static boolean isAlone(String string, int index) {
        char unit = string.charAt(index);
        if (Character.isHighSurrogate(unit)) {
            return index + 1 == string.length() || !Character.isLowSurrogate(string.charAt(index + 1));
        }
        return Character.isLowSurrogate(unit) && (index == 0 || !Character.isHighSurrogate(string.charAt(index - 1)));
    }

    private void escape(char unit) {
        text.append("\\u");
        for (int shift = Character.SIZE - 4; shift >= 0; shift -= 4) {
            text.append(HEX.charAt(unit >> shift & 0xF));
        }
    }

    /** C's {@code %.17g}, which QEMU uses: 1.5, 1000, 1e+20, and inf, which is no JSON. */
    private static String real(double number) {
        if (Double.isInfinite(number)) {
            return number > 0 ? "inf" : "-inf";
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
        String sign = exponent < 0 ? "e-" : "e+";
        return mantissa + sign + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }
}
