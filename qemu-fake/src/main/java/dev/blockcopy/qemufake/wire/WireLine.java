package dev.blockcopy.qemufake.wire;

import dev.blockcopy.model.qmp.Greeting;
import dev.blockcopy.model.qmp.QmpEvent;
import dev.blockcopy.model.qmp.QmpMessage;
import dev.blockcopy.model.qmp.QmpReply;
import dev.blockcopy.model.qmp.VersionTriple;
import java.util.LinkedHashMap;
import java.util.Map;

/** The text of a line to the client, without its ending. */
public final class WireLine {
    /** What ends every line. */
    public static final String ENDING = "\r\n";

    /** Most lines are shorter. */
    private static final int CAPACITY = 256;

    private WireLine() {}

    public static String of(QmpMessage message) {
        StringBuilder line = new StringBuilder(CAPACITY);
        if (message instanceof QmpEvent event) {
            event(event, line);
        } else {
            new JsonWriter(line).value(members(message));
        }
        return line.toString();
    }

    /** Most lines are events, and their members always come in this order. */
    private static void event(QmpEvent event, StringBuilder line) {
        JsonWriter writer = new JsonWriter(line);
        line.append("{\"timestamp\": {\"seconds\": ").append(event.timestamp().seconds());
        line.append(", \"microseconds\": ").append(event.timestamp().microseconds());
        line.append("}, \"event\": ");
        writer.value(event.name());
        if (!event.data().isEmpty()) {
            line.append(", \"data\": ");
            writer.value(event.data());
        }
        line.append('}');
    }

    private static Map<String, Object> members(QmpMessage message) {
        Map<String, Object> members = new LinkedHashMap<>();
        if (message instanceof Greeting greeting) {
            members.put("QMP", greeting(greeting));
        } else {
            reply((QmpReply) message, members);
        }
        return members;
    }

    private static Map<String, Object> greeting(Greeting greeting) {
        VersionTriple qemu = greeting.version().qemu();
        Map<String, Object> triple = new LinkedHashMap<>();
        triple.put("micro", qemu.micro());
        triple.put("minor", qemu.minor());
        triple.put("major", qemu.major());
        Map<String, Object> version =
                Map.of("qemu", triple, "package", greeting.version().packageVersion());
        return Map.of("version", version, "capabilities", greeting.capabilities());
    }

    private static void reply(QmpReply reply, Map<String, Object> members) {
        if (reply.id() != null) {
            members.put("id", reply.id());
        }
        if (reply instanceof QmpReply.Success success) {
            members.put("return", success.value());
        } else if (reply instanceof QmpReply.Failure failure) {
            members.put("error", Map.of("class", failure.errorClass(), "desc", failure.description()));
        }
    }
}
