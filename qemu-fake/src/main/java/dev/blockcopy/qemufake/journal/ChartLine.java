package dev.blockcopy.qemufake.journal;

import dev.blockcopy.qemufake.wire.JsonValue;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One entry of a journal as a person wants to read it.
 *
 * @param atMicros when
 * @param shape how it is drawn
 * @param monitor which one, from 0; -1 for none
 * @param label what it says, on one line
 */
record ChartLine(long atMicros, Shape shape, int monitor, String label) {
    /** How a line is drawn. */
    enum Shape {
        COMMAND,
        REPLY,
        EVENT,
        FAULT,
        NOTE
    }

    private static final List<String> FIRST = List.of("error", "status", "id", "job-id", "device");

    static ChartLine of(Journal.Entry entry) {
        return switch (entry.kind()) {
            case RECEIVED -> new ChartLine(entry.atMicros(), Shape.COMMAND, entry.monitor(), command(entry.text()));
            case SENT -> sent(entry);
            case FAULT -> new ChartLine(entry.atMicros(), Shape.FAULT, entry.monitor(), entry.text());
            case NOTE, COMPLAINT -> new ChartLine(entry.atMicros(), Shape.NOTE, entry.monitor(), entry.text());
        };
    }

    private static ChartLine sent(Journal.Entry entry) {
        Map<?, ?> members = members(entry.text());
        Shape shape = members.containsKey("event") ? Shape.EVENT : Shape.REPLY;
        return new ChartLine(entry.atMicros(), shape, entry.monitor(), told(members, entry.text()));
    }

    /** No members where it is no object of JSON, as half a line is none. */
    private static Map<?, ?> members(String text) {
        try {
            return JsonValue.read(text) instanceof Map<?, ?> members ? members : Map.of();
        } catch (IllegalArgumentException e) {
            return Map.of();
        }
    }

    private static String command(String text) {
        Map<?, ?> members = members(text);
        Object name = members.containsKey("execute") ? members.get("execute") : members.get("exec-oob");
        if (name == null) {
            return text.strip();
        }
        String arguments = members.get("arguments") instanceof Map<?, ?> some ? values(some) : "";
        return (name + " " + arguments).strip() + id(members);
    }

    private static String told(Map<?, ?> members, String text) {
        if (members.get("event") != null) {
            return (members.get("event") + " " + (members.get("data") instanceof Map<?, ?> data ? values(data) : ""))
                    .strip();
        }
        if (members.get("error") instanceof Map<?, ?> error) {
            return "error " + error.get("class") + ": " + error.get("desc") + id(members);
        }
        if (members.containsKey("return")) {
            return ("ok " + outcome(members.get("return"))).strip() + id(members);
        }
        return members.containsKey("QMP") ? "greeting" : text.strip();
    }

    private static String outcome(Object value) {
        if (value instanceof List<?> list) {
            return list.size()
                    + (list.size() == 1 ? " entry" : " entries")
                    + list.stream().map(ChartLine::value).collect(Collectors.joining(", ", ": ", ""));
        }
        return value instanceof Map<?, ?> map ? values(map) : value(value);
    }

    /** What a reader looks for stands first; a line may be cut off. */
    private static String values(Map<?, ?> members) {
        return members.entrySet().stream()
                .sorted(Comparator.comparingInt(ChartLine::rank))
                .map(member -> member.getKey() + "=" + value(member.getValue()))
                .collect(Collectors.joining(" "));
    }

    private static int rank(Map.Entry<?, ?> member) {
        int place = FIRST.indexOf(member.getKey());
        return place < 0 ? FIRST.size() : place;
    }

    private static String value(Object value) {
        return value instanceof Map<?, ?> members ? "{" + values(members) + "}" : String.valueOf(value);
    }

    private static String id(Map<?, ?> members) {
        return members.containsKey("id") ? "  #" + members.get("id") : "";
    }
}
