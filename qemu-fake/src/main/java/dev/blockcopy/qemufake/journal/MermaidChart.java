package dev.blockcopy.qemufake.journal;

import java.util.List;

/** Draws a chart in the language of Mermaid, which GitHub and many editors show as a picture. */
final class MermaidChart {
    private static final int LABEL_MAX = 120;

    private final int monitors;
    private final StringBuilder chart = new StringBuilder("sequenceDiagram\n");

    MermaidChart(int monitors) {
        this.monitors = monitors;
    }

    String of(List<ChartLine> lines) {
        for (int i = 0; i < monitors; i++) {
            say("participant C" + i + " as client" + (monitors == 1 ? "" : " " + i));
        }
        say("participant Q as QEMU");
        lines.forEach(this::draw);
        return chart.toString();
    }

    private void draw(ChartLine line) {
        String label = escaped(line.label());
        String client = "C" + Math.max(0, line.monitor());
        switch (line.shape()) {
            case COMMAND -> say(client + "->>Q: " + label);
            case REPLY -> say("Q->>" + client + ": " + label);
            case EVENT -> say("Q-->>" + client + ": " + label);
            case NOTE -> say("Note over " + (line.monitor() < 0 ? "Q" : client) + ": " + label);
            case FAULT -> {
                say("rect rgb(255, 214, 214)");
                say("Note over C0,Q: FAULT " + label);
                say("end");
            }
        }
    }

    private void say(String line) {
        chart.append("    ").append(line).append('\n');
    }

    /** Mermaid ends a line at a semicolon and reads entities after a number sign. */
    private static String escaped(String label) {
        String text = label.length() <= LABEL_MAX ? label : label.substring(0, LABEL_MAX) + "...";
        return text.replace("#", "#35;").replace(";", "#59;").replace("#35#59;", "#35;");
    }
}
