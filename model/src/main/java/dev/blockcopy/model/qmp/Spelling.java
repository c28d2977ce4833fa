package dev.blockcopy.model.qmp;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Locale;

/** The one rule from Java names to wire names: {@code jobId}, {@code JobId} and {@code JOB_ID} are {@code job-id}. */
final class Spelling {
    /** The words of all constants of a type, looked up once: an annotation takes longer to find than a line to write. */
    private static final ClassValue<String[]> CONSTANTS = new ClassValue<>() {
        @Override
        protected String[] computeValue(Class<?> type) {
            return Arrays.stream(type.getEnumConstants())
                    .map(constant -> spelled((Enum<?>) constant))
                    .toArray(String[]::new);
        }
    };

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
        return CONSTANTS.get(constant.getDeclaringClass())[constant.ordinal()];
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
