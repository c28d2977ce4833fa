package dev.blockcopy.engine.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.blockcopy.engine.CopyJobs;
import dev.blockcopy.engine.CopyRefusedException;
import dev.blockcopy.engine.CopyRequest;
import dev.blockcopy.engine.CopyRequestBuilder;
import dev.blockcopy.engine.JobReport;
import dev.blockcopy.engine.image.ImageFormat;
import dev.blockcopy.engine.qmp.RealQemu;
import dev.blockcopy.engine.standard.StandardEngine;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.qmp.BlockInfo;
import dev.blockcopy.model.qmp.QmpCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** A real QEMU with a disk, a folder of images, and an engine with a store of its own. */
final class Scene implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(30);

    private final Path dir;
    private final Path images;
    private RealQemu qemu;
    private CopyJobs engine;

    Scene(Path dir) throws IOException {
        this.dir = dir;
        this.images = Files.createDirectory(dir.resolve("images"));
    }

    Path image(String name) {
        return images.resolve(name);
    }

    Path store() {
        return dir.resolve("jobs.db");
    }

    /** QEMU with a running guest. */
    RealQemu running(String... arguments) throws IOException {
        qemu = RealQemu.running(dir, arguments);
        return qemu;
    }

    /** QEMU with a guest that was not started. */
    RealQemu prelaunch(String... arguments) throws IOException {
        qemu = RealQemu.start(dir, arguments);
        return qemu;
    }

    /** A drive without a device: all that most stories need. */
    RealQemu runningWith(Path disk) throws IOException {
        return running("-drive", "if=none,id=drive0,format=" + Images.formatOf(disk) + ",file=" + disk);
    }

    RealQemu qemu() {
        return qemu;
    }

    CopyJobs engine() {
        if (engine == null) {
            engine = StandardEngine.open(store());
        }
        return engine;
    }

    CopyRequestBuilder copy(Path destination) {
        return copy("drive0", destination);
    }

    CopyRequestBuilder copy(String disk, Path destination) {
        ImageFormat format = Images.formatOf(destination).equals("raw") ? ImageFormat.RAW : ImageFormat.QCOW2;
        return CopyRequest.of(qemu.monitor(), disk, destination, format);
    }

    /** Starts a copy and waits for its end. */
    JobReport finished(CopyRequestBuilder request) throws CopyRefusedException, InterruptedException {
        return ended(engine().start(request.build()));
    }

    JobReport ended(String job) throws CopyRefusedException, InterruptedException {
        JobReport report = engine().await(job, JobReport::isSettled, SOON);
        assertThat(report.hasEnded())
                .as("%s, %s", report, engine().journalOf(job))
                .isTrue();
        return report;
    }

    /** Starts a copy and waits until it mirrors. */
    String mirroring(CopyRequestBuilder request) throws CopyRefusedException, InterruptedException {
        String job = engine().start(request.build());
        awaitState(job, JobState.MIRRORING);
        return job;
    }

    void awaitState(String job, JobState state) throws CopyRefusedException, InterruptedException {
        JobReport report = engine().await(job, each -> each.state() == state || each.isSettled(), SOON);
        assertThat(report.state()).as("%s, %s", report, engine().journalOf(job)).isEqualTo(state);
    }

    /** The request is refused in one line, and neither QEMU nor a file nor the store knows that it was ever made. */
    void refuses(CopyRefusedException.Kind kind, String words, CopyRequestBuilder request) throws Exception {
        Seen before = look();
        List<String> jobs = jobs();

        CopyRefusedException refusal =
                catchThrowableOfType(CopyRefusedException.class, () -> engine().start(request.build()));

        assertThat(refusal).as("refusal of %s", request.build()).isNotNull();
        assertThat(refusal).hasMessageContaining(words);
        assertThat(refusal.getMessage()).doesNotContain("\n").doesNotContain("Exception");
        assertThat(refusal.kind()).isEqualTo(kind);
        assertThat(look()).isEqualTo(before);
        assertThat(jobs()).isEqualTo(jobs);
    }

    private List<String> jobs() {
        return engine().list().stream()
                .map(report -> report.id() + " is " + report.phase())
                .toList();
    }

    Seen look() throws Exception {
        return Seen.in(qemu, images);
    }

    /** The names of the images. */
    Set<String> files() throws IOException {
        return Seen.fileNamesIn(images);
    }

    /** The only disk of this QEMU. */
    BlockInfo disk() throws Exception {
        List<BlockInfo> disks = BlockInfo.listFrom(qemu.ask(new QmpCommand.QueryBlock()));
        assertThat(disks).hasSize(1);
        return disks.get(0);
    }

    /** The guest is on the copy and nothing else of ours is left, in QEMU or among the files. */
    void pivotedWithoutATrace(JobReport report, Seen before) throws Exception {
        assertThat(report.phase()).isEqualTo(JobState.PIVOTED);
        assertThat(report.job().findings().leftOver()).isEmpty();
        Seen now = look();
        String ours = report.job().spec().nodeName();
        assertThat(disk().inserted().nodeName()).isEqualTo(ours);
        assertThat(now.jobs()).isEmpty();
        assertThat(now.nodes()).contains(ours, ours + "-file");
        assertThat(now.nodes()).allMatch(node -> before.nodes().contains(node) || node.startsWith(ours));
        assertThat(now.runState()).isEqualTo(before.runState());
        assertThat(files()).filteredOn(name -> name.contains("blockcopy")).isEmpty();
    }

    /** The guest is on the source, and nothing of ours is left in QEMU. */
    void endedOnSourceWithoutATrace(JobReport report, Seen before) throws Exception {
        assertThat(report.job().findings().leftOver()).isEmpty();
        Seen now = look();
        assertThat(now.disks()).isEqualTo(before.disks());
        assertThat(now.jobs()).isEmpty();
        assertThat(now.nodes()).isEqualTo(before.nodes());
        assertThat(now.runState()).isEqualTo(before.runState());
        assertThat(files()).filteredOn(name -> name.contains("blockcopy")).isEmpty();
    }

    /** The engine leaves, as a process that ends does; the next call of {@link #engine} is a new one. */
    void engineLeaves() {
        if (engine != null) {
            engine.close();
            engine = null;
        }
    }

    @Override
    public void close() {
        engineLeaves();
        if (qemu != null) {
            qemu.close();
        }
    }
}
