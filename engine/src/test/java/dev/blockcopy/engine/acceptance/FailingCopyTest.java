package dev.blockcopy.engine.acceptance;

import static dev.blockcopy.engine.acceptance.Images.MIB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.blockcopy.engine.JobReport;
import dev.blockcopy.engine.qmp.NeedsRealQemu;
import dev.blockcopy.model.lifecycle.Facts.Copy;
import dev.blockcopy.model.lifecycle.Facts.Wish;
import dev.blockcopy.model.lifecycle.JobState;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A copy that fails on its way ends with the guest on the source, in QEMU's words, and takes away what it made. */
@NeedsRealQemu
@Timeout(120)
class FailingCopyTest {

    @TempDir
    Path dir;

    private Scene scene;
    private Path small;
    private boolean isMounted;

    @BeforeEach
    void makeDisk() throws Exception {
        scene = new Scene(dir);
        small = Files.createDirectory(dir.resolve("small"));
        scene.runningWith(Images.raw(scene.image("disk.raw"), 8 * MIB, 7 * MIB));
        isMounted = run("mount", "-t", "tmpfs", "-o", "size=2m", "none", small.toString());
        assumeTrue(isMounted, "only root can mount a small file system");
    }

    @AfterEach
    void close() throws Exception {
        scene.close();
        if (isMounted) {
            run("umount", small.toString());
        }
    }

    private static boolean run(String... command) throws Exception {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    @Test
    void takesAwayTheFileThatItMadeWhenTheDiskIsFull() throws Exception {
        Path copy = small.resolve("copy.raw");
        Seen before = scene.look();

        JobReport report = scene.finished(scene.copy(copy).wish(Wish.PIVOT));

        assertThat(report.phase()).isEqualTo(JobState.FAILED);
        assertThat(report.copy()).isEqualTo(Copy.WORTHLESS);
        assertThat(report.job().findings().error()).isEqualTo("No space left on device");
        scene.endedOnSourceWithoutATrace(report, before);
        assertThat(small).isEmptyDirectory();
    }

    @Test
    void keepsAFileThatItFoundWhenTheDiskIsFull() throws Exception {
        Path copy = Images.blank(small.resolve("copy.raw"), 8 * MIB);
        Seen before = scene.look();

        JobReport report = scene.finished(scene.copy(copy).reuseExternal().wish(Wish.PIVOT));

        assertThat(report.phase()).isEqualTo(JobState.FAILED);
        assertThat(report.copy()).isEqualTo(Copy.WORTHLESS);
        scene.endedOnSourceWithoutATrace(report, before);
        assertThat(copy).exists();
    }
}
