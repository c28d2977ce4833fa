package dev.blockcopy.engine;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What {@code query-qmp-schema} (QAPI {@code introspect.json}) says of the actions that {@code transaction} takes. */
final class TransactionSchema {
    private final List<Map<?, ?>> entities;

    TransactionSchema(Object value) {
        this.entities = ((List<?>) value)
                .stream().<Map<?, ?>>map(entity -> (Map<?, ?>) entity).toList();
    }

    boolean takes(String action) {
        Map<?, ?> arguments = entity(entity("transaction").get("arg-type"));
        Map<?, ?> actions = member(arguments, "actions");
        Map<?, ?> one = entity(entity(actions.get("type")).get("element-type"));
        return list(one, "variants").stream().anyMatch(variant -> action.equals(variant.get("case")));
    }

    private Map<?, ?> entity(Object name) {
        for (Map<?, ?> entity : entities) {
            if (Objects.equals(entity.get("name"), name)) {
                return entity;
            }
        }
        return Map.of();
    }

    private static Map<?, ?> member(Map<?, ?> object, String name) {
        for (Map<?, ?> member : list(object, "members")) {
            if (name.equals(member.get("name"))) {
                return member;
            }
        }
        return Map.of();
    }

    private static List<Map<?, ?>> list(Map<?, ?> object, String name) {
        return object.get(name) instanceof List<?> list
                ? list.stream().<Map<?, ?>>map(one -> (Map<?, ?>) one).toList()
                : List.of();
    }
}
