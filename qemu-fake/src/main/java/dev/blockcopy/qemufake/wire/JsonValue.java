package dev.blockcopy.qemufake.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What came off a wire.
 *
 * @param value maps, lists, strings, {@code Long}, {@code BigInteger}, {@code Double}, booleans and null
 * @param complaint QEMU's sentence where it was no JSON; null for a value
 * @param text the bytes as text, for a journal
 */
public record JsonValue(Object value, String complaint, String text) {
    /**
     * The one value of a text.
     *
     * @throws IllegalArgumentException if it is no JSON, in QEMU's words
     */
    public static Object read(String text) {
        JsonStream stream = new JsonStream();
        List<JsonValue> values = new ArrayList<>();
        for (byte next : (text + "\n").getBytes(StandardCharsets.UTF_8)) {
            stream.take(next, values::add);
        }
        if (values.isEmpty()) {
            throw new IllegalArgumentException("JSON parse error, premature EOI");
        }
        for (JsonValue value : values) {
            if (value.complaint() != null) {
                throw new IllegalArgumentException(value.complaint());
            }
        }
        return values.get(0).value();
    }
}
