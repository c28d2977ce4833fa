package dev.blockcopy.engine.acceptance;

import static dev.blockcopy.engine.acceptance.Images.MIB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.engine.Authority;
import dev.blockcopy.engine.Authority.Verdict;
import dev.blockcopy.engine.JobReport;
import dev.blockcopy.engine.qmp.NeedsRealQemu;
import dev.blockcopy.model.lifecycle.Facts.Wish;
import dev.blockcopy.model.lifecycle.JobState;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** After a pivot a person asks which image the disk is: by whatever name, and whatever QEMU was started since. */
@NeedsRealQemu
@Timeout(120)
class WhichImageTest {

    @TempDir
    Path dir;

    private Scene scene;
    private Path source;
    private Path copy;
    private String job;

    @BeforeEach
    void pivot() throws Exception {
        scene = new Scene(dir);
        source = Images.raw(scene.image("disk.raw"), 4 * MIB, MIB);
        copy = scene.image("copy.raw");
        startQemu(source, "vda");
        JobReport report = scene.finished(scene.copy("vda", copy).wish(Wish.PIVOT));
        assertThat(report.phase()).isEqualTo(JobState.PIVOTED);
        job = report.id();
    }

    @AfterEach
    void close() {
        scene.close();
    }

    /** A running guest with one disk, whose node is called {@code disk0}, as a configuration names it that outlives a pivot. */
    private void startQemu(Path image, String device) throws Exception {
        scene.running(
                "-M",
                "pc",
                "-accel",
                "tcg",
                "-blockdev",
                "driver=raw,node-name=disk0,file.driver=file,file.filename=" + image,
                "-device",
                "virtio-blk-pci,id=" + device + ",drive=disk0");
    }

    private void startAnew(Path image, String device) throws Exception {
        scene.qemu().close();
        startQemu(image, device);
    }

    private Authority asked(Path monitor, String disk) throws Exception {
        return scene.engine().authority(monitor, disk);
    }

    private static void isNamed(Authority authority, Verdict verdict, Path image) {
        assertThat(authority.verdict()).as("%s", authority).isEqualTo(verdict);
        assertThat(authority.image()).as("%s", authority).isEqualTo(image.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"vda", "sdb"})
    void isStillTheDestinationWhereTheStaleSourceWasStartedAnew(String device) throws Exception {
        startAnew(source, device);

        Authority authority = asked(scene.qemu().monitor(), device);

        isNamed(authority, Verdict.DESTINATION, copy);
        assertThat(authority.evidence()).anyMatch(line -> line.startsWith(source + " IS STALE"));
        assertThat(authority.advice().get(0)).startsWith("STOP THE QEMU THAT ANSWERS NOW, and start it on " + copy);
        scene.qemu().kill();
        isNamed(asked(scene.qemu().monitor(), "vda"), Verdict.DESTINATION, copy);
    }

    @ParameterizedTest
    @ValueSource(strings = {"vda", "sdb"})
    void isTheDestinationWhereThatWasStartedAnew(String device) throws Exception {
        startAnew(copy, device);

        Authority authority = asked(scene.qemu().monitor(), device);

        isNamed(authority, Verdict.DESTINATION, copy);
        assertThat(authority.advice().get(0)).contains("nothing is to be done");
    }

    /** The image was given to another domain, or this one was started with its monitor elsewhere: nobody here can tell. */
    @Test
    void isUnknownWhereTheStaleSourceIsOnAMonitorOfAnotherName() throws Exception {
        startAnew(source, "vda");
        Path elsewhere = Files.move(scene.qemu().monitor(), dir.resolve("elsewhere.sock"));

        Authority authority = asked(elsewhere, "vda");

        isNamed(authority, Verdict.UNKNOWN, Path.of(""));
        assertThat(authority.evidence()).anyMatch(line -> line.startsWith(source + " IS STALE"));
    }

    @ParameterizedTest
    @CsvSource({
        "device,          qmp.sock",
        "device,          relative path",
        "device,          link",
        "device,          second monitor",
        "path of device,  qmp.sock",
        "path of device,  link",
        "node at start,   qmp.sock",
        "node now,        qmp.sock",
        "node now,        second monitor",
        "source,          qmp.sock",
        "link to source,  relative path",
        "copy,            qmp.sock",
        "link to copy,    link",
        "job,             qmp.sock",
    })
    void isKnownByAnyOfItsNames(String disk, String monitor) throws Exception {
        Path socket = socket(monitor);
        String name = name(disk);

        isNamed(asked(socket, name), Verdict.DESTINATION, copy);

        scene.qemu().kill();
        boolean isKnownOnlyThere = monitor.equals("second monitor") && disk.equals("device");
        isNamed(
                asked(socket, name),
                isKnownOnlyThere ? Verdict.UNKNOWN : Verdict.DESTINATION,
                isKnownOnlyThere ? Path.of("") : copy);
    }

    private Path socket(String monitor) throws Exception {
        Path first = scene.qemu().monitor();
        return switch (monitor) {
            case "relative path" -> Path.of("").toAbsolutePath().relativize(first);
            case "link" -> Files.createSymbolicLink(dir.resolve("link.sock"), first.getFileName());
            case "second monitor" -> {
                scene.qemu().control().close();
                yield scene.qemu().secondMonitor();
            }
            default -> first;
        };
    }

    private String name(String disk) throws Exception {
        return switch (disk) {
            case "device" -> "vda";
            case "path of device" -> "/machine/peripheral/vda/virtio-backend";
            case "node at start" -> "disk0";
            case "node now" -> "copy-" + job.substring(job.lastIndexOf('-') + 1);
            case "source" -> source.toString();
            case "link to source" ->
                Files.createSymbolicLink(dir.resolve("disk"), source).toString();
            case "copy" -> copy.toString();
            case "link to copy" ->
                Files.createSymbolicLink(dir.resolve("new"), copy).toString();
            default -> job;
        };
    }
}
