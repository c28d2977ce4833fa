package dev.blockcopy.simulator.crash;

import java.util.function.Consumer;

/** What happened in a trial, line by line, for whoever wants to read it. */
final class Story {
    /** Nobody reads it. */
    static final Story UNTOLD = new Story(null);

    private final Consumer<String> lines;

    Story(Consumer<String> lines) {
        this.lines = lines;
    }

    /** Whether anybody reads it: a line that takes time to make need not be made else. */
    boolean isTold() {
        return lines != null;
    }

    void tell(String line) {
        if (isTold()) {
            lines.accept(line);
        }
    }
}
