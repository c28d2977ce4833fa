package dev.blockcopy.qemufake.journal;

import dev.blockcopy.qemufake.wire.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads what {@link JournalFile} wrote. */
public final class JournalReader {
    private JournalReader() {}

    /**
     * The entries of a journal, line by line.
     *
     * @throws IllegalArgumentException in one line that gives the number of the bad one
     */
    public static List<Journal.Entry> read(List<String> lines) {
        List<Journal.Entry> entries = new ArrayList<>();
        for (String line : lines) {
            try {
                entries.add(entry((Map<?, ?>) JsonValue.read(line)));
            } catch (IllegalArgumentException | ClassCastException | NullPointerException e) {
                throw new IllegalArgumentException(
                        "line " + (entries.size() + 1) + " is no line of a journal, write one with --journal FILE", e);
            }
        }
        return entries;
    }

    private static Journal.Entry entry(Map<?, ?> members) {
        return new Journal.Entry(
                (Long) members.get("at"),
                Journal.Kind.valueOf(((String) members.get("kind")).toUpperCase(Locale.ROOT)),
                ((Long) members.get("monitor")).intValue(),
                members.get("text").toString());
    }
}
