package dev.blockcopy.qemufake;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code query-qmp-schema} of a QEMU that never was, made from what its commands take, in the form of QAPI's
 * introspection. Names of types are numbers, so that no client relies on them; what a command returns is not said.
 */
final class Introspection {
    private static final Map<String, String> BUILTINS =
            Map.of("str", "string", "int", "int", "bool", "boolean", "any", "value");

    private final List<Object> commands = new ArrayList<>();
    private final Map<String, Map<String, Object>> types = new LinkedHashMap<>();
    /** What was written before, by what it says: the same type is told once. */
    private final Map<Object, String> names = new LinkedHashMap<>();

    private Introspection() {}

    static List<Object> of(Map<String, Command> commands) {
        Introspection written = new Introspection();
        commands.forEach(written::add);
        List<Object> all = new ArrayList<>(written.commands);
        all.addAll(written.types.values());
        return all;
    }

    private void add(String name, Command command) {
        commands.add(Members.of(
                "name",
                name,
                "meta-type",
                "command",
                "arg-type",
                object(command.signature()),
                "ret-type",
                builtin("any")));
    }

    private String object(Signature signature) {
        List<Object> members = new ArrayList<>();
        for (Signature.Parameter parameter : signature.parameters()) {
            Map<String, Object> member = Members.of("name", parameter.name(), "type", type(parameter));
            if (parameter.isOptional()) {
                member.put("default", null);
            }
            members.add(member);
        }
        Map<String, Object> object = Members.of("meta-type", "object", "members", members);
        if (signature.tag() != null) {
            List<Object> variants = new ArrayList<>();
            signature.variants().forEach((value, of) -> variants.add(Members.of("case", value, "type", object(of))));
            object.put("tag", signature.tag());
            object.put("variants", variants);
        }
        return named(object);
    }

    private String type(Signature.Parameter parameter) {
        String word = parameter.type();
        if (word.equals("list")) {
            return array(parameter.below() == null ? builtin("any") : object(parameter.below()));
        }
        if (parameter.below() != null) {
            return object(parameter.below());
        }
        if (word.equals("uint32")) {
            return builtin("int");
        }
        return BUILTINS.containsKey(word) ? builtin(word) : enumeration(List.of(word.split("\\|")));
    }

    private String array(String element) {
        String name = "[" + element + "]";
        types.putIfAbsent(name, Members.of("name", name, "meta-type", "array", "element-type", element));
        return name;
    }

    private String enumeration(List<String> values) {
        List<Object> members = new ArrayList<>();
        values.forEach(value -> members.add(Members.of("name", value)));
        return named(Members.of("meta-type", "enum", "members", members, "values", values));
    }

    private String builtin(String name) {
        types.putIfAbsent(name, Members.of("name", name, "meta-type", "builtin", "json-type", BUILTINS.get(name)));
        return name;
    }

    private String named(Map<String, Object> type) {
        String name = names.computeIfAbsent(type, unseen -> String.valueOf(names.size()));
        Map<String, Object> entry = Members.of("name", name);
        entry.putAll(type);
        types.putIfAbsent(name, entry);
        return name;
    }
}
