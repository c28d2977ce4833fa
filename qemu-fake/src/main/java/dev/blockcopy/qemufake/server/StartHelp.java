package dev.blockcopy.qemufake.server;

import dev.blockcopy.qemufake.NearestName;
import java.util.Arrays;
import java.util.List;

/** What {@code --help} says, made from {@link StartOption}. */
final class StartHelp {
    private static final int COLUMN = 30;
    private static final int WIDTH = 100;
    private static final int NEAR = 3;

    private StartHelp() {}

    static String text() {
        StringBuilder text = new StringBuilder("""
                Usage: qemu-fake [OPTIONS]
                       qemu-fake chart [--mermaid] JOURNAL
                       qemu-fake record [--qemu COMMAND] --out DIR SCENARIO...
                       qemu-fake rehearse
                A QEMU without a guest that does block jobs as QEMU 7.2 does, and fails on cue.
                """);
        for (StartOption option : StartOption.values()) {
            text.append(line(option));
        }
        return text.append("""

                Rehearse plays one job and ends, so that java -XX:ArchiveClassesAtExit=FILE can see which classes are used.
                A fault is a preset (refused-pivot), a rule (on=command,name=stop,do=error) or a file (.json, .yaml).
                Exit status: 0 ended as asked, 2 bad option, 137 killed by a fault.
                """).toString();
    }

    private static String line(StartOption option) {
        String names = "  " + String.join(", ", option.names()) + (option.value() == null ? "" : " " + option.value());
        String start = names.length() < COLUMN - 1 ? names : names + "\n";
        StringBuilder line = new StringBuilder(start);
        int at = start.equals(names) ? names.length() : 0;
        int column = COLUMN;
        for (String word : option.description().split(" ")) {
            if (column + word.length() > WIDTH) {
                line.append('\n');
                at = 0;
                column = COLUMN;
            }
            line.append(" ".repeat(column - at)).append(word);
            column += word.length() + 1;
            at = column - 1;
        }
        return line.append('\n').toString();
    }

    /** A hint at the option that was perhaps meant; empty if none is like it. */
    static String nearest(String word) {
        List<String> names = Arrays.stream(StartOption.values())
                .flatMap(option -> option.names().stream())
                .toList();
        String nearest = NearestName.to(word, names);
        return NearestName.distance(word, nearest) < NEAR ? "; did you mean " + nearest + "?" : "";
    }
}
