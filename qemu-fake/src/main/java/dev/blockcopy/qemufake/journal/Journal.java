package dev.blockcopy.qemufake.journal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * What happened, in order: every line on a wire, every fault. Safe to read from any thread.
 *
 * <p>Here the last {@link #ENTRIES_MAX} entries are kept, and of long ones as many as fit into a sixteenth of the heap;
 * the sink gets all.
 */
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

    /** How many entries are kept at most. */
    public static final int ENTRIES_MAX = 100_000;

    private static final long MICROS = 1_000_000;
    private static final int PART_OF_HEAP = 16;

    private final Deque<Entry> entries = new ArrayDeque<>();
    private final Consumer<Entry> also;
    private final long charsMax;
    private long chars;

    /** A journal whose entries go to a sink too, as they come. */
    public Journal(Consumer<Entry> also) {
        this(also, Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
    }

    Journal(Consumer<Entry> also, long charsMax) {
        this.also = also;
        this.charsMax = charsMax;
    }

    /** Writes down what has just happened. */
    public synchronized void add(long atMicros, Kind kind, int monitor, String text) {
        Entry entry = new Entry(atMicros, kind, monitor, text);
        entries.add(entry);
        chars += text.length();
        while (entries.size() > ENTRIES_MAX || chars > charsMax && entries.size() > 1) {
            chars -= entries.remove().text().length();
        }
        also.accept(entry);
    }

    /** The entries so far, without those that were too long ago to be kept. */
    public synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** The rules that have struck, of those entries, in order. */
    public List<String> faults() {
        return texts(Kind.FAULT);
    }

    /** The lines of all clients, of those entries, in order. */
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
