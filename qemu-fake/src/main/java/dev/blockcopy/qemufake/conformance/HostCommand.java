package dev.blockcopy.qemufake.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A command of the host that has ended.
 *
 * @param status how
 * @param output what it printed, errors included
 */
record HostCommand(int status, String output) {
    static HostCommand of(List<String> line) {
        try {
            Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new HostCommand(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(line + ": interrupted", e);
        }
    }

    /** The same for one that must succeed. */
    static void run(List<String> line) {
        HostCommand ended = of(line);
        if (ended.status != 0) {
            throw new IllegalStateException(String.join(" ", line) + ": " + ended.output.strip());
        }
    }
}
