package dev.blockcopy.simulator.world;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A run as a table of text, and as a sequence chart. */
public final class StoryText {
    private static final List<String> HEADINGS =
            List.of("", "who", "what", "job", "QEMU", "images", "in flight", "broken");

    private StoryText() {}

    /** One line for each step; what stays the same is not repeated. */
    public static String table(List<Storyline.Step> steps) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        for (int i = 0; i < steps.size(); i++) {
            rows.add(row(steps, i));
        }
        int[] widths = new int[HEADINGS.size()];
        rows.forEach(row -> {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        });
        StringBuilder text = new StringBuilder();
        rows.forEach(row -> text.append(line(row, widths)).append('\n'));
        return text.toString();
    }

    private static List<String> row(List<Storyline.Step> steps, int index) {
        Storyline.Step step = steps.get(index);
        return List.of(
                String.valueOf(index),
                step.who(),
                step.what(),
                changed(steps, index, Storyline.Step::job),
                changed(steps, index, Storyline.Step::qemu),
                changed(steps, index, Storyline.Step::images),
                step.inFlight(),
                String.join(" ", step.broken()));
    }

    private static String changed(List<Storyline.Step> steps, int index, Function<Storyline.Step, String> column) {
        String value = column.apply(steps.get(index));
        return index > 0 && value.equals(column.apply(steps.get(index - 1))) ? "" : value;
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = row.get(column);
            line.append(cell).append(" ".repeat(widths[column] - cell.length() + 2));
        }
        return line.toString().stripTrailing();
    }
}
