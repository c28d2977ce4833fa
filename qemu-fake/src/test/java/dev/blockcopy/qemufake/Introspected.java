package dev.blockcopy.qemufake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A schema in the form of QAPI's introspection, from which a client makes arguments. */
final class Introspected {
    private final Map<Object, Map<String, Object>> types = new LinkedHashMap<>();

    Introspected(List<?> entries) {
        entries.forEach(entry -> types.put(Arguments.members(entry).get("name"), Arguments.members(entry)));
    }

    List<String> commands() {
        return types.values().stream()
                .filter(type -> type.get("meta-type").equals("command"))
                .map(type -> (String) type.get("name"))
                .toList();
    }

    /** The names of a command's arguments. */
    List<Object> argumentsOf(String command) {
        return members(types.get(argumentType(command))).stream()
                .map(member -> member.get("name"))
                .toList();
    }

    /** All arguments that the schema names for a command, once for each variant. */
    List<Map<String, Object>> full(String command) {
        return objects(argumentType(command), true);
    }

    private Object argumentType(String command) {
        return types.get(command).get("arg-type");
    }

    private List<Map<String, Object>> members(Map<String, Object> object) {
        return ((List<?>) object.get("members"))
                .stream().map(Arguments::members).toList();
    }

    /** Objects of a type, one for each variant; with all members, or with those alone that must be there. */
    private List<Map<String, Object>> objects(Object name, boolean isFull) {
        Map<String, Object> type = types.get(name);
        if (!type.containsKey("variants")) {
            return List.of(values(type, isFull));
        }
        List<Map<String, Object>> objects = new ArrayList<>();
        for (Object value : values(type)) {
            Map<String, Object> object = values(type, isFull);
            object.putAll(values(variant(type, value), isFull));
            object.put((String) type.get("tag"), value);
            objects.add(object);
        }
        return objects;
    }

    /** What the tag of a union can be. */
    private List<?> values(Map<String, Object> union) {
        Object tag = members(union).stream()
                .filter(member -> member.get("name").equals(union.get("tag")))
                .findFirst()
                .orElseThrow()
                .get("type");
        return (List<?>) types.get(tag).get("values");
    }

    private Map<String, Object> variant(Map<String, Object> union, Object value) {
        for (Object one : (List<?>) union.get("variants")) {
            if (Arguments.members(one).get("case").equals(value)) {
                return types.get(Arguments.members(one).get("type"));
            }
        }
        return Map.of("members", List.of());
    }

    private Map<String, Object> values(Map<String, Object> object, boolean isFull) {
        Map<String, Object> values = new HashMap<>();
        for (Map<String, Object> member : members(object)) {
            if (isFull || !member.containsKey("default")) {
                values.put((String) member.get("name"), value(member.get("type")));
            }
        }
        return values;
    }

    private Object value(Object name) {
        Map<String, Object> type = types.get(name);
        return switch ((String) type.get("meta-type")) {
            case "builtin" -> builtin((String) type.get("json-type"));
            case "enum" -> ((List<?>) type.get("values")).get(0);
            case "array" -> List.of(value(type.get("element-type")));
            case "alternate" -> value(simplest(type));
            default -> objects(name, false).get(0);
        };
    }

    /** Of an alternate the type that is no object. */
    private Object simplest(Map<String, Object> alternate) {
        return members(alternate).stream()
                .map(one -> one.get("type"))
                .filter(name -> !types.get(name).get("meta-type").equals("object"))
                .findFirst()
                .orElseThrow();
    }

    private static Object builtin(String type) {
        return switch (type) {
            case "int" -> 1L;
            case "boolean" -> true;
            case "number" -> 1.5;
            case "null" -> null;
            default -> "x";
        };
    }
}
