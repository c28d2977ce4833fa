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

    private WireLine() {}

    public static String of(QmpMessage message) {
        return JsonWriter.text(members(message));
    }

    private static Map<String, Object> members(QmpMessage message) {
        Map<String, Object> members = new LinkedHashMap<>();
        if (message instanceof Greeting greeting) {
            members.put("QMP", greeting(greeting));
        } else if (message instanceof QmpEvent event) {
            members.put(
                    "timestamp",
                    Map.of(
                            "seconds", event.timestamp().seconds(),
                            "microseconds", event.timestamp().microseconds()));
            members.put("event", event.name());
            if (!event.data().isEmpty()) {
                members.put("data", event.data());
            }
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
