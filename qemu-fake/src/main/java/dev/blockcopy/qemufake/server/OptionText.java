package dev.blockcopy.qemufake.server;

import dev.blockcopy.qemufake.wire.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** QEMU's way of writing options on one line: {@code key=value,key.sub=value}, two commas for one in a value. */
final class OptionText {
    private static final Set<String> BOOLEANS = Set.of(
            "read-only",
            "auto-read-only",
            "force-share",
            "direct",
            "no-flush",
            "drop-cache",
            "lazy-refcounts",
            "once",
            "immediately",
            "blkverify",
            "rewrite-corrupted");
    private static final Set<String> NUMBERS = Set.of(
            "offset", "size", "aio-max-batch", "state", "new_state", "errno", "sector", "align", "vote-threshold");

    private OptionText() {}

    /**
     * The options as plain text, a leading bare word under {@code implied}; libvirt writes them as an object of JSON.
     *
     * @throws IllegalArgumentException for a part without {@code =}, and for wrong JSON
     */
    static Map<String, String> flat(String text, String implied) {
        Map<String, String> options = new LinkedHashMap<>();
        if (text.startsWith("{")) {
            ((Map<?, ?>) JsonValue.read(text)).forEach((key, value) -> options.put((String) key, word(value)));
            return options;
        }
        for (String part : text.replace(",,", "\0").split(",")) {
            int equals = part.indexOf('=');
            if (equals < 0 && options.isEmpty() && implied != null) {
                options.put(implied, part.replace('\0', ','));
            } else if (equals < 0) {
                throw new IllegalArgumentException("Expected '=' after parameter '" + part + "'");
            } else {
                options.put(
                        part.substring(0, equals), part.substring(equals + 1).replace('\0', ','));
            }
        }
        return options;
    }

    private static String word(Object value) {
        return value instanceof Boolean isOn ? (isOn ? "on" : "off") : String.valueOf(value);
    }

    /** The options of {@code -blockdev} as an object: dots open nested ones and lists, values get their types. */
    static Map<String, Object> nested(String text) {
        Map<String, Object> root = new LinkedHashMap<>();
        flat(text, "driver").forEach((key, value) -> put(root, key, typed(key, value)));
        root.replaceAll((key, value) -> listed(value));
        return root;
    }

    /** The same with every value as text. */
    static Map<String, Object> nestedTexts(Map<String, String> options) {
        Map<String, Object> root = new LinkedHashMap<>();
        options.forEach((key, value) -> put(root, key, value));
        root.replaceAll((key, value) -> listed(value));
        return root;
    }

    /** An object whose members are 0, 1, 2 and so on is a list. */
    private static Object listed(Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return value;
        }
        Map<String, Object> members = new LinkedHashMap<>();
        map.forEach((key, member) -> members.put((String) key, listed(member)));
        List<Object> elements = new ArrayList<>();
        while (members.containsKey(String.valueOf(elements.size()))) {
            elements.add(members.get(String.valueOf(elements.size())));
        }
        return elements.isEmpty() || elements.size() < members.size() ? members : elements;
    }

    @SuppressWarnings("unchecked")
    private static void put(Map<String, Object> object, String key, Object value) {
        int dot = key.indexOf('.');
        if (dot < 0) {
            object.put(key, value);
            return;
        }
        Object below = object.computeIfAbsent(key.substring(0, dot), unseen -> new LinkedHashMap<String, Object>());
        if (!(below instanceof Map<?, ?>)) {
            throw new IllegalArgumentException("Parameter '" + key + "' is unexpected");
        }
        put((Map<String, Object>) below, key.substring(dot + 1), value);
    }

    private static Object typed(String path, String value) {
        String key = path.substring(path.lastIndexOf('.') + 1);
        if (BOOLEANS.contains(key)) {
            return value.equals("on");
        }
        return NUMBERS.contains(key) ? Long.decode(value) : value;
    }
}
