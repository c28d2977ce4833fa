package dev.blockcopy.qemufake.journal;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;

/** Writes a journal as JSON Lines, each one out at once. */
public final class JournalFile implements Consumer<Journal.Entry>, AutoCloseable {
    private final BufferedWriter writer;

    public JournalFile(Path path) throws IOException {
        writer = Files.newBufferedWriter(path);
    }

    @Override
    public synchronized void accept(Journal.Entry entry) {
        try {
            writer.write(line(entry));
            writer.newLine();
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An entry as a line, without its ending. */
    public static String line(Journal.Entry entry) {
        return String.format(
                "{\"at\": %d, \"kind\": \"%s\", \"monitor\": %d, \"text\": \"%s\"}",
                entry.atMicros(), entry.kind().name().toLowerCase(Locale.ROOT), entry.monitor(), escaped(entry.text()));
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (char unit : text.toCharArray()) {
            if (unit == '"' || unit == '\\') {
                escaped.append('\\').append(unit);
            } else if (unit < ' ') {
                escaped.append(String.format("\\u%04x", (int) unit));
            } else {
                escaped.append(unit);
            }
        }
        return escaped.toString();
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
