package dev.blockcopy.engine.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Columns as wide as what is in them. */
final class Table {
    private static final String GAP = "  ";

    private Table() {}

    static void print(List<String> heads, List<List<String>> rows, PrintWriter out) {
        List<List<String>> all = new ArrayList<>(rows);
        all.add(0, heads);
        int[] widths = IntStream.range(0, heads.size())
                .map(column -> all.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        all.forEach(row -> out.println(line(row, widths)));
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = row.get(column);
            line.append(cell).append(" ".repeat(widths[column] - cell.length())).append(GAP);
        }
        return line.toString().stripTrailing();
    }
}
