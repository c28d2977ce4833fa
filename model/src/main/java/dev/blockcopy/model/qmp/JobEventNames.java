package dev.blockcopy.model.qmp;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The records of {@link BlockJobEvent} by their wire names. */
final class JobEventNames {

    static final Map<String, Class<?>> TYPES = new LinkedHashMap<>();

    static {
        for (Class<?> type : BlockJobEvent.class.getPermittedSubclasses()) {
            TYPES.put(of(type), type);
        }
    }

    private JobEventNames() {}

    static String of(Class<?> type) {
        return Spelling.ofType(type).replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
