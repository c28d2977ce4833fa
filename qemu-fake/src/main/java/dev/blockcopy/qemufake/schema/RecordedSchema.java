package dev.blockcopy.qemufake.schema;

import dev.blockcopy.qemufake.wire.JsonValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The recorded schema in the form of QAPI's introspection ({@code qapi/introspect.json}): one {@code SchemaInfo} a line,
 * commands and events first, in QEMU's order. Safe to use from any thread.
 */
public final class RecordedSchema {
    private static final String FILE = "qemu-7.2.jsonl";
    private static final String COMMAND = "\"meta-type\": \"command\"";
    private static final String EVENT = "\"meta-type\": \"event\"";
    private static final String NAME = "{\"name\": \"";

    private RecordedSchema() {}

    /** The names of all commands; quick, as only they are read. */
    public static List<String> commands() {
        List<String> names = new ArrayList<>();
        for (String line : lines(true)) {
            if (line.contains(COMMAND)) {
                names.add(line.substring(NAME.length(), line.indexOf('"', NAME.length())));
            }
        }
        return names;
    }

    /** All of it. */
    public static List<Map<String, Object>> entries() {
        List<Map<String, Object>> entries = new ArrayList<>();
        for (String line : lines(false)) {
            entries.add(entry(line));
        }
        return entries;
    }

    /** All of it by name. */
    public static Map<String, Map<String, Object>> byName() {
        Map<String, Map<String, Object>> byName = new HashMap<>();
        entries().forEach(entry -> byName.put((String) entry.get("name"), entry));
        return byName;
    }

    /** The values that an enumeration among a command's arguments has; empty if there is no such argument. */
    public static List<?> values(String command, String argument) {
        Map<String, Map<String, Object>> types = byName();
        for (Object one :
                (List<?>) types.get(types.get(command).get("arg-type")).get("members")) {
            Map<?, ?> member = (Map<?, ?>) one;
            if (member.get("name").equals(argument)) {
                return (List<?>) types.get(member.get("type")).get("values");
            }
        }
        return List.of();
    }

    @SuppressWarnings("unchecked") // each line is an object
    private static Map<String, Object> entry(String line) {
        return (Map<String, Object>) JsonValue.read(line);
    }

    private static List<String> lines(boolean isHead) {
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(RecordedSchema.class.getResourceAsStream(FILE), StandardCharsets.US_ASCII))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (isHead && !line.contains(COMMAND) && !line.contains(EVENT)) {
                    break;
                }
                lines.add(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }
}
