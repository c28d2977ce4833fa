package dev.blockcopy.qemufake;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A value as it was written on a command line: whoever reads it knows its type. QEMU shows it as text again.
 *
 * @param text what was written
 */
public record OptionValue(String text) {
    /** Of this type of a {@link Signature} if it can be, else itself, which is of no type. */
    Object as(String type) {
        return switch (type) {
            case "bool" -> text.equals("on") ? Boolean.TRUE : text.equals("off") ? Boolean.FALSE : this;
            case "int", "uint32" -> Sizes.parse(text) < 0 ? this : (Object) Sizes.parse(text);
            case "any", "list" -> this;
            default -> text;
        };
    }

    /** All texts in an object and in what it holds as option values. */
    public static Map<String, Object> in(Map<String, Object> object) {
        Map<String, Object> written = new LinkedHashMap<>();
        object.forEach((key, value) -> written.put(key, of(value)));
        return written;
    }

    @SuppressWarnings("unchecked")
    private static Object of(Object value) {
        if (value instanceof Map<?, ?> map) {
            return in((Map<String, Object>) map);
        }
        return value instanceof List<?> list
                ? list.stream().map(OptionValue::of).toList()
                : new OptionValue((String) value);
    }
}
