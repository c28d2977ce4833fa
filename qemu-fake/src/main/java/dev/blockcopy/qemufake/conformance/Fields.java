package dev.blockcopy.qemufake.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The members of a JSON object in a scenario, by name and type. */
record Fields(Map<String, ?> members) {
    private static final String SUFFIXES = "kmg";
    private static final int BITS_PER_SUFFIX = 10;
    private static final int MILLIS = 1000;

    @SuppressWarnings("unchecked") // the parser's objects have string keys only
    static Fields of(Object value) {
        if (!(value instanceof Map<?, ?> members)) {
            throw new IllegalArgumentException("not a JSON object: " + value);
        }
        return new Fields((Map<String, ?>) members);
    }

    boolean has(String key) {
        return members.containsKey(key);
    }

    Object value(String key) {
        return members.get(key);
    }

    String text(String key) {
        return (String) members.get(key);
    }

    String text(String key, String otherwise) {
        return has(key) ? text(key) : otherwise;
    }

    boolean flag(String key, boolean otherwise) {
        return has(key) ? Boolean.TRUE.equals(value(key)) : otherwise;
    }

    long number(String key, long otherwise) {
        return has(key) ? ((Number) value(key)).longValue() : otherwise;
    }

    /** Seconds, whole or not, as milliseconds. */
    long millis(String key, double otherwiseSeconds) {
        return Math.round(MILLIS * (has(key) ? ((Number) value(key)).doubleValue() : otherwiseSeconds));
    }

    long size(String key, long otherwise) {
        return has(key) ? size(value(key)) : otherwise;
    }

    /** A size in bytes: a number, or one with {@code k}, {@code M} or {@code G}. */
    static long size(Object value) {
        if (value instanceof Long number) {
            return number;
        }
        String text = (String) value;
        int suffix = SUFFIXES.indexOf(Character.toLowerCase(text.charAt(text.length() - 1)));
        return suffix < 0
                ? Long.decode(text)
                : Long.decode(text.substring(0, text.length() - 1)) << BITS_PER_SUFFIX * (suffix + 1);
    }

    List<Fields> list(String key) {
        List<Fields> list = new ArrayList<>();
        if (has(key)) {
            ((List<?>) value(key)).forEach(element -> list.add(of(element)));
        }
        return list;
    }

    /** How a number of seconds is written in a note. */
    static String seconds(Object value) {
        double seconds = ((Number) value).doubleValue();
        return seconds == Math.rint(seconds) ? Long.toString(Math.round(seconds)) : Double.toString(seconds);
    }

    /** Whether a value has at least what is wanted of it. */
    static boolean matches(Object have, Object want) {
        if (want instanceof Map<?, ?> wanted) {
            return have instanceof Map<?, ?> members
                    && wanted.entrySet().stream()
                            .allMatch(entry -> members.containsKey(entry.getKey())
                                    && matches(members.get(entry.getKey()), entry.getValue()));
        }
        if (want instanceof List<?> any && any.size() == 2 && "any".equals(any.get(0))) {
            return ((List<?>) any.get(1)).contains(have);
        }
        return have == null ? want == null : have.equals(want);
    }
}
