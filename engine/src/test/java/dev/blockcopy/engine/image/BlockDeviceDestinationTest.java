package dev.blockcopy.engine.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Block devices, played by names in a directory: making real ones takes rights that a test need not have. */
class BlockDeviceDestinationTest {

    private static final long SIZE = 1 << 20;
    private static final FileIdentity DEVICE = FileIdentity.ofBlockDevice(0x700);
    private static final Path NAME = Path.of("/dev/vg/copy");

    @TempDir
    Path directory;

    private final Devices calls = new Devices();

    @Test
    void isReusedWithoutBeingAsked() {
        assertThat(check(NAME, "/dev/vg/source")).isEqualTo(new DestinationVerdict.Existing(NAME, DEVICE, List.of()));
    }

    @Test
    void isTheSourceByItsNumber() {
        calls.source = DEVICE;
        assertThat(((Refusal) check(NAME, "/dev/vg/source")).message()).contains("same file as the source's");
    }

    @Test
    void isTheSourceIfTheSourceLiesUnderIt() throws IOException {
        Path source = Files.createFile(directory.resolve("source.raw"));
        calls.under = List.of(source);
        assertThat(((Refusal) check(NAME, source.toString())).message()).contains("same file as the source's");
    }

    @Test
    void mustNotLieUnderTheSource() throws IOException {
        Path copy = Files.createFile(directory.resolve("copy.raw"));
        calls.source = FileIdentity.ofBlockDevice(0x701);
        calls.under = List.of(copy);
        assertThat(((Refusal) check(copy, "/dev/vg/source")).message()).contains("same file as the source's");
    }

    @Test
    void isRefusedWhileTheHostUsesIt() {
        calls.hostUse = Optional.of("is mounted on /home");
        assertThat(((Refusal) check(NAME, "/dev/vg/source")).message()).contains("is mounted on /home");
    }

    @Test
    void isRefusedInAnotherSize() {
        calls.sizeBytes = SIZE * 2;
        assertThat(((Refusal) check(NAME, "/dev/vg/source")).message()).contains("has 2097152 bytes");
    }

    private DestinationVerdict check(Path destination, String source) {
        var request = new DestinationRequest(
                destination.toString(), ImageFormat.RAW, SIZE, false, List.of(source), List.of());
        return new DestinationCheck(calls).check(request);
    }

    /** Every name below /dev is a block device. */
    private static final class Devices extends ForwardingFileCalls {
        private FileIdentity source = FileIdentity.ofBlockDevice(0x702);
        private List<Path> under = List.of();
        private Optional<String> hostUse = Optional.empty();
        private long sizeBytes = SIZE;

        @Override
        public Optional<FileStatus> status(Path name) throws IOException {
            if (!name.startsWith("/dev")) {
                return super.status(name);
            }
            FileIdentity identity = name.equals(NAME) ? DEVICE : source;
            return Optional.of(new FileStatus(identity, FileStatus.Type.BLOCK_DEVICE, 0));
        }

        @Override
        public ImageUse use(Path file) {
            return ImageUse.FREE;
        }

        @Override
        public Optional<String> hostUse(FileIdentity blockDevice) {
            return hostUse;
        }

        @Override
        public List<Path> filesUnder(FileIdentity blockDevice) {
            return under;
        }

        @Override
        public long sizeOfBlockDevice(Path device) {
            return sizeBytes;
        }
    }
}
