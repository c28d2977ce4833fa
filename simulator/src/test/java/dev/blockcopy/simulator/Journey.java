package dev.blockcopy.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.engine.Answer;
import dev.blockcopy.engine.Authority;
import dev.blockcopy.engine.CopyJobs;
import dev.blockcopy.engine.CopyRefusedException;
import dev.blockcopy.engine.CopyRequest;
import dev.blockcopy.engine.CopyRequestBuilder;
import dev.blockcopy.engine.JobReport;
import dev.blockcopy.engine.Probe;
import dev.blockcopy.engine.image.ImageFormat;
import dev.blockcopy.engine.standard.StandardEngine;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.model.qmp.BlockDeviceInfo;
import dev.blockcopy.model.qmp.JobInfo;
import dev.blockcopy.model.qmp.QmpCommand;
import dev.blockcopy.qemufake.Dialect;
import dev.blockcopy.qemufake.server.FakeQemu;
import dev.blockcopy.qemufake.server.FakeQemuBuilder;
import dev.blockcopy.simulator.live.Deadline;
import dev.blockcopy.simulator.live.DiskCheck;
import dev.blockcopy.simulator.live.NotInTimeException;
import dev.blockcopy.simulator.live.Onlooker;
import dev.blockcopy.simulator.live.SeededDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** One copy from its start to its end: a fake QEMU with a writing guest, the real engine, a socket between them. */
final class Journey implements AutoCloseable {
    static final String DRIVE = "drive0";
    /** Less than what the guest writes over and over: never ready. */
    static final long CRAWL = 1 << 20;
    /** More than that, but not ready at once. */
    static final long WALK = 16 << 20;

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int WRITES_PER_SECOND = 100;

    private final Path dir;
    private final SeededDisk disk = new SeededDisk(7, 8 << 20);
    private final Deadline deadline = Deadline.in(LIMIT);
    private final FakeQemu qemu;
    private final Onlooker onlooker;
    private CopyJobs jobs;
    private String id;

    Journey(Path dir, Dialect dialect, String... faults) throws IOException {
        this.dir = dir;
        disk.writeTo(source());
        FakeQemuBuilder builder =
                FakeQemu.builder().dialect(dialect).drive(DRIVE, source()).guest(WRITES_PER_SECOND);
        for (String fault : faults) {
            builder.fault(fault);
        }
        this.qemu = builder.start(dir.resolve("qmp"), dir.resolve("onlooker"));
        this.onlooker = Onlooker.at(dir.resolve("onlooker"), deadline);
        this.jobs = open();
    }

    private CopyJobs open() {
        return StandardEngine.open(dir.resolve("jobs.db"));
    }

    Path source() {
        return dir.resolve("source.raw");
    }

    Path destination() {
        return dir.resolve("destination.raw");
    }

    FakeQemu qemu() {
        return qemu;
    }

    Onlooker onlooker() {
        return onlooker;
    }

    CopyRequestBuilder request() {
        return CopyRequest.of(dir.resolve("qmp"), DRIVE, destination(), ImageFormat.RAW);
    }

    void start(CopyRequestBuilder request) throws CopyRefusedException, InterruptedException {
        id = jobs.start(request.build());
    }

    /** The engine closes, with whatever it does, and another one takes over. */
    void handOver() throws InterruptedException {
        jobs.close();
        jobs = open();
        assertThat(jobs.takeOver()).containsExactly(id);
    }

    Probe probe() throws CopyRefusedException, InterruptedException {
        return jobs.probe(dir.resolve("qmp"));
    }

    Authority authority() throws CopyRefusedException, InterruptedException {
        return jobs.authority(dir.resolve("qmp"), DRIVE);
    }

    Answer ask(Trigger request) throws CopyRefusedException, InterruptedException {
        return jobs.ask(id, request);
    }

    /** Waits until the job stands there. */
    JobReport await(JobState state) throws CopyRefusedException, InterruptedException, NotInTimeException {
        JobReport report =
                jobs.await(id, now -> now.state() == state || now.isSettled(), deadline.left("a job that is " + state));
        assertThat(report.state()).as(report.toString()).isEqualTo(state);
        return report;
    }

    /** The states of the job's way, in order. */
    List<String> way() throws CopyRefusedException {
        return jobs.journalOf(id).stream().map(line -> line.to()).toList();
    }

    /** The guest writes some more, and then nothing writes any more. */
    void letGuestWriteAndStop() throws InterruptedException, NotInTimeException {
        int wanted = qemu.guest().acknowledged().size() + 20;
        assertThat(qemu.guest().awaitAcknowledged(wanted, deadline.left("further writes")))
                .isTrue();
        qemu.close();
    }

    /** What an image holds of all that the guest was told that it wrote. */
    DiskCheck check(Path image) throws IOException {
        return DiskCheck.of(image, disk, qemu.guest().acknowledged());
    }

    /** What is left in QEMU beyond the disk itself. */
    void assertNothingLeftBut(String... nodes) throws IOException, NotInTimeException {
        assertThat(JobInfo.listFrom(onlooker.ask(new QmpCommand.QueryJobs()))).isEmpty();
        Object answer = onlooker.ask(new QmpCommand.QueryNamedBlockNodes(true));
        assertThat(BlockDeviceInfo.listFrom(answer))
                .extracting(BlockDeviceInfo::file)
                .containsOnly(nodes);
    }

    /** The files beside the source and the store. */
    List<String> images() throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.contains("raw"))
                    .sorted()
                    .toList();
        }
    }

    /** Everything that crossed the wire, for whoever has to find out why. */
    String wire() {
        StringBuilder text = new StringBuilder();
        qemu.journal().entries().forEach(entry -> text.append(entry).append('\n'));
        return text.toString();
    }

    @Override
    public void close() {
        jobs.close();
        onlooker.close();
        qemu.close();
    }
}
