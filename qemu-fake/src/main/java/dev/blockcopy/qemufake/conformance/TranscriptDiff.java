package dev.blockcopy.qemufake.conformance;

import dev.blockcopy.qemufake.wire.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Whether two transcripts tell the same: requests and replies in order, events in order for each job, notes in order.
 * How replies and events interleave is a matter of time and not compared, nor is the order of members in an object.
 */
public final class TranscriptDiff {
    private static final int MARK = 4;

    private TranscriptDiff() {}

    /** What differs, line by line, {@code -} as recorded and {@code +} as seen; empty where nothing does. */
    public static List<String> of(List<String> recorded, List<String> seen) {
        Map<String, List<String>> before = parts(recorded);
        Map<String, List<String>> after = parts(seen);
        Set<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        List<String> differences = new ArrayList<>();
        for (String name : names) {
            compare(name, before.getOrDefault(name, List.of()), after.getOrDefault(name, List.of()), differences);
        }
        return differences;
    }

    private static Map<String, List<String>> parts(List<String> lines) {
        Map<String, List<String>> parts = new TreeMap<>();
        for (String line : lines) {
            parts.computeIfAbsent(part(line), unseen -> new ArrayList<>()).add(canonical(line));
        }
        return parts;
    }

    private static String part(String line) {
        if (line.startsWith(Transcript.NOTE)) {
            return "notes";
        }
        if (!line.startsWith(Transcript.EVENT)) {
            return "requests and replies";
        }
        Fields event = Fields.of(JsonValue.read(line.substring(MARK)));
        Fields data = event.has("data") ? Fields.of(event.value("data")) : new Fields(Map.of());
        return "events of " + data.text("id", data.text("device", "QEMU"));
    }

    private static String canonical(String line) {
        boolean isObject = !line.startsWith(Transcript.NOTE) && line.startsWith("{", MARK);
        return isObject ? line.substring(0, MARK) + sorted(JsonValue.read(line.substring(MARK))) : line;
    }

    private static String sorted(Object value) {
        return TranscriptText.of(sortedValue(value));
    }

    private static Object sortedValue(Object value) {
        if (value instanceof Map<?, ?> members) {
            Map<String, Object> sorted = new TreeMap<>();
            members.forEach((name, member) -> sorted.put((String) name, sortedValue(member)));
            return sorted;
        }
        return value instanceof List<?> elements
                ? elements.stream().map(TranscriptDiff::sortedValue).toList()
                : value;
    }

    /** The common head and tail are left out. */
    private static void compare(String name, List<String> before, List<String> after, List<String> differences) {
        int head = 0;
        while (head < before.size() && head < after.size() && before.get(head).equals(after.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < before.size() - head
                && tail < after.size() - head
                && before.get(before.size() - 1 - tail).equals(after.get(after.size() - 1 - tail))) {
            tail++;
        }
        if (head + tail == before.size() && head + tail == after.size()) {
            return;
        }
        differences.add("different " + name + ", from line " + (head + 1));
        before.subList(head, before.size() - tail).forEach(line -> differences.add("- " + line));
        after.subList(head, after.size() - tail).forEach(line -> differences.add("+ " + line));
    }
}
