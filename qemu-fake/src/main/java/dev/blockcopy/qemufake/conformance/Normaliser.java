package dev.blockcopy.qemufake.conformance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Makes two runs of a scenario comparable: masks what is a matter of time, place or release, and nothing else. */
final class Normaliser {
    private static final Set<Object> ACTIVE = Set.of("created", "running", "paused");
    private static final Pattern GENERATED = Pattern.compile("#block\\d+");
    private static final String[][] PROGRESS = {{"offset", "len"}, {"current-progress", "total-progress"}};

    private final String folder;
    private final boolean keepsProgress;
    private final Map<String, Integer> nodes = new HashMap<>();

    Normaliser(String folder, boolean keepsProgress) {
        this.folder = folder;
        this.keepsProgress = keepsProgress;
    }

    /** The folder of the images becomes {@code $DIR}, generated node names are counted. */
    String text(String text) {
        return GENERATED
                .matcher(text.replace(folder, "$DIR"))
                .replaceAll(found -> "#block\\$" + nodes.computeIfAbsent(found.group(), unseen -> nodes.size() + 1));
    }

    Object value(Object value) {
        if (value instanceof Map<?, ?> members) {
            return object(members);
        }
        if (value instanceof List<?> elements) {
            List<Object> normal = new ArrayList<>();
            elements.forEach(element -> normal.add(value(element)));
            return normal;
        }
        return value instanceof String string ? text(string) : value;
    }

    private Map<String, Object> object(Map<?, ?> members) {
        Map<String, Object> normal = new LinkedHashMap<>();
        members.forEach((key, value) -> {
            String name = (String) key;
            boolean isTime = name.equals("timestamp") && members.containsKey("event") && isTimestamp(value);
            if (!isTime) {
                normal.put(name, member(name, value));
            }
        });
        maskProgress(normal);
        return normal;
    }

    private static boolean isTimestamp(Object value) {
        return value instanceof Map<?, ?> members
                && members.keySet().equals(Set.of("seconds", "microseconds"))
                && members.values().stream().allMatch(Long.class::isInstance);
    }

    private Object member(String name, Object value) {
        if (name.equals("qemu") && value instanceof Map<?, ?> version && version.containsKey("major")) {
            Map<String, Object> masked = new LinkedHashMap<>();
            version.forEach((key, part) -> masked.put((String) key, part instanceof Long ? "$INT" : part));
            return masked;
        }
        if (name.equals("package") && value instanceof String) {
            return "$STR";
        }
        return name.equals("actual-size") && value instanceof Long ? "$INT" : value(value);
    }

    /** How far a job is that is on its way depends on when one asks. */
    private void maskProgress(Map<String, Object> members) {
        if (keepsProgress) {
            return;
        }
        members.computeIfPresent("busy", (name, value) -> value instanceof Boolean ? "$BOOL" : value);
        if (ACTIVE.contains(members.getOrDefault("status", ""))) {
            for (String[] pair : PROGRESS) {
                if (members.get(pair[0]) instanceof Long && members.get(pair[1]) instanceof Long) {
                    members.put(pair[0], "$DONE");
                    members.put(pair[1], "$TOTAL");
                }
            }
        }
    }
}
