package dev.blockcopy.engine.store;

import dev.blockcopy.engine.CopyJob;
import dev.blockcopy.engine.CopySpec;
import dev.blockcopy.engine.Findings;
import dev.blockcopy.engine.JournalLine;
import dev.blockcopy.engine.image.ImageFormat;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.JobState;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** A job like others, for tests that need one. */
final class Samples {
    static final Instant NOON = Instant.parse("2026-01-02T12:00:00.123456789Z");
    static final Path MONITOR = Path.of("/run/vm/qmp.sock");
    static final JournalLine LINE =
            new JournalLine(NOON, "", "START", "REQUESTED", "MAKE_FILE", "the job is written down");

    private Samples() {}

    static CopySpec spec(String id) {
        return new CopySpec(
                id,
                "0123456789ab",
                MONITOR,
                "vda",
                new CopySpec.Backend("", "/machine/peripheral/vda/virtio-backend"),
                new CopySpec.Source(
                        "#block123",
                        "/images/vda.qcow2",
                        "qcow2",
                        1L << 40,
                        List.of(Path.of("/images/vda.qcow2"), Path.of("/images/base \"one\".raw")),
                        "#block007"),
                new CopySpec.Destination(Path.of("/images/büx.qcow2"), ImageFormat.QCOW2, false, "/b.raw", "raw"),
                new CopySpec.Options(true, false, -1, 65536, -1, 10_000));
    }

    static CopyJob job(String id) {
        return new CopyJob(spec(id), Facts.LAYOUT.initial(), Findings.NONE);
    }

    static CopyJob mirroring(String id) {
        CopyJob job = job(id);
        return job.with(job.facts().with(Facts.STATE, JobState.MIRRORING).with(Facts.JOURNAL, JobState.MIRRORING));
    }

    /** A step whose number can be read from the findings and from the line. */
    static CopyJob step(CopyJob job, int number) {
        return job.with(Findings.NONE.withError("step " + number));
    }

    static JournalLine line(int number) {
        return new JournalLine(NOON.plusNanos(number), "A", "T", "B", "", "step " + number);
    }
}
