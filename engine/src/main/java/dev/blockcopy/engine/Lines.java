package dev.blockcopy.engine;

import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.model.lifecycle.Decision;
import dev.blockcopy.model.lifecycle.Facts;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Steps as lines of the journal. */
final class Lines {
    private static final String MOVED_TO = "its monitor is ";
    private static final String MOVED_FROM = " by now, and was ";

    private Lines() {}

    static JournalLine first(Instant at, CopyJob job) {
        return new JournalLine(at, "", "REQUEST", job.phase().name(), "", "everything that is asked for was checked");
    }

    static JournalLine moved(Instant at, CopyJob job, Path monitor) {
        String phase = job.phase().name();
        String because = MOVED_TO + monitor + MOVED_FROM + job.spec().monitor();
        return new JournalLine(at, phase, "REQUEST", phase, "", because);
    }

    /** Where the monitor was before, if this line tells that it was moved. */
    static Optional<Path> movedFrom(JournalLine line) {
        int from = line.because().indexOf(MOVED_FROM);
        return line.because().startsWith(MOVED_TO) && from > 0
                ? Optional.of(Path.of(line.because().substring(from + MOVED_FROM.length())))
                : Optional.empty();
    }

    /** What somebody has put on top of the disk's image, or has taken away again, since the job ended. */
    static JournalLine onTop(Instant at, CopyJob job) {
        String phase = job.phase().name();
        String file = job.findings().onTop();
        String because = file.isEmpty() ? "QEMU has nothing on top of it any more" : "QEMU has it below " + file;
        return new JournalLine(at, phase, "REQUEST", phase, "", because);
    }

    /** A step, and what the person who asked for it said. */
    static JournalLine of(Instant at, Decision.Step step, String said) {
        return new JournalLine(
                at,
                step.row().from().name(),
                step.trigger().name(),
                step.after().get(Facts.STATE).name(),
                step.effect().map(CopyEffect::name).orElse(""),
                said.isEmpty() ? step.row().because() : step.row().because() + "; " + said);
    }
}
