package dev.blockcopy.engine;

import dev.blockcopy.engine.Authority.Verdict;
import dev.blockcopy.engine.image.ImageFormat;
import dev.blockcopy.model.qmp.BlockInfo;
import dev.blockcopy.model.qmp.QmpCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which image is this disk's? Answered from what QEMU shows, where it lives, and from the journal, where it does not.
 *
 * <p>A job that nobody drives is settled first: its evidence is collected as after any crash, so the answer is the
 * table's, not a second opinion.
 */
final class AuthorityQuestion {
    private final CopyJobs jobs;
    private final JobStore store;
    private final Monitors monitors;
    private final HostFiles files;
    private final Path socket;
    private final String disk;
    private final List<String> evidence = new ArrayList<>();
    private final List<String> advice = new ArrayList<>();

    AuthorityQuestion(CopyJobs jobs, JobStore store, Monitors monitors, HostFiles files, Path socket, String disk) {
        this.jobs = jobs;
        this.files = files;
        this.store = store;
        this.monitors = monitors;
        this.socket = socket;
        this.disk = disk;
    }

    Authority answer() throws CopyRefusedException, InterruptedException {
        Optional<CopyJob> last = lastJob();
        boolean elsewhere = jobs.isOwnedByAnother(socket);
        if (last.isPresent() && !last.get().hasEnded() && !elsewhere) {
            last = Optional.of(jobs.settle(last.get().id()).job());
        }
        Optional<BlockInfo> row = elsewhere ? Optional.empty() : rowOf(last);
        if (last.isEmpty()) {
            return withoutJob(row, elsewhere);
        }
        CopyJob job = last.get();
        evidence.add(
                "job " + job.id() + " is " + job.phase() + ": " + job.phase().meaning());
        if (elsewhere) {
            evidence.add("another process drives the monitor, so this is what it wrote down last");
        }
        witnessOf(job);
        AuthorityAnswer answer = new AuthorityAnswer(job, evidence, advice);
        if (row.isPresent()) {
            return answer.alive(row.get());
        }
        Authority told = answer.byJournal();
        return told.verdict() == Verdict.UNKNOWN && !elsewhere ? byComparison(job, answer, told) : told;
    }

    /** As it is found now, or as it was when it decided; it is gone once its word is written down. */
    private void witnessOf(CopyJob job) {
        files.witnessSays(job).ifPresent(evidence::add);
        store.journalOf(job.id()).stream()
                .filter(line -> line.trigger().startsWith("WITNESS_"))
                .reduce((earlier, later) -> later)
                .ifPresent(line -> evidence.add("the witness of the reopen was read: " + line.because()));
    }

    private Optional<CopyJob> lastJob() {
        List<CopyJob> touching = store.list().stream()
                .filter(job -> job.spec().monitor().equals(socket))
                .filter(job -> isNamedAlike(job.spec()))
                .toList();
        return touching.isEmpty() ? Optional.empty() : Optional.of(touching.get(touching.size() - 1));
    }

    private boolean isNamedAlike(CopySpec spec) {
        String qdev = spec.backend().qdev();
        return disk.equals(spec.disk())
                || disk.equals(spec.backend().device())
                || disk.equals(qdev)
                || ("/machine/peripheral/" + disk + "/virtio-backend").equals(qdev)
                || (disk + "/virtio-backend").equals(qdev)
                || disk.equals(spec.source().nodeName());
    }

    /** The disk as QEMU shows it now; empty if no QEMU answers. */
    private Optional<BlockInfo> rowOf(Optional<CopyJob> job) throws CopyRefusedException, InterruptedException {
        Monitor monitor = monitors.borrow(socket);
        try {
            monitor.awaitConnected();
            List<BlockInfo> rows = BlockInfo.listFrom(monitor.ask(new QmpCommand.QueryBlock()));
            Optional<BlockInfo> row = job.isPresent() ? AuthorityAnswer.rowOf(job.get(), rows) : Disk.find(rows, disk);
            if (row.isEmpty()) {
                throw new CopyRefusedException(
                        CopyRefusedException.Kind.INPUT,
                        "no disk '" + disk + "' in this QEMU; it has " + String.join(", ", Disk.namesOf(rows)));
            }
            return row;
        } catch (CopyRefusedException e) {
            if (e.kind() == CopyRefusedException.Kind.INPUT) {
                throw e;
            }
            evidence.add("no QEMU answers: " + e.getMessage());
            return Optional.empty();
        } finally {
            monitors.giveBack(monitor);
        }
    }

    private Authority withoutJob(Optional<BlockInfo> row, boolean elsewhere) {
        evidence.add("this store knows no copy of disk '" + disk + "' on this monitor");
        if (row.isEmpty() || row.get().inserted() == null) {
            advice.add(elsewhere ? "ask again when the other process has ended" : "nothing can be said of this disk");
            return new Authority(Verdict.UNKNOWN, "", evidence, advice);
        }
        evidence.add("QEMU has it on "
                + (row.get().inserted().nodeName() == null
                        ? "file " + row.get().inserted().file()
                        : "node " + row.get().inserted().nodeName()));
        return new Authority(Verdict.SOURCE, row.get().inserted().file(), evidence, advice);
    }

    /** QEMU is dead and nothing was written down: where both images are the same, nobody has to know more. */
    private Authority byComparison(CopyJob job, AuthorityAnswer answer, Authority told) {
        Optional<String> use = files.mayBeInUse(job);
        if (use.isPresent()) {
            evidence.add(use.get() + "; so the images were not compared");
            return new Authority(Verdict.UNKNOWN, "", evidence, advice);
        }
        boolean plain = job.spec().source().format().equals("raw")
                && job.spec().source().chain().size() == 1
                && job.spec().destination().format() == ImageFormat.RAW;
        if (!plain) {
            evidence.add(
                    "the images were not compared: that is done for two raw ones; 'qemu-img compare' does it for others");
            return new Authority(Verdict.UNKNOWN, "", evidence, advice);
        }
        try {
            long differsAt = Files.mismatch(
                    Path.of(job.spec().source().file()),
                    job.spec().destination().path());
            evidence.add(
                    differsAt < 0
                            ? "both images are the same, byte by byte: either is safe"
                            : "the images differ, first at byte " + differsAt);
            return differsAt < 0 ? answer.equal() : new Authority(Verdict.UNKNOWN, told.image(), evidence, advice);
        } catch (IOException e) {
            evidence.add("the images can't be compared: " + e.getMessage());
            return new Authority(Verdict.UNKNOWN, "", evidence, advice);
        }
    }
}
