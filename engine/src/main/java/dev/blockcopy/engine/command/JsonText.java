package dev.blockcopy.engine.command;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Writes maps, lists, strings, numbers, booleans and null as JSON, indented for people who look at it. */
final class JsonText {
    private static final String INDENT = "  ";

    private final StringBuilder text = new StringBuilder();

    private JsonText() {}

    static String of(Object value) {
        JsonText json = new JsonText();
        json.value(value, "\n");
        return json.text.toString();
    }

    private void value(Object value, String newLine) {
        if (value instanceof Map<?, ?> members) {
            object(members, newLine);
        } else if (value instanceof List<?> elements) {
            array(elements, newLine);
        } else if (value == null || value instanceof Boolean || value instanceof Number) {
            text.append(value);
        } else {
            string(value.toString());
        }
    }

    private void object(Map<?, ?> members, String newLine) {
        text.append('{');
        Iterator<? extends Map.Entry<?, ?>> entries = members.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<?, ?> member = entries.next();
            text.append(newLine).append(INDENT);
            string(member.getKey().toString());
            text.append(": ");
            value(member.getValue(), newLine + INDENT);
            text.append(entries.hasNext() ? "," : newLine);
        }
        text.append('}');
    }

    private void array(List<?> elements, String newLine) {
        text.append('[');
        Iterator<?> rest = elements.iterator();
        while (rest.hasNext()) {
            text.append(newLine).append(INDENT);
            value(rest.next(), newLine + INDENT);
            text.append(rest.hasNext() ? "," : newLine);
        }
        text.append(']');
    }

    private void string(String string) {
        text.append('"');
        string.chars().forEach(this::character);
        text.append('"');
    }

    private void character(int character) {
        if (character == '"' || character == '\\') {
            text.append('\\').append((char) character);
        } else if (character < ' ' || character == 0x7f || Character.isSurrogate((char) character)) {
            text.append(String.format("\\u%04x", character));
        } else {
            text.append((char) character);
        }
    }
}
