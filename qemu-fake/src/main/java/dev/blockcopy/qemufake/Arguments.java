package dev.blockcopy.qemufake;

import java.util.List;
import java.util.Map;

/** The arguments of a command after {@link Signature#check}: present ones are of their types. */
record Arguments(Map<String, Object> values) {
    boolean has(String name) {
        return values.containsKey(name);
    }

    Object value(String name) {
        return values.get(name);
    }

    /** Null when it was left out. */
    String text(String name) {
        return (String) values.get(name);
    }

    String text(String name, String otherwise) {
        return has(name) ? text(name) : otherwise;
    }

    long number(String name, long otherwise) {
        return has(name) ? (Long) values.get(name) : otherwise;
    }

    boolean flag(String name, boolean otherwise) {
        return has(name) ? (Boolean) values.get(name) : otherwise;
    }

    List<?> list(String name) {
        return has(name) ? (List<?>) values.get(name) : List.of();
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> members(Object value) {
        return (Map<String, Object>) value;
    }
}
