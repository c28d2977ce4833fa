package dev.blockcopy.qemufake.conformance;

import java.util.List;
import java.util.Map;

/** JSON as it stands in a transcript: ASCII only, escapes in small letters, members in the order they came. */
final class TranscriptText {
    private static final String PLAIN = "\"\\\b\f\n\r\t";
    private static final String ESCAPED = "\"\\bfnrt";

    private final StringBuilder text = new StringBuilder();

    private TranscriptText() {}

    static String of(Object value) {
        TranscriptText json = new TranscriptText();
        json.value(value);
        return json.text.toString();
    }

    private void value(Object value) {
        if (value instanceof String string) {
            string(string);
        } else if (value instanceof Map<?, ?> object) {
            text.append('{');
            String separator = "";
            for (Map.Entry<?, ?> member : object.entrySet()) {
                text.append(separator);
                string((String) member.getKey());
                text.append(": ");
                value(member.getValue());
                separator = ", ";
            }
            text.append('}');
        } else if (value instanceof List<?> array) {
            text.append('[');
            String separator = "";
            for (Object element : array) {
                text.append(separator);
                value(element);
                separator = ", ";
            }
            text.append(']');
        } else {
            text.append(value);
        }
    }

    private void string(String string) {
        text.append('"');
        for (char unit : string.toCharArray()) {
            int plain = PLAIN.indexOf(unit);
            if (plain >= 0) {
                text.append('\\').append(ESCAPED.charAt(plain));
            } else if (unit >= ' ' && unit <= '\u007F') {
                text.append(unit);
            } else {
                text.append(String.format("\\u%04x", (int) unit));
            }
        }
        text.append('"');
    }
}
