package dev.blockcopy.qemufake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What arguments a command takes, and QEMU's way of refusing others: the first wrong one in the order of the schema,
 * then one that is not in it (transcript p06).
 *
 * <p>Written as words: a name, with {@code ?} where it may be left out, then {@code str}, {@code int}, {@code uint32},
 * {@code bool}, {@code list}, {@code any}, or the values of an enumeration with bars between them. What an {@code any} or
 * the elements of a {@code list} are is said by {@link #where}, and what depends on an enumeration by {@link #oneOf}.
 */
final class Signature {
    private static final long UINT32_MAX = 0xFFFF_FFFFL;

    /**
     * One argument.
     *
     * @param type its type in words
     * @param below what it, or each of its elements, is; null if that is not said
     */
    record Parameter(String name, boolean isOptional, String type, Signature below) {}

    static final Signature NONE = of("");

    private final List<Parameter> parameters;
    private final String tag;
    private final Map<String, Signature> variants;

    private Signature(List<Parameter> parameters, String tag, Map<String, Signature> variants) {
        this.parameters = parameters;
        this.tag = tag;
        this.variants = variants;
    }

    static Signature of(String words) {
        List<Parameter> parameters = new ArrayList<>();
        String[] parts = words.isBlank() ? new String[0] : words.trim().split("\\s+");
        for (int i = 0; i < parts.length; i += 2) {
            boolean isOptional = parts[i].endsWith("?");
            String name = isOptional ? parts[i].substring(0, parts[i].length() - 1) : parts[i];
            parameters.add(new Parameter(name, isOptional, parts[i + 1], null));
        }
        return new Signature(parameters, null, Map.of());
    }

    /** The same, knowing that an argument, or each of its elements, is an object with these members. */
    Signature where(String name, Signature below) {
        List<Parameter> all = new ArrayList<>(parameters);
        all.replaceAll(one -> one.name.equals(name) ? new Parameter(name, one.isOptional, one.type, below) : one);
        return new Signature(all, tag, variants);
    }

    /** The same, with further arguments that depend on the value of one that is an enumeration. */
    Signature oneOf(String name, Map<String, Signature> further) {
        return new Signature(parameters, name, new TreeMap<>(further));
    }

    List<Parameter> parameters() {
        return parameters;
    }

    /** The argument on whose value further ones depend, or null. */
    String tag() {
        return tag;
    }

    Map<String, Signature> variants() {
        return variants;
    }

    /** The arguments, each known to be of its type. */
    Arguments check(Map<String, Object> given) {
        return check(given, "");
    }

    /** The same for a nested object, whose members are named with the path to it. */
    Arguments check(Map<String, Object> given, String path) {
        Map<String, Object> checked = new HashMap<>();
        checkAll(parameters, given, path, checked);
        List<Parameter> known = parameters;
        if (tag != null) {
            known = new ArrayList<>(parameters);
            known.addAll(variants.getOrDefault(checked.get(tag), NONE).parameters);
            checkAll(known.subList(parameters.size(), known.size()), given, path, checked);
        }
        refuseOthers(known, given.keySet(), path);
        return new Arguments(checked);
    }

    private static void checkAll(
            List<Parameter> parameters, Map<String, Object> given, String path, Map<String, Object> checked) {
        for (Parameter parameter : parameters) {
            if (given.containsKey(parameter.name)) {
                String name = path.isEmpty() ? parameter.name : path + parameter.name;
                checked.put(parameter.name, parameter(name, parameter, given.get(parameter.name)));
            } else if (!parameter.isOptional) {
                throw Refused.generic("Parameter '%s' is missing", path + parameter.name);
            }
        }
    }

    private static void refuseOthers(List<Parameter> known, Set<String> given, String path) {
        for (String name : given) {
            if (!isKnown(known, name)) {
                throw Refused.generic("Parameter '%s' is unexpected", path + name);
            }
        }
    }

    private static boolean isKnown(List<Parameter> known, String name) {
        for (Parameter parameter : known) {
            if (parameter.name.equals(name)) {
                return true;
            }
        }
        return false;
    }

    private static Object parameter(String path, Parameter parameter, Object given) {
        Object value = checked(path, parameter.type, given);
        if (parameter.below == null) {
            return value;
        }
        if (!(value instanceof List<?> elements)) {
            return parameter.below.object(value, path);
        }
        List<Object> objects = new ArrayList<>();
        for (Object element : elements) {
            objects.add(parameter.below.object(element, path + "[" + objects.size() + "]"));
        }
        return objects;
    }

    private Object object(Object value, String path) {
        if (!(value instanceof Map<?, ?>)) {
            throw Refused.generic("Invalid parameter type for '%s', expected: object", path);
        }
        return check(Arguments.members(value), path + ".").values();
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
        if (!isOneOf(value, constants)) {
            throw Refused.generic("Parameter '%s' does not accept value '%s'", name, value);
        }
        return value;
    }

    private static boolean isOneOf(String value, String constants) {
        for (int from = 0, to; from <= constants.length(); from = to + 1) {
            to = constants.indexOf('|', from) < 0 ? constants.length() : constants.indexOf('|', from);
            if (value.length() == to - from && constants.startsWith(value, from)) {
                return true;
            }
        }
        return false;
    }
}
