package dev.blockcopy.engine.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DestinationCheckTest {

    private static final long SIZE = 1 << 20;

    @TempDir
    Path directory;

    private Path source;
    private Path backing;
    private Path store;
    private boolean reuse;
    private ImageFormat format = ImageFormat.RAW;

    @BeforeEach
    void makeASource() throws IOException {
        source = sized("source.qcow2", SIZE);
        backing = sized("base.qcow2", SIZE);
        store = sized("jobs.db", SIZE);
    }

    @Test
    void letsANewFileBeMade() throws IOException {
        DestinationVerdict verdict = check(directory.resolve("new.raw"));
        assertThat(verdict)
                .isEqualTo(new DestinationVerdict.ToMake(directory.toRealPath().resolve("new.raw"), List.of()));
        assertThat(directory.resolve("new.raw")).doesNotExist();
    }

    @Test
    void resolvesTheDirectoryOfANewFile() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), directory);
        assertThat(check(link.resolve("new.raw")))
                .isEqualTo(new DestinationVerdict.ToMake(directory.toRealPath().resolve("new.raw"), List.of()));
    }

    @Test
    void refusesARelativePath() {
        refused("new.raw", "not an absolute path");
        refused("", "not an absolute path");
    }

    @Test
    void refusesWhatIsNoFileName() {
        refused("/tmp/a\0b", "not a file name");
        refused("/dev/fdset/3", "set of descriptors");
        refused(directory + "/sub/", "names a directory");
    }

    @Test
    void refusesADirectory() {
        refused(directory.toString(), "is a directory");
        refused("/", "is a directory");
    }

    @Test
    void refusesWhatIsNeitherFileNorBlockDevice() {
        refused("/dev/null", "neither a file nor a block device");
    }

    @Test
    void refusesAMissingDirectory() {
        refused(directory.resolve("no/new.raw"), "directory that does not exist");
        refused(source.resolve("new.raw"), "not a directory");
    }

    @Test
    void refusesADirectoryThatIsNotWritable() {
        FileCalls unwritable = new ForwardingFileCalls() {
            @Override
            public boolean canWriteDirectory(Path name) {
                return false;
            }
        };
        Refusal refusal = (Refusal) new DestinationCheck(unwritable).check(request(directory.resolve("new.raw")));
        assertThat(refusal.kind()).isEqualTo(Refusal.Kind.ENVIRONMENT);
        assertThat(refusal.message()).contains("its directory is not writable");
    }

    @Test
    void refusesAnExistingFileUnlessItMayBeReused() throws IOException {
        Path existing = sized("copy.raw", SIZE);
        refused(
                existing,
                "exists already; choose another name, or use --reuse-external to have the copy written into it");
        refused(sized("empty.raw", 0), "exists already (empty)");
        reuse = true;
        assertThat(check(existing)).isInstanceOf(DestinationVerdict.Existing.class);
    }

    @Test
    void makesAnExistingFileDurableAndItsNameToo() throws IOException {
        Path existing = sized("copy.raw", SIZE);
        reuse = true;
        List<String> calls = new ArrayList<>();
        FileCalls watched = new ForwardingFileCalls() {
            @Override
            void after(String call) {
                calls.add(call);
            }
        };

        new DestinationCheck(watched).check(request(existing));

        assertThat(calls)
                .endsWith("sync copy.raw", "sync " + directory.toRealPath().getFileName());
    }

    @Test
    void leavesAFileThatCannotBeSyncedToQemuAndSaysSo() throws IOException {
        Path existing = sized("copy.raw", SIZE);
        reuse = true;
        FileCalls broken = new ForwardingFileCalls() {
            @Override
            public void sync(Path fileOrDirectory) throws IOException {
                throw new IOException("Input/output error");
            }
        };

        DestinationVerdict verdict = new DestinationCheck(broken).check(request(existing));

        assertThat(((DestinationVerdict.Existing) verdict).leftToQemu())
                .singleElement()
                .asString()
                .contains("survives a loss of power: Input/output error");
    }

    @Test
    void refusesToReuseWhatIsNotThere() {
        reuse = true;
        refused(directory.resolve("new.raw"), "does not exist");
    }

    @Test
    void refusesASymbolicLinkThatLeadsNowhere() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link.raw"), directory.resolve("gone"));
        refused(link, "leads nowhere");
        reuse = true;
        refused(link, "leads nowhere");
    }

    @Test
    void refusesTheSourceUnderEveryName() throws IOException {
        Path symbolic = Files.createSymbolicLink(directory.resolve("symbolic.raw"), source);
        Path hard = Files.createLink(directory.resolve("hard.raw"), source);
        Path behind = Files.createSymbolicLink(directory.resolve("behind"), directory);
        Path dotted = directory.resolve("behind/../" + directory.getFileName() + "/source.qcow2");
        for (boolean mode : new boolean[] {false, true}) {
            reuse = mode;
            for (ImageFormat each : ImageFormat.values()) {
                format = each;
                for (Path name : List.of(source, symbolic, hard, behind.resolve("source.qcow2"), dotted, backing)) {
                    refused(name, "same file as the source's");
                }
            }
        }
    }

    @Test
    void refusesTheSourceByItsOpenDescriptor() throws IOException {
        reuse = true;
        try (RandomAccessFile opened = new RandomAccessFile(source.toFile(), "r")) {
            assertThat(opened.length()).isEqualTo(SIZE);
            Path descriptor = descriptorOf(source);
            refused(descriptor, "same file as the source's");
        }
    }

    @Test
    void givesQemuTheRealNameOfAFile() throws IOException {
        reuse = true;
        Path copy = sized("copy.raw", SIZE);
        try (RandomAccessFile opened = new RandomAccessFile(copy.toFile(), "r")) {
            assertThat(opened.length()).isEqualTo(SIZE);
            DestinationVerdict.Existing existing = (DestinationVerdict.Existing) check(descriptorOf(copy));
            assertThat(existing.path()).isEqualTo(copy.toRealPath());
        }
    }

    @Test
    void opensNothingBeforeItIsKnownToBeAnotherFile() {
        reuse = true;
        FileCalls calls = new ForwardingFileCalls() {
            @Override
            public ImageUse use(Path file) {
                throw new AssertionError("opened " + file);
            }
        };
        assertThat(new DestinationCheck(calls).check(request(source))).isInstanceOf(Refusal.class);
        assertThat(new DestinationCheck(calls).check(request(store))).isInstanceOf(Refusal.class);
    }

    @Test
    void refusesTheJobStore() {
        reuse = true;
        refused(store, "file of blockcopy itself");
    }

    @Test
    void refusesARawFileOfAnotherSize() throws IOException {
        reuse = true;
        refused(sized("smaller.raw", SIZE - 512), "has 1048064 bytes, the source's disk 1048576");
        refused(sized("larger.raw", SIZE + 512), "truncate -s 1048576");
        refused(sized("empty.raw", 0), "has 0 bytes");
        assertThat(check(sized("unrounded.raw", SIZE - 1))).isInstanceOf(DestinationVerdict.Existing.class);
    }

    @Test
    void looksIntoAQcow2Image() throws IOException {
        reuse = true;
        format = ImageFormat.QCOW2;
        assertThat(check(qcow2("fits.qcow2", SIZE))).isInstanceOf(DestinationVerdict.Existing.class);
        refused(qcow2("larger.qcow2", SIZE * 2), "has 2097152 bytes");
        refused(sized("zeroes.raw", SIZE), "is no qcow2 image");
        refused(sized("empty.raw", 0), "is no qcow2 image");
    }

    @Test
    void refusesAnImageInUse() throws IOException {
        reuse = true;
        Path busy = sized("busy.raw", SIZE);
        FileCalls calls = using(ImageUse.IN_USE);
        Refusal refusal = (Refusal) new DestinationCheck(calls).check(request(busy));
        assertThat(refusal.message()).contains("in use by another process");
    }

    @Test
    void leavesUseToQemuWhereThereAreNoLocks() throws IOException {
        reuse = true;
        Path copy = sized("copy.raw", SIZE);
        var existing = (DestinationVerdict.Existing) new DestinationCheck(using(ImageUse.UNKNOWN)).check(request(copy));
        assertThat(existing.leftToQemu()).singleElement().asString().contains("no locks");
    }

    @Test
    void refusesAFileThatCannotBeWritten() throws IOException {
        reuse = true;
        Path closed = sized("closed.raw", SIZE);
        FileCalls calls = new ForwardingFileCalls() {
            @Override
            public ImageUse use(Path file) throws IOException {
                throw new AccessDeniedException(file.toString());
            }
        };
        Refusal refusal = (Refusal) new DestinationCheck(calls).check(request(closed));
        assertThat(refusal.kind()).isEqualTo(Refusal.Kind.ENVIRONMENT);
        assertThat(refusal.message()).contains("cannot be opened for writing: Permission denied");
    }

    @Test
    void saysWhichSourceItCouldNotSee() throws IOException {
        Path copy = directory.resolve("new.raw");
        var request = new DestinationRequest(
                copy.toString(), format, SIZE, false, List.of("disk.raw", "json:{}", source.toString()), List.of());
        var verdict = (DestinationVerdict.ToMake) new DestinationCheck(new SystemFileCalls()).check(request);
        assertThat(verdict.leftToQemu())
                .containsExactly(
                        "source 'disk.raw' cannot be seen from here", "source 'json:{}' cannot be seen from here");
    }

    @Test
    void leavesAllToQemuWhereNothingCanBeSeen() {
        Path copy = directory.resolve("no/copy.raw");
        var reused = new DestinationRequest(copy.toString(), format, SIZE, true, List.of("/no/such"), List.of());
        assertThat(new DestinationCheck(new SystemFileCalls()).check(reused))
                .isInstanceOf(DestinationVerdict.Unseen.class);
        var made = new DestinationRequest(copy.toString(), format, SIZE, false, List.of("/no/such"), List.of());
        assertThat(((Refusal) new DestinationCheck(new SystemFileCalls()).check(made)).message())
                .contains("make the file where QEMU runs and use --reuse-external");
    }

    @Test
    void saysEachRefusalInOneLine() {
        Refusal refusal = refused(directory.resolve("a\nb/new.raw"), "does not exist");
        assertThat(refusal.message()).doesNotContain("\n").contains("a\\x0ab");
    }

    private DestinationVerdict check(Path destination) {
        return new DestinationCheck(new SystemFileCalls()).check(request(destination));
    }

    private DestinationRequest request(Path destination) {
        return request(destination.toString());
    }

    private DestinationRequest request(String destination) {
        List<String> chain = List.of(source.toString(), backing.toString());
        return new DestinationRequest(destination, format, SIZE, reuse, chain, List.of(store));
    }

    private Refusal refused(Path destination, String because) {
        return refused(destination.toString(), because);
    }

    private Refusal refused(String destination, String because) {
        DestinationVerdict verdict = new DestinationCheck(new SystemFileCalls()).check(request(destination));
        assertThat(verdict).isInstanceOf(Refusal.class);
        assertThat(((Refusal) verdict).message()).contains(because);
        return (Refusal) verdict;
    }

    private Path sized(String name, long sizeBytes) throws IOException {
        Path path = directory.resolve(name);
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(sizeBytes);
        }
        return path;
    }

    private Path qcow2(String name, long virtualSizeBytes) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(Qcow2Header.LENGTH_BYTES);
        header.putInt(0, 0x514649fb).putInt(4, 3).putLong(24, virtualSizeBytes);
        try (FileChannel file =
                FileChannel.open(directory.resolve(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            file.write(header);
        }
        return directory.resolve(name);
    }

    private static Path descriptorOf(Path opened) throws IOException {
        try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
            Path real = opened.toRealPath();
            return descriptors.filter(name -> leadsTo(name, real)).findFirst().orElseThrow();
        }
    }

    private static boolean leadsTo(Path descriptor, Path real) {
        try {
            return Files.readSymbolicLink(descriptor).equals(real);
        } catch (IOException e) {
            return false;
        }
    }

    private static FileCalls using(ImageUse use) {
        return new ForwardingFileCalls() {
            @Override
            public ImageUse use(Path file) {
                return use;
            }
        };
    }
}
