package dev.blockcopy.qemufake.conformance;

import java.util.ArrayList;
import java.util.List;

/** What crossed a socket, line by line, normalised: {@code >>>} sent, {@code <<<} reply, {@code !!!} event, {@code ###} note. */
final class Transcript {
    static final String SENT = ">>>";
    static final String REPLY = "<<<";
    static final String EVENT = "!!!";
    static final String NOTE = "###";

    private final Normaliser normaliser;
    private final boolean isCollapsing;
    private final List<String> lines = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private String last;
    private int repeats;

    Transcript(Normaliser normaliser, boolean isCollapsing) {
        this.normaliser = normaliser;
        this.isCollapsing = isCollapsing;
    }

    void value(String mark, Object value) {
        add(mark, TranscriptText.of(normaliser.value(value)));
    }

    void text(String mark, String text) {
        add(mark, normaliser.text(text));
    }

    void note(String text) {
        text(NOTE, text);
    }

    /** Something was not as the scenario expects it. */
    void fail(String text) {
        failures.add(text);
        note("FAILED: " + text);
    }

    private void add(String mark, String text) {
        String line = mark + " " + text;
        if (isCollapsing && mark.equals(REPLY) && line.equals(last)) {
            repeats++;
            return;
        }
        endRepeats();
        last = isCollapsing && mark.equals(REPLY) ? line : null;
        lines.add(line);
    }

    void endRepeats() {
        if (repeats > 0) {
            lines.add(NOTE + " the same line " + repeats + " times more");
        }
        repeats = 0;
        last = null;
    }

    int length() {
        return lines.size();
    }

    /** Forgets what was asked and answered since a length; events stay. */
    void keepEventsSince(int length) {
        List<String> tail = lines.subList(length, lines.size());
        tail.removeIf(line -> !line.startsWith(EVENT));
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    List<String> failures() {
        return List.copyOf(failures);
    }
}
