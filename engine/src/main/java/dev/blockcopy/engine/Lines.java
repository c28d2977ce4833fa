package dev.blockcopy.engine;

import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.model.lifecycle.Decision;
import dev.blockcopy.model.lifecycle.Facts;
import java.time.Instant;

/** Steps as lines of the journal. */
final class Lines {
    private Lines() {}

    static JournalLine first(Instant at, CopyJob job) {
        return new JournalLine(at, "", "REQUEST", job.phase().name(), "", "everything that is asked for was checked");
    }

    static JournalLine of(Instant at, Decision.Step step) {
        return new JournalLine(
                at,
                step.row().from().name(),
                step.trigger().name(),
                step.after().get(Facts.STATE).name(),
                step.effect().map(CopyEffect::name).orElse(""),
                step.row().because());
    }
}
