package dev.blockcopy.simulator.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The table of results on a page for people: each campaign has one row there, named by the words that repeat it.
 *
 * @param file a page of Markdown that has the table already, be it without rows
 */
public record ResultsPage(Path file) {
    static final String HEAD =
            "| campaign | trials | kills | right | in doubt | untidy, blind or wrong | lost writes | struck in |";

    /**
     * Puts a row in, instead of the one of the same campaign if there is one, else as the last.
     *
     * @param words those of the campaign after {@code blockcopy-sim}
     * @param tally what came of it
     * @throws IOException if the page can't be written, or has no such table
     */
    public void put(String words, Tally tally) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        int head = lines.indexOf(HEAD);
        if (head < 0) {
            throw new IOException(file + " has no table of results: it begins with the line '" + HEAD + "'");
        }
        String name = "| `" + words + "` |";
        int at = head + 2;
        while (at < lines.size()
                && lines.get(at).startsWith("|")
                && !lines.get(at).startsWith(name)) {
            at++;
        }
        if (at < lines.size() && lines.get(at).startsWith(name)) {
            lines.remove(at);
        }
        lines.add(at, name + tally.row());
        Files.write(file, lines);
    }
}
