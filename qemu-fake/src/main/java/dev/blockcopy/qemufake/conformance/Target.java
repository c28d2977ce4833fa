package dev.blockcopy.qemufake.conformance;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A QEMU of any kind that can be started, struck and watched. */
public interface Target {
    /**
     * Starts it.
     *
     * @param arguments of {@code qemu-system-x86_64}
     * @param folder where it may leave files
     */
    void start(List<String> arguments, Path folder) throws IOException;

    /** Sends it a signal by number. */
    void signal(int number) throws IOException;

    /**
     * Waits for its end.
     *
     * @return {@code status N} or {@code signal N}; null if it has not ended in time
     */
    String awaitEnd(Duration within);

    /** What it has complained about, line by line; complete once it has ended. */
    List<String> complaints() throws IOException;
}
