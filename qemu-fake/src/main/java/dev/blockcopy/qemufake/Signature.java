package dev.blockcopy.qemufake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What arguments a command takes, and QEMU's way of refusing others: the first wrong one in the order of the schema,
 * then one that is not in it (transcript p06).
 *
 * <p>Written as words: a name, with {@code ?} where it may be left out, then {@code str}, {@code int}, {@code uint32},
 * {@code bool}, {@code list}, {@code any}, or the values of an enumeration with bars between them.
 */
final class Signature {
    private static final long UINT32_MAX = 0xFFFF_FFFFL;

    private record Parameter(String name, boolean isOptional, String type) {}

    static final Signature NONE = of("");

    private final List<Parameter> parameters = new ArrayList<>();

    private Signature() {}

    static Signature of(String words) {
        Signature signature = new Signature();
        String[] parts = words.isBlank() ? new String[0] : words.trim().split("\\s+");
        for (int i = 0; i < parts.length; i += 2) {
            boolean isOptional = parts[i].endsWith("?");
            String name = isOptional ? parts[i].substring(0, parts[i].length() - 1) : parts[i];
            signature.parameters.add(new Parameter(name, isOptional, parts[i + 1]));
        }
        return signature;
    }

    /** The arguments, each known to be of its type. */
    Arguments check(Map<String, Object> given) {
        return check(given, "");
    }

    /** The same for a nested object, whose members are named with the path to it. */
    Arguments check(Map<String, Object> given, String path) {
        Map<String, Object> checked = new HashMap<>();
        for (Parameter parameter : parameters) {
            if (given.containsKey(parameter.name)) {
                checked.put(parameter.name, checked(path + parameter.name, parameter.type, given.get(parameter.name)));
            } else if (!parameter.isOptional) {
                throw Refused.generic("Parameter '%s' is missing", path + parameter.name);
            }
        }
        refuseOthers(given.keySet(), path);
        return new Arguments(checked);
    }

    private void refuseOthers(Set<String> given, String path) {
        for (String name : given) {
            if (parameters.stream().noneMatch(parameter -> parameter.name.equals(name))) {
                throw Refused.generic("Parameter '%s' is unexpected", path + name);
            }
        }
    }

    private static Object checked(String name, String type, Object given) {
        Object value = given instanceof OptionValue written ? written.as(type) : given;
        return switch (type) {
            case "any" -> value;
            case "str" -> expect(String.class, name, value, "string");
            case "bool" -> expect(Boolean.class, name, value, "boolean");
            case "list" -> expect(List.class, name, value, "array");
            case "int" -> expect(Long.class, name, value, "integer");
            case "uint32" -> unsigned(name, value);
            default ->
                constant(name.substring(name.lastIndexOf('.') + 1), type, (String)
                        expect(String.class, name, value, "string"));
        };
    }

    private static Object expect(Class<?> type, String name, Object value, String expected) {
        if (!type.isInstance(value)) {
            throw Refused.generic("Invalid parameter type for '%s', expected: %s", name, expected);
        }
        return value;
    }

    private static Object unsigned(String name, Object given) {
        if (!(given instanceof Long value)) {
            throw Refused.generic("Parameter '%s' expects uint64", name);
        }
        if (value < 0 || value > UINT32_MAX) {
            throw Refused.generic("Parameter '%s' expects uint32_t", name);
        }
        return value;
    }

    private static Object constant(String name, String constants, String value) {
        if (!List.of(constants.split("\\|")).contains(value)) {
            throw Refused.generic("Parameter '%s' does not accept value '%s'", name, value);
        }
        return value;
    }
}
