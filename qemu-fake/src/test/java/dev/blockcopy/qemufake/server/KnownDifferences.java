package dev.blockcopy.qemufake.server;

import java.util.Map;

/** The scenarios of which one transcript does not say all. */
final class KnownDifferences {
    /**
     * A real QEMU answers them in more than one way; each way that was seen is recorded ({@code NAME.jsonl}, {@code
     * NAME.WAY.jsonl}), and none but these is accepted.
     */
    static final Map<String, String> RACES = Map.of(
            "d03-disconnect-concluded-kept", "whether the client has read the end of the job before it goes",
            "l02-pause-resume", "whether the last events come before the images are compared",
            "l21-quit-while-ready", "whether the job is drained before or after it is cancelled",
            "p18-send-and-close", "a command sent just before the client goes may be lost");

    private KnownDifferences() {}
}
