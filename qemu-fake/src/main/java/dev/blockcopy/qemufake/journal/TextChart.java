package dev.blockcopy.qemufake.journal;

import java.util.Arrays;
import java.util.List;

/** Draws a chart with letters: lifelines down, arrows across, faults marked with stars. */
final class TextChart {
    private static final int TIME_WIDTH = 12;
    private static final int CLIENT_WIDTH = 12;
    private static final int ARROW_WIDTH = 94;
    private static final int LABEL_INDENT = 6;
    private static final long MICROS_PER_MILLI = 1000;

    private final int monitors;
    private final int qemu;
    private final StringBuilder chart = new StringBuilder();
    private String lastTime = "";

    TextChart(int monitors) {
        this.monitors = monitors;
        this.qemu = lifeline(monitors - 1) + ARROW_WIDTH;
    }

    private static int lifeline(int monitor) {
        return TIME_WIDTH + monitor * CLIENT_WIDTH;
    }

    String of(List<ChartLine> lines) {
        head();
        long start = lines.isEmpty() ? 0 : lines.get(0).atMicros();
        for (ChartLine line : lines) {
            draw(line, time(line.atMicros() - start));
        }
        return chart.toString();
    }

    private static String time(long micros) {
        return String.format("%7d.%03d", micros / MICROS_PER_MILLI, micros % MICROS_PER_MILLI);
    }

    private void head() {
        char[] row = row();
        Arrays.fill(row, ' ');
        put(row, TIME_WIDTH - 4, "ms");
        for (int i = 0; i < monitors; i++) {
            put(row, lifeline(i), monitors == 1 ? "client" : "client " + i);
        }
        put(row, qemu - 1, "QEMU");
        add(row);
    }

    /** Lifelines and nothing else. */
    private char[] row() {
        char[] row = new char[qemu + 4];
        Arrays.fill(row, ' ');
        for (int i = 0; i < monitors; i++) {
            row[lifeline(i)] = '|';
        }
        row[qemu] = '|';
        return row;
    }

    private static void put(char[] row, int column, String text) {
        for (int i = 0; i < text.length() && column + i < row.length; i++) {
            row[column + i] = text.charAt(i);
        }
    }

    private void add(char[] row) {
        chart.append(new String(row).stripTrailing()).append('\n');
    }

    private void draw(ChartLine line, String time) {
        char[] row = row();
        put(row, 0, time.equals(lastTime) ? "" : time);
        lastTime = time;
        switch (line.shape()) {
            case COMMAND -> arrow(row, line, '-', qemu - 1, '>');
            case REPLY -> arrow(row, line, '-', lifeline(line.monitor()) + 1, '<');
            case EVENT -> arrow(row, line, '.', lifeline(line.monitor()) + 1, '<');
            case NOTE -> note(row, line);
            case FAULT -> row = fault(row, line);
        }
        add(row);
    }

    /** A rule is told whole, however long it is. */
    private static char[] fault(char[] row, ChartLine line) {
        String text = "*** " + line.label() + " ***";
        int from = lifeline(Math.max(0, line.monitor()));
        char[] wide = Arrays.copyOf(row, Math.max(row.length, from + text.length()));
        Arrays.fill(wide, row.length, wide.length, ' ');
        put(wide, from, text);
        return wide;
    }

    private void arrow(char[] row, ChartLine line, char shaft, int head, char tip) {
        int from = lifeline(line.monitor()) + 1;
        Arrays.fill(row, from, qemu, shaft);
        row[head] = tip;
        put(row, from + LABEL_INDENT, fitting(line.label(), qemu - 2 - from - LABEL_INDENT));
    }

    private static String fitting(String label, int width) {
        String text = " " + label + " ";
        return text.length() <= width ? text : text.substring(0, width - 4) + "... ";
    }

    private void note(char[] row, ChartLine line) {
        String text = line.label();
        if (line.monitor() >= 0) {
            put(row, lifeline(line.monitor()) + 2, "~ " + text + " ~");
        } else {
            put(row, qemu - 2 - text.length(), text);
        }
    }
}
