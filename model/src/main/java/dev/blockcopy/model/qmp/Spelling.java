package dev.blockcopy.model.qmp;

import java.lang.reflect.RecordComponent;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The one rule from Java names to wire names: {@code jobId}, {@code JobId} and {@code JOB_ID} are {@code job-id}. */
final class Spelling {
    /** Words of constants that were asked for before: an annotation takes longer to find than a line to write. */
    private static final Map<Enum<?>, String> CONSTANTS = new ConcurrentHashMap<>();

    private Spelling() {}

    static String ofMember(RecordComponent component) {
        Spelled spelled = component.getAnnotation(Spelled.class);
        return spelled != null ? spelled.value() : dashed(component.getName());
    }

    static String ofType(Class<?> type) {
        Spelled spelled = type.getAnnotation(Spelled.class);
        return spelled != null ? spelled.value() : dashed(type.getSimpleName());
    }

    static String ofConstant(Enum<?> constant) {
        String known = CONSTANTS.get(constant);
        return known != null ? known : CONSTANTS.computeIfAbsent(constant, Spelling::spelled);
    }

    private static String spelled(Enum<?> constant) {
        try {
            Spelled spelled =
                    constant.getDeclaringClass().getField(constant.name()).getAnnotation(Spelled.class);
            return spelled != null
                    ? spelled.value()
                    : constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
        } catch (NoSuchFieldException e) {
            throw new AssertionError("an enum constant is a public field", e);
        }
    }

    private static String dashed(String camel) {
        StringBuilder dashed = new StringBuilder();
        for (char c : camel.toCharArray()) {
            if (Character.isUpperCase(c) && dashed.length() > 0) {
                dashed.append('-');
            }
            dashed.append(Character.toLowerCase(c));
        }
        return dashed.toString();
    }
}
