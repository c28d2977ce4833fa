package dev.blockcopy.engine.acceptance;

import static dev.blockcopy.engine.acceptance.Images.MIB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.engine.Answer;
import dev.blockcopy.engine.CopyRequestBuilder;
import dev.blockcopy.engine.qmp.NeedsRealQemu;
import dev.blockcopy.model.lifecycle.Facts.Copy;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.model.qmp.QmpCommand;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is written while a job streams and mirrors is on the copy. The writes come from the second monitor ({@code
 * qemu-io}), and never at the instant of a pivot: QEMU 7.2 aborts then, for they pass by its drain ({@code child->perm &
 * BLK_PERM_WRITE}), which no guest can do.
 */
@NeedsRealQemu
@Timeout(120)
class GuestWritesTest {

    private static final int PLACES = 128;
    private static final int PLACE_KIB = 64;

    @TempDir
    Path dir;

    private Scene scene;
    private Path source;
    private Path destination;
    private final Map<Integer, Integer> acknowledged = new TreeMap<>();
    private int writes;

    @BeforeEach
    void makeDisk() throws Exception {
        scene = new Scene(dir);
        source = Images.raw(scene.image("disk.raw"), 8 * MIB, 7 * MIB);
        destination = scene.image("copy.raw");
        scene.runningWith(source);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    /** Writes here and there, never the same twice in a row at one place. */
    private void write(int times) throws Exception {
        for (int time = 0; time < times; time++) {
            int place = writes * 37 % PLACES;
            int pattern = 1 + writes % 251;
            scene.qemu().io("drive0", "write -P " + pattern + " " + place * PLACE_KIB + "k 8k");
            acknowledged.put(place, pattern);
            writes++;
        }
    }

    private void guestReadsWhatWasAcknowledged() throws Exception {
        assertThat(acknowledged).isNotEmpty();
        for (Map.Entry<Integer, Integer> write : acknowledged.entrySet()) {
            scene.qemu().io("drive0", "read -P " + write.getValue() + " " + write.getKey() * PLACE_KIB + "k 8k");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void keepsWhatIsWrittenWhileItStreamsAndMirrors(boolean synchronous) throws Exception {
        CopyRequestBuilder request = scene.copy(destination).speed(MIB).bufSize(MIB);
        Seen before = scene.look();
        String job = scene.engine().start((synchronous ? request.synchronousWrites() : request).build());
        scene.awaitState(job, JobState.STREAMING);
        write(40);
        assertThat(scene.engine().find(job).phase()).isEqualTo(JobState.STREAMING);
        hurry(job);
        scene.awaitState(job, JobState.MIRRORING);
        write(40);

        assertThat(scene.engine().ask(job, Trigger.PIVOT)).isEqualTo(Answer.ACCEPTED);

        scene.pivotedWithoutATrace(scene.ended(job), before);
        assertThat(Images.areIdentical(source, destination)).isTrue();
        guestReadsWhatWasAcknowledged();
    }

    private void hurry(String job) throws Exception {
        scene.qemu().ask(new QmpCommand.BlockJobSetSpeed(job, 0));
    }

    @Test
    void cutsACopyAtOneInstant() throws Exception {
        String job = scene.mirroring(scene.copy(destination));
        write(40);

        assertThat(scene.engine().ask(job, Trigger.CANCEL)).isEqualTo(Answer.ACCEPTED);

        assertThat(scene.ended(job).copy()).isEqualTo(Copy.POINT_IN_TIME);
        assertThat(Images.areIdentical(source, destination)).isTrue();
        write(1);
        assertThat(Images.areIdentical(source, destination)).isFalse();
        guestReadsWhatWasAcknowledged();
    }
}
