package dev.blockcopy.qemufake;

import dev.blockcopy.qemufake.schema.RecordedSchema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What QEMU 7.2 has and the fake does not do. Such a command is listed, its arguments are checked as the schema has them,
 * and then it is refused in words that QEMU never says.
 *
 * <p>A client that asks what there is must see a whole QEMU, or it takes another way than with a real one; a client that
 * needs such a command must hear at once who it talks to.
 */
final class OtherCommands {
    private OtherCommands() {}

    static void addTo(Map<String, Command> table) {
        for (String name : RecordedSchema.commands()) {
            table.putIfAbsent(name, Command.any((q, arguments) -> HostWork.NONE, (q, arguments, result) -> {
                signature(name).check(arguments.values());
                throw Refused.generic("The fake does not do '%s', which has no part in block jobs", name);
            }));
        }
    }

    /** What the schema says of a command's arguments. */
    private static Signature signature(String command) {
        Map<String, Map<String, Object>> types = RecordedSchema.byName();
        Map<String, Object> object = types.get(types.get(command).get("arg-type"));
        Map<String, Signature> variants = new HashMap<>();
        for (Object one : (List<?>) object.getOrDefault("variants", List.of())) {
            Map<String, Object> variant = Arguments.members(one);
            variants.put((String) variant.get("case"), members(types.get(variant.get("type")), types));
        }
        Signature common = members(object, types);
        return variants.isEmpty() ? common : common.oneOf((String) object.get("tag"), variants);
    }

    private static Signature members(Map<String, Object> object, Map<String, Map<String, Object>> types) {
        StringBuilder words = new StringBuilder();
        for (Object one : (List<?>) object.get("members")) {
            Map<String, Object> member = Arguments.members(one);
            words.append(member.get("name"))
                    .append(member.containsKey("default") ? "? " : " ")
                    .append(word(types.get(member.get("type"))))
                    .append(' ');
        }
        return Signature.of(words.toString());
    }

    /** The type in the words of a {@link Signature}; what is below an object is left to nobody. */
    private static String word(Map<String, Object> type) {
        return switch ((String) type.get("meta-type")) {
            case "enum" ->
                ((List<?>) type.get("values")).stream().map(String.class::cast).collect(Collectors.joining("|"));
            case "array" -> "list";
            case "builtin" ->
                List.of("str", "int", "bool").contains(type.get("name")) ? (String) type.get("name") : "any";
            default -> "any";
        };
    }
}
