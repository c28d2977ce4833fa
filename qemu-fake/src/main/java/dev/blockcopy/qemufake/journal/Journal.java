package dev.blockcopy.qemufake.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What happened, in order: every line on a wire, every fault. Safe to read from any thread. */
public final class Journal {
    /** What an entry is about. */
    public enum Kind {
        RECEIVED(">>>"),
        SENT("<<<"),
        FAULT("***"),
        /** A line on standard error. */
        COMPLAINT("!!!"),
        NOTE("###");

        private final String mark;

        Kind(String mark) {
            this.mark = mark;
        }
    }

    /**
     * One thing that happened.
     *
     * @param atMicros when, in microseconds of the fake's clock
     * @param kind what it is about
     * @param monitor which monitor, from 0; -1 for none
     * @param text the line without its ending, the rule that struck, or a note
     */
    public record Entry(long atMicros, Kind kind, int monitor, String text) {
        @Override
        public String toString() {
            return String.format("%d.%06d %d %s %s", atMicros / MICROS, atMicros % MICROS, monitor, kind.mark, text);
        }
    }

    private static final long MICROS = 1_000_000;

    private final List<Entry> entries = new ArrayList<>();
    private final Consumer<Entry> also;

    /** A journal whose entries go to a sink too, as they come. */
    public Journal(Consumer<Entry> also) {
        this.also = also;
    }

    /** Writes down what has just happened. */
    public synchronized void add(long atMicros, Kind kind, int monitor, String text) {
        Entry entry = new Entry(atMicros, kind, monitor, text);
        entries.add(entry);
        also.accept(entry);
    }

    /** All entries so far. */
    public synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** The rules that have struck so far, in order. */
    public List<String> faults() {
        return texts(Kind.FAULT);
    }

    /** The lines of all clients so far, in order. */
    public List<String> received() {
        return texts(Kind.RECEIVED);
    }

    private List<String> texts(Kind kind) {
        return entries().stream()
                .filter(entry -> entry.kind() == kind)
                .map(Entry::text)
                .toList();
    }
}
