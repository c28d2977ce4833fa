package dev.blockcopy.simulator;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** What {@code blockcopy-sim} tells its caller. */
enum ExitCode {
    HOLDS(0, "all that was claimed was verified"),
    OUR_FAULT(1, "a fault of blockcopy-sim itself"),
    USAGE(2, "wrong usage"),
    COUNTEREXAMPLE(10, "a claim does not hold"),
    LIVENESS(11, "a run goes on, or stands still, for ever without its end"),
    UNKNOWN(12, "cut short: something did not happen in time"),
    DIVERGED(13, "a trace can't be taken again in this world"),
    ENVIRONMENT(14, "files, sockets or processes could not be used");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    int number() {
        return number;
    }

    /** For the help. */
    static Map<String, String> list() {
        Map<String, String> list = new LinkedHashMap<>();
        Arrays.stream(values()).forEach(code -> list.put(String.valueOf(code.number), code.meaning));
        return list;
    }
}
