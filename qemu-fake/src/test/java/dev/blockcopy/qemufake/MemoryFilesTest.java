package dev.blockcopy.qemufake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** What a power loss leaves of files in memory. */
class MemoryFilesTest {
    private static final int BLOCK = 4096;

    private final MemoryFiles files = new MemoryFiles();
    private final MemoryHost host = new MemoryHost(files);

    private void write(String name, long offset, int value) {
        Image image = new Image(name, Driver.RAW, null);
        host.perform(new HostWork.Open(List.of(new HostWork.Wanted(name, name, true, Driver.RAW, false, null))));
        host.perform(new HostWork.Write(image, null, offset, Payload.pattern(value, BLOCK)));
    }

    private void flush(String name) {
        host.perform(new HostWork.Flush(new Image(name, Driver.RAW, null)));
    }

    private int first(String name, long offset) {
        return files.read(name, offset, 1)[0];
    }

    private void image(String name) {
        files.create(name, 8 * BLOCK);
        files.sync(name);
        files.syncNames("/d");
    }

    @Test
    void keepsWhatWasFlushedAndOfTheRestWhatChanceLeaves() {
        image("/d/a");
        write("/d/a", 0, 1);
        flush("/d/a");
        write("/d/a", 0, 2);
        write("/d/a", BLOCK, 3);
        boolean[] next = {true};
        files.losePower(() -> next[0] = !next[0]);
        assertThat(first("/d/a", 0)).isEqualTo(1);
        assertThat(first("/d/a", BLOCK)).isEqualTo(3);
        files.losePower(() -> false);
        assertThat(first("/d/a", BLOCK)).isEqualTo(3);
    }

    @Test
    void losesNothingWhenAllHasComeToTheDisk() {
        image("/d/a");
        write("/d/a", 0, 2);
        files.losePower(() -> true);
        assertThat(first("/d/a", 0)).isEqualTo(2);
    }

    @Test
    void losesANameThatItsDirectoryWasNotSyncedFor() {
        image("/d/a");
        files.create("/d/b", BLOCK);
        files.sync("/d/b");
        files.link("/d/b", "/d/c");
        files.losePower(() -> false);
        assertThat(files.names()).containsExactly("/d/a");
    }

    @Test
    void keepsANameThatWasGivenAndSyncedAndForgetsTheOneThatWasTaken() {
        image("/d/a");
        files.link("/d/a", "/d/c");
        files.delete("/d/a");
        files.syncNames("/d");
        files.losePower(() -> false);
        assertThat(files.names()).containsExactly("/d/c");
    }

    @Test
    void bringsBackANameWhoseRemovalWasNotSynced() {
        image("/d/a");
        files.delete("/d/a");
        files.losePower(() -> false);
        assertThat(files.names()).containsExactly("/d/a");
    }

    @Test
    void losesALengthThatWasNotSynced() {
        image("/d/a");
        files.extend("/d/a", 16 * BLOCK);
        files.losePower(() -> false);
        assertThat(files.size("/d/a")).isEqualTo(8 * BLOCK);
    }

    /** Names come to the disk, and nothing after them. */
    private record NamesOnly(int[] left) implements BooleanSupplier {
        NamesOnly(int names) {
            this(new int[] {names});
        }

        @Override
        public boolean getAsBoolean() {
            return left[0]-- > 0;
        }
    }

    @Test
    void aGuestsFlushMakesItsDiskSafeAndNotTheTargetOfItsMirror() {
        Bench bench = new Bench();
        bench.mirror(Map.of("copy-mode", "write-blocking"));
        bench.settle();
        bench.files.sync("src");
        bench.files.sync("dst");
        bench.guestWrites(0, 7);
        bench.make(new QemuMove.GuestFlush("drive0"));
        bench.files.losePower(new NamesOnly(2));
        assertThat(bench.host.read("src", 0, 1)[0]).isEqualTo((byte) 7);
        assertThat(bench.host.read("dst", 0, 1)[0]).isZero();
    }
}
