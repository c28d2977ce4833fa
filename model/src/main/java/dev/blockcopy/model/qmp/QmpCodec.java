package dev.blockcopy.model.qmp;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Between the words and the wire, for both ends; the only place where wire text is written and read.
 *
 * <p>What it writes is pure ASCII and ends in CRLF, spelled as QEMU 7.2 does it, with its order of members (transcript
 * p07). What it reads is one line, with or without its ending.
 */
public final class QmpCodec {

    private static final Map<String, Class<? extends Record>> COMMANDS = new LinkedHashMap<>();

    static {
        for (Class<?> type : QmpCommand.class.getPermittedSubclasses()) {
            COMMANDS.put(Spelling.ofType(type), type.asSubclass(Record.class));
        }
        COMMANDS.remove(Spelling.ofType(QmpCommand.Raw.class));
    }

    private QmpCodec() {}

    /**
     * The value that a text of JSON stands for, in plain JDK types.
     *
     * @throws QmpSyntaxException if it is no JSON
     */
    public static Object value(String text) {
        return JsonReader.read(text);
    }

    /** The bytes of a request, as few as it takes: QEMU 7.2 reads a byte at a time, and takes some 5 microseconds for each. */
    public static byte[] encode(QmpRequest request) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("execute", request.execute());
        if (!request.arguments().isEmpty()) {
            line.put("arguments", request.arguments());
        }
        if (request.id() != null) {
            line.put("id", request.id());
        }
        return bytes(JsonText.compact(line));
    }

    /** A JSON value as QEMU writes it inside a line. */
    public static String json(Object value) {
        return JsonText.of(value);
    }

    /** The bytes of a line from QEMU, as QEMU would write it. */
    public static byte[] encode(QmpMessage message) {
        if (message instanceof Greeting) {
            return bytes(json(Map.of("QMP", ((Greeting) message).members())));
        }
        return bytes(json(message instanceof QmpEvent ? event((QmpEvent) message) : reply((QmpReply) message)));
    }

    /**
     * Reads a line from QEMU.
     *
     * @throws QmpSyntaxException if it is no JSON, or is neither greeting, reply nor event
     */
    public static QmpMessage decode(String line) {
        try {
            Map<?, ?> members = object(JsonReader.read(line), "a line");
            if (members.containsKey("event")) {
                return event(members);
            }
            if (members.containsKey("return")) {
                return new QmpReply.Success(members.get("id"), members.get("return"));
            }
            if (members.containsKey("error")) {
                return failure(members);
            }
            return MemberReader.answer(Greeting.class, required(members, "QMP"), "QMP");
        } catch (QmpSyntaxException e) {
            throw e.in("not a line of QMP", line);
        }
    }

    /**
     * Reads a request, as QEMU does.
     *
     * @throws QmpSyntaxException whose message is QEMU's answer, and which has the request's id if that could be read
     */
    public static QmpRequest decodeRequest(String line) {
        Object value = JsonReader.read(line);
        if (!(value instanceof Map<?, ?>)) {
            throw new QmpSyntaxException("QMP input must be a JSON object");
        }
        return RequestReader.read((Map<?, ?>) value);
    }

    /**
     * The command that a request says, {@link QmpCommand.Raw} if it is none of those in use.
     *
     * @throws QmpSyntaxException if an argument is missing, mistyped or unexpected; the message is QEMU's answer
     */
    public static QmpCommand command(QmpRequest request) {
        Class<? extends Record> type = COMMANDS.get(request.execute());
        if (type == null) {
            return new QmpCommand.Raw(request.execute(), request.arguments());
        }
        try {
            return type == QmpCommand.BlockdevAdd.class
                    ? new QmpCommand.BlockdevAdd(MemberReader.arguments(BlockdevOptions.class, request.arguments()))
                    : (QmpCommand) MemberReader.arguments(type, request.arguments());
        } catch (QmpSyntaxException e) {
            throw new QmpSyntaxException(e.getMessage(), request.id());
        }
    }

    private static Map<String, Object> event(QmpEvent event) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("timestamp", event.timestamp().members());
        line.put("event", event.name());
        if (!event.data().isEmpty()) {
            line.put("data", event.data());
        }
        return line;
    }

    private static Map<String, Object> reply(QmpReply reply) {
        Map<String, Object> line = new LinkedHashMap<>();
        if (reply instanceof QmpReply.Success) {
            line.put("return", ((QmpReply.Success) reply).value());
        }
        if (reply.id() != null) {
            line.put("id", reply.id());
        }
        if (reply instanceof QmpReply.Failure) {
            Map<String, Object> error = new LinkedHashMap<>();
            error.put("class", ((QmpReply.Failure) reply).errorClass());
            error.put("desc", ((QmpReply.Failure) reply).description());
            line.put("error", error);
        }
        return line;
    }

    @SuppressWarnings("unchecked") // the reader's objects have string keys only
    private static QmpEvent event(Map<?, ?> members) {
        Object data = members.containsKey("data") ? members.get("data") : Map.of();
        return new QmpEvent(
                string(members, "event"),
                MemberReader.answer(QmpEvent.Timestamp.class, required(members, "timestamp"), "timestamp"),
                (Map<String, Object>) object(data, "member 'data'"));
    }

    private static QmpReply failure(Map<?, ?> members) {
        Map<?, ?> error = object(members.get("error"), "member 'error'");
        return new QmpReply.Failure(members.get("id"), string(error, "class"), string(error, "desc"));
    }

    private static Object required(Map<?, ?> members, String member) {
        if (!members.containsKey(member)) {
            throw new QmpSyntaxException("member '" + member + "' is missing");
        }
        return members.get(member);
    }

    private static String string(Map<?, ?> members, String member) {
        Object value = required(members, member);
        if (!(value instanceof String)) {
            throw new QmpSyntaxException("member '" + member + "' is no string");
        }
        return (String) value;
    }

    private static Map<?, ?> object(Object value, String what) {
        if (!(value instanceof Map<?, ?>)) {
            throw new QmpSyntaxException(what + " is no JSON object");
        }
        return (Map<?, ?>) value;
    }

    private static byte[] bytes(String line) {
        return (line + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }
}
