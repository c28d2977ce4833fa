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

    /** What the fake has no rules for. */
    private static final String NO_RULES = """
            d05-disconnect-gone
            e05-unwritable
            f01-flush-fails-on-complete-report
            f03-flush-fails-on-cancel
            f04-replaces-gone
            f05-permission-conflict
            f06-quorum-changed
            f10-flush-fails-before-ready
            f11-flush-fails-lasting-enospc
            i01-target-eio-enospc
            i01-target-eio-ignore
            i01-target-eio-report
            i01-target-eio-stop
            i02-target-eio-default
            i04-target-enospc-report
            i06-target-error-while-ready
            i07-target-error-while-ready-stop
            i08-target-error-write-blocking
            i09-source-eio-report
            i11-source-eio-ignore
            i13-source-on-error-auto
            i15-source-stop-with-device
            i16-enospc-real-streaming
            i20-enospc-absolute-paths
            l11-cancel-with-backlog
            l12b-job-cancel-after-cancel
            l14b-pause-after-complete
            l14c-writes-after-cancel
            l14e-disconnect-with-backlog
            l23-reset-quit-events
            m04-default-mode-format
            m26-guest-device
            p08-oob
            p11-nesting
            p12-getfd
            p13b-fdset-target-pivot
            p14-getfd-target
            p16-query-commands
            t05-transaction-backup-cancel
            """;

    private KnownDifferences() {}

    static Map<String, String> ofARealQemu() {
        return RACES;
    }

    static Map<String, String> ofTheFake() {
        Map<String, String> all = new HashMap<>(RACES);
        NO_RULES.lines().forEach(name -> all.put(name, "no rules for it"));
        return all;
    }
}
