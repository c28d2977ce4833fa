package dev.blockcopy.engine.acceptance;

import static dev.blockcopy.engine.CopyRefusedException.Kind.ENVIRONMENT;
import static dev.blockcopy.engine.CopyRefusedException.Kind.INPUT;
import static dev.blockcopy.engine.acceptance.Images.MIB;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.blockcopy.engine.CopyRequestBuilder;
import dev.blockcopy.engine.qmp.NeedsRealQemu;
import dev.blockcopy.engine.qmp.RealQemu;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A destination that can't be one is refused in one line, and nothing is changed: no file, no node, no job. */
@NeedsRealQemu
@Timeout(120)
class RefusedDestinationTest {

    @TempDir
    Path dir;

    private Scene scene;
    private Path base;
    private Path source;

    @BeforeEach
    void makeDisk() throws Exception {
        scene = new Scene(dir);
        base = Images.qcow2(scene.image("base.qcow2"), 4 * MIB, MIB);
        source = Images.overlay(scene.image("disk.qcow2"), base);
        scene.runningWith(source);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private CopyRequestBuilder reuse(Path destination) {
        return scene.copy(destination).reuseExternal();
    }

    /** The source's own file and its backing file, by every name that they have. */
    static Stream<String> namesOfTheSource() {
        return Stream.of(
                "disk.qcow2", "base.qcow2", "hard.qcow2", "soft.qcow2", "../images/disk.qcow2", "link/disk.qcow2");
    }

    private Path named(String name) throws Exception {
        Files.createLink(scene.image("hard.qcow2"), source);
        Files.createSymbolicLink(scene.image("soft.qcow2"), base);
        Files.createSymbolicLink(scene.image("link"), scene.image(""));
        return scene.image(name);
    }

    @ParameterizedTest
    @MethodSource("namesOfTheSource")
    void neverTakesTheSourceForADestination(String name) throws Exception {
        Path destination = named(name);

        scene.refuses(INPUT, "is the same file as the source's", reuse(destination));
        scene.refuses(
                INPUT, "is the same file as the source's", reuse(destination).shallow());
        scene.refuses(INPUT, "is the same file as the source's", scene.copy(destination));
        scene.refuses(
                INPUT,
                "is the same file as the source's",
                scene.copy(destination).shallow());
    }

    @Test
    void neverTakesTheSourceForARawDestination() throws Exception {
        Path destination = Files.createSymbolicLink(scene.image("soft.raw"), source);

        scene.refuses(INPUT, "is the same file as the source's", reuse(destination));
        scene.refuses(INPUT, "is the same file as the source's", scene.copy(destination));
    }

    @Test
    void asksForAnAbsolutePath() throws Exception {
        scene.refuses(INPUT, "is not an absolute path", scene.copy(Path.of("copy.raw")));
    }

    @Test
    void asksForADirectoryThatIsThere() throws Exception {
        scene.refuses(INPUT, "is in a directory that does not exist", scene.copy(scene.image("no/copy.raw")));
        scene.refuses(INPUT, "is in something that is not a directory", scene.copy(source.resolve("copy.raw")));
    }

    @Test
    void asksForAFileThatIsThereIfItIsToBeReused() throws Exception {
        scene.refuses(INPUT, "does not exist", reuse(scene.image("copy.raw")));
    }

    @Test
    void overwritesNothingUnasked() throws Exception {
        scene.refuses(INPUT, "exists already", scene.copy(Images.blank(scene.image("copy.raw"), 4 * MIB)));
    }

    @Test
    void doesNotTakeADirectory() throws Exception {
        Path folder = Files.createDirectory(scene.image("folder.raw"));

        scene.refuses(INPUT, "is a directory", reuse(folder));
        scene.refuses(INPUT, "is a directory", scene.copy(folder));
    }

    @Test
    void doesNotFollowALinkToNowhere() throws Exception {
        Path link = Files.createSymbolicLink(scene.image("link.raw"), scene.image("nowhere.raw"));

        scene.refuses(INPUT, "is a symbolic link that leads nowhere", scene.copy(link));
    }

    @ParameterizedTest
    @ValueSource(longs = {4 * MIB - 512, 4 * MIB + 512, 0})
    void asksForARawImageOfTheSameSize(long sizeBytes) throws Exception {
        Path image = Images.blank(scene.image("copy.raw"), sizeBytes);

        scene.refuses(INPUT, "has " + sizeBytes + " bytes, the source's disk 4194304", reuse(image));
    }

    @Test
    void asksForAQcow2ImageOfTheSameSize() throws Exception {
        Path image = Images.blankQcow2(scene.image("copy.qcow2"), 8 * MIB);

        scene.refuses(INPUT, "has 8388608 bytes, the source's disk 4194304", reuse(image));
    }

    @Test
    void probesNoFormat() throws Exception {
        Path image = Images.blank(scene.image("copy.qcow2"), 4 * MIB);

        scene.refuses(INPUT, "is no qcow2 image", reuse(image));
    }

    @Test
    void givesNoBackingFileToARawImage() throws Exception {
        scene.refuses(
                INPUT,
                "a raw image can't have a backing file",
                scene.copy(scene.image("copy.raw")).shallow());
    }

    @Test
    void takesNothingThatAnotherQemuUses() throws Exception {
        Path image = Images.blank(scene.image("copy.raw"), 4 * MIB);
        Path elsewhere = Files.createDirectory(dir.resolve("other"));
        String node = "driver=raw,node-name=n,file.driver=file,file.filename=" + image;
        try (RealQemu other = RealQemu.start(
                elsewhere, "-M", "pc", "-accel", "tcg", "-blockdev", node, "-device", "virtio-blk-pci,drive=n")) {
            scene.refuses(INPUT, "is in use by another process", reuse(image));
            assumeTrue(other.process().isAlive());
        }
    }

    @Test
    void takesNoFileOfItsOwnStore() throws Exception {
        scene.engine();

        scene.refuses(INPUT, "is a file of blockcopy itself", reuse(scene.store()));
    }

    @Test
    void needsAFileThatMayBeWritten() throws Exception {
        Path image = Images.blank(scene.image("copy.raw"), 4 * MIB);
        try (Immutable unwritable = Immutable.make(image)) {
            assumeTrue(unwritable.isHeld(), "chattr +i works for root on some file systems only");
            scene.refuses(ENVIRONMENT, "cannot be opened for writing", reuse(image));
        }
    }

    @Test
    void needsADirectoryThatMayBeWritten() throws Exception {
        Path folder = Files.createDirectory(scene.image("folder"));
        try (Immutable unwritable = Immutable.make(folder)) {
            assumeTrue(unwritable.isHeld(), "chattr +i works for root on some file systems only");
            scene.refuses(ENVIRONMENT, "its directory is not writable", scene.copy(folder.resolve("copy.raw")));
        }
    }
}
