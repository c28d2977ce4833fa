package dev.blockcopy.qemufake.server;

import java.util.HashMap;
import java.util.Map;

/** The scenarios whose transcript is not always the recorded one, each with its reason. */
final class KnownDifferences {
    /** On a real QEMU: an event or a number falls on the other side of a query, or two sides race. */
    private static final Map<String, String> RACES = Map.of(
            "d03-disconnect-concluded-kept", "whether the job has ended before the client is back",
            "l01-complete-before-ready", "how much is copied before the job is cancelled",
            "l11-cancel-with-backlog", "how much a throttled target has taken before a query",
            "l14b-pause-after-complete", "how much a throttled target has taken before a query",
            "l02-pause-resume", "how much is copied before a pause",
            "l21-quit-while-ready", "whether the job is drained before or after it is cancelled",
            "p13-fdset-target", "how much is copied before a query",
            "p18-send-and-close", "a command sent just before the client goes may be lost");

    private KnownDifferences() {}

    static Map<String, String> ofARealQemu() {
        return RACES;
    }

    static Map<String, String> ofTheFake() {
        Map<String, String> all = new HashMap<>(RACES);
        all.put("p16-query-commands", "the fake lists the commands that it has, and no more");
        return all;
    }
}
