package dev.blockcopy.engine;

import dev.blockcopy.engine.Authority.Verdict;
import dev.blockcopy.engine.image.ImageFormat;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.model.qmp.BlockDeviceInfo;
import dev.blockcopy.model.qmp.BlockInfo;
import dev.blockcopy.model.qmp.QmpCommand;
import dev.blockcopy.model.qmp.StatusInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

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
    private final UnaryOperator<String> command;
    private final JobOfDisk jobOfDisk;
    private final Path socket;
    private final String disk;
    /** Why there is no QEMU to look at, a line each. */
    private final List<String> silence = new ArrayList<>();
    /** Why the guest may run in another QEMU; empty if it is in the one that was looked at. */
    private Optional<String> away = Optional.empty();

    AuthorityQuestion(
            CopyJobs jobs,
            JobStore store,
            Monitors monitors,
            HostFiles files,
            UnaryOperator<String> command,
            Path socket,
            String disk) {
        this.jobs = jobs;
        this.files = files;
        this.store = store;
        this.monitors = monitors;
        this.command = command;
        this.jobOfDisk = new JobOfDisk(store, socket, disk);
        this.socket = socket;
        this.disk = disk;
    }

    Authority answer() throws CopyRefusedException, InterruptedException {
        Optional<JobOfDisk.Found> named = jobOfDisk.byNames();
        if (named.isPresent()) {
            return ofJob(named.get(), isAt(named.get().job()) ? Optional.empty() : look(socket));
        }
        Optional<QemuSeen> qemu = look(socket);
        Optional<JobOfDisk.Found> found = qemu.isPresent() ? jobOfDisk.inQemu(qemu.get()) : jobOfDisk.byFormerMonitor();
        return found.isPresent() ? ofJob(found.get(), qemu) : withoutJob(qemu);
    }

    private boolean isAt(CopyJob job) {
        return SameFile.is(job.spec().monitor(), socket);
    }

    /**
     * The answer for a job.
     *
     * @param asked what the QEMU on the monitor that was named showed, if that is not the job's own monitor
     */
    private Authority ofJob(JobOfDisk.Found found, Optional<QemuSeen> asked)
            throws CopyRefusedException, InterruptedException {
        Optional<QemuSeen> there = asked.filter(qemu -> qemu.diskOf(found.job()).isPresent());
        boolean isMoved = there.isPresent() && !isAt(found.job());
        JobReport report = settled(found.job(), isMoved);
        CopyJob job = report.job();
        AuthorityAnswer answer = new AuthorityAnswer(job, found.proof(), command);
        List<String> evidence = answer.words().evidence();
        evidence.add(
                "job " + job.id() + " is " + job.phase() + ": " + job.phase().meaning());
        if (!job.hasEnded() && !report.owner().isEmpty() && !report.isDrivenHere()) {
            evidence.add(report.owner() + " drives it, so this is what that wrote down last");
            return answer.driven();
        }
        if (report.isDrivenHere() && !Settling.isInPlace(report)) {
            evidence.add("it was waited for, and goes no further than " + report.state() + ": "
                    + report.state().meaning());
        }
        witnessOf(job, evidence);
        wordFor(job, answer.words());
        jobOfDisk.leftBehindBy(job).ifPresent(answer.words()::beganOnAStaleImage);
        Optional<QemuSeen> qemu = look(isMoved ? socket : job.spec().monitor());
        if (qemu.isPresent()) {
            Authority told = answer.alive(qemu.get());
            return whereItRuns(remembered(job, answer.onTop(), told));
        }
        silence.stream().distinct().forEach(evidence::add);
        Optional<String> use =
                silence.stream().filter(AwayGuest::isToldBy).findFirst().or(() -> files.mayBeInUse(job));
        use.filter(line -> evidence.stream().noneMatch(said -> said.contains(line)))
                .ifPresent(evidence::add);
        Authority told = answer.dead(use.isPresent());
        return told.verdict() == Verdict.UNKNOWN && !job.hasEnded()
                ? byComparison(job, found.proof(), told, use)
                : told;
    }

    /** What is on top of an ended job's image is written down: it has what the guest writes, and a dead QEMU does not tell. */
    private Authority remembered(CopyJob job, Optional<String> onTop, Authority told) {
        boolean isNews = job.hasEnded()
                && onTop.filter(file -> !file.equals(job.findings().onTop())).isPresent();
        if (!isNews) {
            return told;
        }
        try {
            CopyJob seen = job.with(job.findings().withOnTop(onTop.get()));
            store.save(seen, List.of(Lines.onTop(Instant.now(), seen)));
            return told;
        } catch (StoreException e) {
            List<String> evidence = new ArrayList<>(told.evidence());
            evidence.add("what is on top could not be written down: " + e.getMessage());
            return new Authority(told.verdict(), told.image(), evidence, told.advice());
        }
    }

    private JobReport settled(CopyJob job, boolean isMoved) throws CopyRefusedException, InterruptedException {
        boolean isOutOfReach = isMoved && !Files.exists(job.spec().monitor());
        return job.hasEnded() || isOutOfReach ? jobs.find(job.id()) : new Settling(jobs, monitors).settle(job);
    }

    /** The images are the same wherever the guest runs, and nothing is to be done with them here. */
    private Authority whereItRuns(Authority told) {
        if (away.isEmpty()) {
            return told;
        }
        List<String> evidence = new ArrayList<>(told.evidence());
        evidence.add(away.get());
        return new Authority(told.verdict(), told.image(), evidence, List.of(AwayGuest.ADVICE));
    }

    /** As it is found now, or as it was when it decided; it is gone once its word is written down. */
    private void witnessOf(CopyJob job, List<String> evidence) {
        files.witnessSays(job).ifPresent(evidence::add);
        store.journalOf(job.id()).stream()
                .filter(line -> line.trigger().startsWith("WITNESS_"))
                .reduce((earlier, later) -> later)
                .ifPresent(line -> evidence.add("the witness of the reopen was read: " + line.because()));
    }

    private void wordFor(CopyJob job, AuthorityWords words) {
        store.journalOf(job.id()).forEach(line -> {
            if (line.trigger().equals(Trigger.KEEP_SOURCE.name())) {
                words.restsOnAWord(line, Verdict.SOURCE);
            } else if (line.trigger().equals(Trigger.KEEP_DESTINATION.name())) {
                words.restsOnAWord(line, Verdict.DESTINATION);
            }
        });
    }

    /** What the QEMU behind a monitor shows now; empty if none answers. */
    private Optional<QemuSeen> look(Path at) throws InterruptedException {
        try {
            Monitor monitor = monitors.borrow(at);
            try {
                monitor.awaitConnected();
                away = AwayGuest.words(StatusInfo.from(monitor.ask(new QmpCommand.QueryStatus())));
                return Optional.of(QemuSeen.at(monitor));
            } finally {
                monitors.giveBack(monitor);
            }
        } catch (CopyRefusedException e) {
            silence.add("no QEMU answers: " + e.getMessage());
            return Optional.empty();
        }
    }

    private Authority withoutJob(Optional<QemuSeen> qemu) throws CopyRefusedException {
        List<String> evidence = new ArrayList<>(silence);
        evidence.add("this store knows no copy of disk '" + disk + "' on this monitor");
        List<String> advice = new ArrayList<>();
        if (qemu.isPresent()) {
            BlockDeviceInfo image = imageIn(qemu.get());
            evidence.add("QEMU has it on " + (image.nodeName() == null ? "" : "node " + image.nodeName() + ", ")
                    + "file " + image.file() + "; whether that is the newest image of it, no copy here tells");
            advice.add("QEMU runs on " + image.file() + ": start no other QEMU on that, and delete nothing");
        }
        advice.add("if the disk was ever copied, name the store of that copy (--store): " + command("jobs")
                + " lists what this one knows");
        return new Authority(Verdict.UNKNOWN, "", evidence, advice);
    }

    private String command(String words) {
        return "'" + command.apply(words) + "'";
    }

    private BlockDeviceInfo imageIn(QemuSeen qemu) throws CopyRefusedException {
        return Disk.find(qemu.disks(), disk)
                .map(BlockInfo::inserted)
                .orElseThrow(() -> new CopyRefusedException(
                        CopyRefusedException.Kind.INPUT,
                        "no disk '" + disk + "' with an image in this QEMU; it has "
                                + String.join(", ", Disk.namesOf(qemu.disks()))));
    }

    /** QEMU is dead and nothing was written down: where both images are the same, nobody has to know more. */
    private Authority byComparison(CopyJob job, JobOfDisk.Proof proof, Authority told, Optional<String> use) {
        CopySpec spec = job.spec();
        boolean plain = spec.source().format().equals("raw")
                && spec.source().chain().size() == 1
                && spec.destination().format() == ImageFormat.RAW;
        List<String> evidence = new ArrayList<>(told.evidence());
        if (use.isPresent()) {
            evidence.add("so the images were not compared");
        } else if (!plain) {
            evidence.add(
                    "the images were not compared: that is done for two raw ones; 'qemu-img compare' does it for others");
        } else {
            try {
                long differsAt = Files.mismatch(
                        Path.of(spec.source().file()), spec.destination().path());
                if (differsAt < 0) {
                    evidence.add("both images are the same, byte by byte: either is safe");
                    AuthorityAnswer equal = new AuthorityAnswer(job, proof, command);
                    equal.words().evidence().addAll(evidence);
                    return equal.equal();
                }
                evidence.add("the images differ, first at byte " + differsAt);
            } catch (IOException e) {
                evidence.add("the images can't be compared: " + e.getMessage());
            }
        }
        return new Authority(Verdict.UNKNOWN, "", evidence, told.advice());
    }
}
