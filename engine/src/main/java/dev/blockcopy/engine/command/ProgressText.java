package dev.blockcopy.engine.command;

import dev.blockcopy.engine.JobReport;
import dev.blockcopy.engine.Progress;
import dev.blockcopy.model.lifecycle.JobState;
import java.util.Locale;
import java.util.StringJoiner;

/** How far a job is, in words. */
final class ProgressText {
    private static final int CELLS_MIN = 5;
    private static final int CELLS_MAX = 30;
    /** A blank and two brackets. */
    private static final int FRAME = 3;

    private static final int LINE_MAX = 79;
    private static final int PERCENT = 100;

    private ProgressText() {}

    /** One line for a file or a pipe. */
    static String line(JobReport report) {
        return report.id() + ": " + phase(report) + details(report);
    }

    /** One line of a terminal, no longer than the narrowest one in use; the bar has what room is left. */
    static String bar(JobReport report) {
        if (report.phase() != JobState.STREAMING) {
            return shortened(report.id() + " " + phase(report) + details(report));
        }
        String details = details(report);
        int cells = Math.min(CELLS_MAX, LINE_MAX - report.id().length() - details.length() - FRAME);
        String bar = cells < CELLS_MIN ? "" : " [" + cells(report.progress(), cells) + "]";
        return shortened(report.id() + bar + details);
    }

    private static String shortened(String text) {
        return text.length() > LINE_MAX ? text.substring(0, LINE_MAX) : text;
    }

    static String phase(JobReport report) {
        return report.phase().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String details(JobReport report) {
        Progress progress = report.progress();
        if (report.phase() == JobState.MIRRORING) {
            return progress.behindBytes() == 0
                    ? ", in step"
                    : ", " + Quantities.bytes(progress.behindBytes()) + " behind";
        }
        return report.phase() == JobState.STREAMING && progress.lengthBytes() > 0 ? " " + streaming(progress) : "";
    }

    private static String streaming(Progress progress) {
        StringJoiner text = new StringJoiner(", ");
        text.add(percent(progress) + "% of " + Quantities.bytes(progress.lengthBytes()));
        if (progress.bytesPerSecond() > 0) {
            text.add(Quantities.bytesPerSecond(progress.bytesPerSecond()));
            text.add(Quantities.clock(progress.behindBytes() / progress.bytesPerSecond()) + " left");
        }
        return text.toString();
    }

    /** Never 100 while streaming: the end is told by QEMU, not by numbers. */
    static int percent(Progress progress) {
        if (progress.lengthBytes() <= 0) {
            return 0;
        }
        double share = (double) progress.offsetBytes() / progress.lengthBytes();
        return (int) Math.max(0, Math.min(PERCENT - 1, share * PERCENT));
    }

    private static String cells(Progress progress, int cells) {
        int full = percent(progress) * cells / PERCENT;
        return "=".repeat(full) + ">" + " ".repeat(cells - 1 - full);
    }
}
