package dev.blockcopy.engine.command;

import dev.blockcopy.engine.JobReport;
import dev.blockcopy.model.lifecycle.JobState;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Progress on standard error: on a terminal a bar for each job, redrawn in place and cleared at the end; elsewhere a line
 * for each change of phase, and one every ten seconds.
 */
final class Display {
    private static final long REDRAW_NANOS = Duration.ofMillis(100).toNanos();
    private static final long LINE_NANOS = Duration.ofSeconds(10).toNanos();
    private static final String LINE_UP = "\u001b[A";
    private static final String ERASE_LINE = "\r\u001b[K";

    private final Surroundings surroundings;
    private final PrintWriter err;
    private final Map<String, Object> phases = new HashMap<>();
    private long lastNanos;
    private int drawn;

    Display(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.err = surroundings.err();
        this.lastNanos = surroundings.nanoTime().getAsLong() - LINE_NANOS;
    }

    void show(List<JobReport> reports) {
        long now = surroundings.nanoTime().getAsLong();
        List<JobReport> running = reports.stream().filter(Display::isOfInterest).toList();
        if (surroundings.errIsTerminal()) {
            redraw(running, now);
        } else {
            print(running, now);
        }
    }

    /** What comes before the copying is over in an instant. */
    private static boolean isOfInterest(JobReport report) {
        return !report.isSettled() && report.phase().compareTo(JobState.STREAMING) >= 0;
    }

    private void redraw(List<JobReport> running, long now) {
        if (now - lastNanos >= REDRAW_NANOS) {
            lastNanos = now;
            clear();
            running.forEach(report -> err.print(ProgressText.bar(report) + "\n"));
            err.flush();
            drawn = running.size();
        }
    }

    private void print(List<JobReport> running, long now) {
        boolean isDue = now - lastNanos >= LINE_NANOS;
        for (JobReport report : running) {
            boolean isNew = report.phase() != phases.put(report.id(), report.phase());
            if (isNew || isDue) {
                lastNanos = now;
                err.println(ProgressText.line(report));
            }
        }
    }

    /** Takes the bars away. */
    void clear() {
        for (; drawn > 0; drawn--) {
            err.print(LINE_UP + ERASE_LINE);
        }
        err.flush();
    }
}
