package dev.blockcopy.qemufake.journal;

import java.util.List;

/** A journal as a picture: who told whom what, in order, with every fault where it struck. */
public final class SequenceChart {
    private final List<ChartLine> lines;

    private SequenceChart(List<ChartLine> lines) {
        this.lines = lines;
    }

    public static SequenceChart of(List<Journal.Entry> entries) {
        return new SequenceChart(entries.stream().map(ChartLine::of).toList());
    }

    private int monitors() {
        return lines.stream().mapToInt(ChartLine::monitor).max().orElse(0) + 1;
    }

    /** For a terminal: a column for each client and one for QEMU, one line an event, times in milliseconds. */
    public String text() {
        return new TextChart(Math.max(1, monitors())).of(lines);
    }

    /** For a page: a sequence diagram of Mermaid. */
    public String mermaid() {
        return new MermaidChart(Math.max(1, monitors())).of(lines);
    }
}
