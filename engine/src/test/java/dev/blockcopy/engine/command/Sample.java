package dev.blockcopy.engine.command;

import dev.blockcopy.engine.CopyJob;
import dev.blockcopy.engine.CopySpec;
import dev.blockcopy.engine.Findings;
import dev.blockcopy.engine.JobReport;
import dev.blockcopy.engine.Progress;
import dev.blockcopy.engine.image.ImageFormat;
import dev.blockcopy.model.Slot;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.Facts.Copy;
import dev.blockcopy.model.lifecycle.Facts.Wish;
import dev.blockcopy.model.lifecycle.JobState;
import java.nio.file.Path;
import java.util.List;

/** Reports of a job in any state, as the engine would give them. */
record Sample(JobReport report) {
    static final String ID = "copy-vda-0123456789ab";

    static Sample in(JobState phase) {
        CopySpec spec = new CopySpec(
                ID,
                "0123456789ab",
                Path.of("/run/vm1.qmp"),
                "vda",
                new CopySpec.Backend("", "/machine/peripheral/vda/virtio-backend"),
                new CopySpec.Source("node1", "/old/vm1.raw", "raw", 4L << 30, List.of(Path.of("/old/vm1.raw")), ""),
                new CopySpec.Destination(Path.of("/new/vm1.qcow2"), ImageFormat.QCOW2, false, "", ""),
                new CopySpec.Options(false, false, -1, -1, -1, 10_000));
        CopyJob job = new CopyJob(spec, Facts.LAYOUT.initial(), Findings.NONE);
        String owner = phase.isTerminal() ? "" : JobReport.THIS_PROCESS;
        return new Sample(new JobReport(job, phase, Progress.NONE, owner))
                .with(Facts.STATE, phase)
                .with(Facts.JOURNAL, phase)
                .with(Facts.ONLINE, true);
    }

    <T> Sample with(Slot<T> slot, T value) {
        CopyJob job = report.job();
        return new Sample(new JobReport(
                job.with(job.facts().with(slot, value)), report.state(), report.progress(), report.owner()));
    }

    Sample wishing(Wish wish) {
        return with(Facts.WISH, wish);
    }

    Sample worth(Copy copy) {
        return with(Facts.COPY, copy);
    }

    Sample found(Findings findings) {
        return new Sample(
                new JobReport(report.job().with(findings), report.state(), report.progress(), report.owner()));
    }

    Sample at(long offset, long length, long rate) {
        return new Sample(
                new JobReport(report.job(), report.state(), new Progress(offset, length, rate), report.owner()));
    }

    Sample ownedBy(String owner) {
        return new Sample(new JobReport(report.job(), report.state(), report.progress(), owner));
    }
}
