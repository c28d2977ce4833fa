package dev.blockcopy.simulator.world;

import java.util.List;

/** A run as a sequence chart: in Mermaid's words, and drawn. */
public final class Chart {
    private static final List<String> ACTORS = List.of("manager", "qemu", "guest", "faults");
    private static final int COLUMN = 230;
    private static final int ROW = 26;
    private static final int TOP = 60;

    private Chart() {}

    /** A diagram that Mermaid draws. */
    public static String mermaid(List<Storyline.Step> steps) {
        StringBuilder text = new StringBuilder("sequenceDiagram\n");
        ACTORS.forEach(actor -> text.append("    participant ").append(actor).append('\n'));
        steps.stream().skip(1).forEach(step -> {
            String actor = column(step) == 3 ? "faults" : step.who();
            if (step.sent().isEmpty()) {
                text.append("    Note over ")
                        .append(actor)
                        .append(": ")
                        .append(plain(step.what()))
                        .append('\n');
            } else {
                String arrow = step.who().equals("manager") ? "manager->>qemu" : "qemu-->>manager";
                text.append("    ")
                        .append(arrow)
                        .append(": ")
                        .append(plain(step.sent()))
                        .append('\n');
            }
        });
        return text.toString();
    }

    /** Mermaid ends a statement at a semicolon. */
    private static String plain(String text) {
        return text.replace(";", ",").replace("#", "no. ");
    }

    private static int column(Storyline.Step step) {
        int column = ACTORS.indexOf(step.who());
        return column < 0 ? 3 : column;
    }

    /** The same, drawn. */
    public static String svg(List<Storyline.Step> steps) {
        int width = COLUMN * ACTORS.size() + 40;
        int height = TOP + ROW * steps.size() + 20;
        StringBuilder svg = new StringBuilder(String.format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" font-family=\"sans-serif\""
                        + " font-size=\"12\">%n",
                width, height, width));
        svg.append("<defs><marker id=\"a\" markerWidth=\"8\" markerHeight=\"8\" refX=\"7\" refY=\"4\" orient=\"auto\">"
                + "<path d=\"M0,0 L8,4 L0,8 z\"/></marker></defs>\n");
        for (int i = 0; i < ACTORS.size(); i++) {
            svg.append(String.format(
                    "<text x=\"%d\" y=\"24\" text-anchor=\"middle\" font-weight=\"bold\">%s</text>%n",
                    x(i), ACTORS.get(i)));
            svg.append(String.format(
                    "<line x1=\"%d\" y1=\"34\" x2=\"%d\" y2=\"%d\" stroke=\"#bbb\"/>%n", x(i), x(i), height - 10));
        }
        for (int i = 1; i < steps.size(); i++) {
            draw(svg, steps.get(i), TOP + ROW * (i - 1));
        }
        return svg.append("</svg>\n").toString();
    }

    private static void draw(StringBuilder svg, Storyline.Step step, int y) {
        String colour = step.broken().isEmpty() ? "#111" : "#c00";
        if (!step.sent().isEmpty()) {
            int from = step.who().equals("manager") ? 0 : 1;
            svg.append(String.format(
                    "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"%s\" marker-end=\"url(#a)\"/>%n",
                    x(from), y, x(1 - from), y, colour));
            svg.append(label((x(0) + x(1)) / 2, y - 4, step.sent(), colour));
        } else {
            svg.append(label(x(column(step)), y, shortened(step.what()), colour));
        }
    }

    private static String label(int x, int y, String text, String colour) {
        return String.format(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" fill=\"%s\" stroke=\"#fff\" stroke-width=\"4\""
                        + " paint-order=\"stroke\">%s</text>%n",
                x, y, colour, HtmlReport.escaped(text));
    }

    private static String shortened(String text) {
        int where = text.indexOf(" where ");
        return where < 0 ? text : text.substring(0, where);
    }

    private static int x(int column) {
        return 20 + COLUMN / 2 + column * COLUMN;
    }
}
