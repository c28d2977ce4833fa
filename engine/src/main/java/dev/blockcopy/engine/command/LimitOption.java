package dev.blockcopy.engine.command;

import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How long a request is waited for. */
final class LimitOption {
    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = CopyOptions.DurationConverter.class,
            description = "Wait for the end so long at the most (a paused guest is let go first), and end with 7 then;"
                    + " what was asked stays written down, and whoever drives the job next carries it out."
                    + " Default: no limit.")
    private Duration timeout;

    Optional<Duration> limit() {
        return Optional.ofNullable(timeout);
    }
}
