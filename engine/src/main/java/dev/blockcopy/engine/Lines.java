package dev.blockcopy.engine;

import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.model.lifecycle.Decision;
import dev.blockcopy.model.lifecycle.Facts;
import java.nio.file.Path;
import java.time.Instant;

/** Steps as lines of the journal. */
final class Lines {
    private Lines() {}

    static JournalLine first(Instant at, CopyJob job) {
        return new JournalLine(at, "", "REQUEST", job.phase().name(), "", "everything that is asked for was checked");
    }

    static JournalLine moved(Instant at, CopyJob job, Path monitor) {
        String phase = job.phase().name();
        return new JournalLine(at, phase, "REQUEST", phase, "", "its monitor is " + monitor + " by now");
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
