package dev.blockcopy.engine;

import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.model.qmp.BlockInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which of the stored jobs a person means who names a monitor and a disk: always the last one of that disk.
 *
 * <p>A monitor stands for one domain, by whatever path it is named. A domain that was started with its monitor elsewhere is
 * known by the images alone, and that may be another domain with the same image.
 */
final class JobOfDisk {
    /** How surely the job is one of the disk that was named. */
    enum Proof {
        /** The disk of that monitor, or a name that only this job has. */
        NAME,
        /** QEMU has the disk on one of the job's images, and the job ran on another monitor. */
        IMAGE
    }

    /** A job, and why it is this one. */
    record Found(CopyJob job, Proof proof) {}

    private final JobStore store;
    private final List<CopyJob> jobs;
    private final Path socket;
    private final String disk;

    JobOfDisk(JobStore store, Path socket, String disk) {
        this.store = store;
        this.jobs = store.list();
        this.socket = socket;
        this.disk = disk;
    }

    /** Without a word of QEMU. */
    Optional<Found> byNames() {
        return lastOfDisk(job -> isHere(job) && isNamed(job.spec()))
                .or(() -> lastOfDisk(job -> isNamedByItsOwn(job.spec())));
    }

    /** With what the QEMU behind the monitor shows. */
    Optional<Found> inQemu(QemuSeen qemu) {
        Optional<BlockInfo> row = Disk.find(qemu.disks(), disk);
        if (row.isEmpty()) {
            return lastOfDisk(job -> qemu.showsNamesOf(job.spec()) && isNamed(job.spec()));
        }
        return last(job -> qemu.showsNamesOf(job.spec())
                        && GraphEvidence.isBackend(row.get(), job.spec().backend()))
                .map(job -> new Found(job, Proof.NAME))
                .or(() -> last(job -> isHere(job) && qemu.standsOn(job, row.get()) != Trigger.ON_ANOTHER)
                        .map(job -> new Found(job, Proof.NAME)))
                .or(() -> last(job -> qemu.standsOn(job, row.get()) != Trigger.ON_ANOTHER)
                        .map(job -> new Found(job, Proof.IMAGE)));
    }

    /** Where no QEMU answers: a job whose monitor was there once. */
    Optional<Found> byFormerMonitor() {
        return lastOfDisk(job -> isNamed(job.spec()) && wasHere(job));
    }

    /** An earlier job that had moved the disk away from the image on which this one found it; empty if none had. */
    Optional<CopyJob> leftBehindBy(CopyJob job) {
        String source = job.spec().source().file();
        return jobs.stream()
                .takeWhile(earlier -> !earlier.id().equals(job.id()))
                .filter(earlier -> earlier.phase() == JobState.PIVOTED && isSameDisk(earlier, job))
                .reduce((earlier, later) -> later)
                .filter(last -> SameFile.is(last.spec().source().file(), source));
    }

    private static boolean isSameDisk(CopyJob one, CopyJob other) {
        return one.spec().monitor().equals(other.spec().monitor())
                && one.spec().backend().equals(other.spec().backend());
    }

    private boolean isHere(CopyJob job) {
        return SameFile.is(job.spec().monitor(), socket);
    }

    private boolean wasHere(CopyJob job) {
        return store.journalOf(job.id()).stream()
                .flatMap(line -> Lines.movedFrom(line).stream())
                .anyMatch(socket::equals);
    }

    private boolean isNamed(CopySpec spec) {
        return disk.equals(spec.disk())
                || Disk.isCalled(spec.backend(), disk)
                || disk.equals(spec.source().nodeName())
                || SameFile.is(disk, spec.source().file())
                || isNamedByItsOwn(spec);
    }

    /** Names that no other job has. */
    private boolean isNamedByItsOwn(CopySpec spec) {
        return disk.equals(spec.nodeName())
                || disk.equals(spec.id())
                || SameFile.is(disk, spec.destination().path().toString());
    }

    /** The disk may have been copied again since, and be named by what it was called before. */
    private Optional<Found> lastOfDisk(Predicate<CopyJob> wanted) {
        return last(wanted)
                .flatMap(named -> last(job -> isSameDisk(job, named)))
                .map(job -> new Found(job, Proof.NAME));
    }

    private Optional<CopyJob> last(Predicate<CopyJob> wanted) {
        return jobs.stream().filter(wanted).reduce((earlier, later) -> later);
    }
}
