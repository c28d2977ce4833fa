package dev.blockcopy.model.qmp;

import java.util.Map;

/** The form of a request, checked in QEMU's order and with its words (QEMU 7.2 {@code qapi/qmp-dispatch.c}). */
final class RequestReader {

    private RequestReader() {}

    static QmpRequest read(Map<?, ?> members) {
        Object id = members.get("id");
        try {
            return new QmpRequest(id, execute(members), arguments(members));
        } catch (QmpSyntaxException e) {
            throw new QmpSyntaxException(e.getMessage(), id);
        }
    }

    private static String execute(Map<?, ?> members) {
        for (Map.Entry<?, ?> member : members.entrySet()) {
            check((String) member.getKey(), member.getValue());
        }
        if (!members.containsKey("execute")) {
            throw new QmpSyntaxException("QMP input lacks member 'execute'");
        }
        return (String) members.get("execute");
    }

    private static void check(String member, Object value) {
        switch (member) {
            case "id":
                break;
            case "execute":
                demand(value instanceof String, "QMP input member 'execute' must be a string");
                break;
            case "arguments":
                demand(value instanceof Map<?, ?>, "QMP input member 'arguments' must be an object");
                break;
            default:
                throw new QmpSyntaxException("QMP input member '" + member + "' is unexpected");
        }
    }

    private static void demand(boolean holds, String complaint) {
        if (!holds) {
            throw new QmpSyntaxException(complaint);
        }
    }

    @SuppressWarnings("unchecked") // the reader's objects have string keys only
    private static Map<String, Object> arguments(Map<?, ?> members) {
        return members.containsKey("arguments") ? (Map<String, Object>) members.get("arguments") : Map.of();
    }
}
