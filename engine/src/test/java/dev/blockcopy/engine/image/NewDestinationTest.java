package dev.blockcopy.engine.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewDestinationTest {

    private static final String NONCE = "7f3a91c2";
    private static final long SIZE = 3L << 30;

    @TempDir
    Path directory;

    private Path path;
    private NewDestination destination;

    @BeforeEach
    void nameOne() {
        path = directory.resolve("copy.raw");
        destination = new NewDestination(new SystemFileCalls(), path, NONCE);
    }

    @Test
    void makesASparseFileUnderANameWithTheNonce() throws IOException {
        FileIdentity identity = made(destination.make(SIZE, Optional.empty()));

        assertThat(destination.temporary()).hasFileName(".copy.raw." + NONCE + ".blockcopy");
        assertThat(Files.size(destination.temporary())).isEqualTo(SIZE);
        assertThat(identityOf(destination.temporary())).isEqualTo(identity);
        assertThat(Files.getPosixFilePermissions(destination.temporary()))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(path).doesNotExist();
    }

    @Test
    void makesTheSameFileWhenRepeated() {
        FileIdentity first = made(destination.make(SIZE, Optional.empty()));
        assertThat(made(destination.make(SIZE, Optional.empty()))).isEqualTo(first);
    }

    @Test
    void placesTheFileAndRemovesTheOtherName() throws IOException {
        FileIdentity identity = made(destination.make(SIZE, Optional.empty()));

        assertThat(made(destination.place(identity))).isEqualTo(identity);
        assertThat(made(destination.place(identity))).isEqualTo(identity);
        assertThat(names()).containsExactly("copy.raw");
        assertThat(identityOf(path)).isEqualTo(identity);
    }

    @Test
    void doesNotOverwriteWhatAppearedMeanwhile() throws IOException {
        FileIdentity identity = made(destination.make(SIZE, Optional.empty()));
        Files.writeString(path, "foreign");

        Refusal refusal = (Refusal) destination.place(identity);

        assertThat(refusal.kind()).isEqualTo(Refusal.Kind.INPUT);
        assertThat(refusal.message()).contains(path.toString()).contains("appeared meanwhile");
        assertThat(destination.discard(Optional.of(identity))).isEmpty();
        assertThat(Files.readString(path)).isEqualTo("foreign");
        assertThat(names()).containsExactly("copy.raw");
    }

    @Test
    void doesNotFollowASymbolicLinkAtEitherName() throws IOException {
        Path precious = Files.writeString(directory.resolve("precious"), "precious");
        Files.createSymbolicLink(destination.temporary(), precious);
        assertThat(destination.make(SIZE, Optional.empty())).isInstanceOf(Refusal.class);
        assertThat(destination.discard(Optional.empty()))
                .extracting(LeftOver::path)
                .containsExactly(destination.temporary());
        Files.delete(destination.temporary());

        FileIdentity identity = made(destination.make(SIZE, Optional.empty()));
        Files.createSymbolicLink(path, precious);
        assertThat(destination.place(identity)).isInstanceOf(Refusal.class);
        assertThat(destination.discard(Optional.of(identity))).isEmpty();
        assertThat(Files.readString(precious)).isEqualTo("precious");
        assertThat(path).isSymbolicLink();
    }

    @Test
    void doesNotPlaceAnotherFileThanTheOneItMade() throws IOException {
        FileIdentity identity = made(destination.make(SIZE, Optional.empty()));
        Files.move(destination.temporary(), directory.resolve("moved"));
        Files.writeString(destination.temporary(), "foreign");

        assertThat(destination.place(identity)).isInstanceOf(Refusal.class);
        assertThat(path).doesNotExist();
    }

    @Test
    void leavesAPlacedFileAloneWithoutItsIdentity() {
        FileIdentity identity = made(destination.make(SIZE, Optional.empty()));
        destination.place(identity);

        assertThat(destination.discard(Optional.empty())).isEmpty();
        assertThat(path).exists();
        assertThat(destination.discard(Optional.of(identity))).isEmpty();
        assertThat(path).doesNotExist();
        assertThat(destination.discard(Optional.of(identity))).isEmpty();
    }

    @Test
    void reportsAFileThatMayBeOursAsLeftOver() {
        FileIdentity identity = made(destination.make(SIZE, Optional.empty()));
        destination.place(identity);
        FileIdentity beforeReboot = FileIdentity.ofFile(identity.device() + 1, identity.inode());

        assertThat(destination.discard(Optional.of(beforeReboot)))
                .extracting(LeftOver::path)
                .containsExactly(path);
        assertThat(path).exists();
    }

    @Test
    void keepsAFileThatSomebodyUses() {
        NewDestination used = new NewDestination(alwaysInUse(ImageUse.IN_USE), path, NONCE);
        FileIdentity identity = made(used.make(SIZE, Optional.empty()));
        used.place(identity);

        assertThat(used.discard(Optional.of(identity)))
                .containsExactly(new LeftOver(path, "in use by another process"));
        assertThat(path).exists();
        NewDestination unsure = new NewDestination(alwaysInUse(ImageUse.UNKNOWN), path, NONCE);
        assertThat(unsure.discard(Optional.of(identity))).hasSize(1);
        assertThat(path).exists();
    }

    @Test
    void neverShrinksAFileThatHasGrown() throws IOException {
        FileIdentity identity = made(destination.make(0, Optional.empty()));
        Files.writeString(destination.temporary(), "formatted");

        assertThat(made(destination.make(0, Optional.empty()))).isEqualTo(identity);
        assertThat(Files.readString(destination.temporary())).isEqualTo("formatted");
    }

    @Test
    void takesTheModeOfTheSourceWithoutExecution() throws IOException {
        Path source = Files.createFile(directory.resolve("source.raw"));
        Files.setPosixFilePermissions(source, PosixFilePermissions.fromString("r-xrw-r--"));

        made(destination.make(SIZE, Optional.of(source)));

        assertThat(Files.getPosixFilePermissions(destination.temporary()))
                .isEqualTo(PosixFilePermissions.fromString("rw-rw-r--"));
        assertThat(Files.getOwner(destination.temporary())).isEqualTo(Files.getOwner(source));
    }

    @Test
    void refusesAFileSystemWithoutHardLinksWithTheRemedy() {
        NewDestination onVfat = new NewDestination(withoutHardLinks(), path, NONCE);
        FileIdentity identity = made(onVfat.make(SIZE, Optional.empty()));

        Refusal refusal = (Refusal) onVfat.place(identity);

        assertThat(refusal.kind()).isEqualTo(Refusal.Kind.ENVIRONMENT);
        assertThat(refusal.message()).contains("hard links").contains("--reuse-external");
        assertThat(onVfat.discard(Optional.of(identity))).isEmpty();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void takesALinkThatWasMadeThoughTheCallFailed() {
        NewDestination onNfs = new NewDestination(linkingButFailing(), path, NONCE);
        FileIdentity identity = made(onNfs.make(SIZE, Optional.empty()));
        assertThat(made(onNfs.place(identity))).isEqualTo(identity);
    }

    @Test
    void cutsALongNameButNotTheNonce() {
        Path longName = directory.resolve("\u00fc".repeat(127));
        NewDestination destination = new NewDestination(new SystemFileCalls(), longName, NONCE);

        FileIdentity identity = made(destination.make(0, Optional.empty()));

        assertThat(destination.temporary().getFileName().toString()).endsWith("." + NONCE + ".blockcopy");
        assertThat(destination.temporary().getFileName().toString().getBytes(UTF_8).length)
                .isLessThanOrEqualTo(255);
        made(destination.place(identity));
    }

    @Test
    void saysWhyAFileCannotBeMade() {
        Path missing = directory.resolve("missing").resolve("copy.raw");
        NewDestination nowhere = new NewDestination(new SystemFileCalls(), missing, NONCE);

        Refusal refusal = (Refusal) nowhere.make(SIZE, Optional.empty());

        assertThat(refusal.kind()).isEqualTo(Refusal.Kind.ENVIRONMENT);
        assertThat(refusal.message()).contains(missing.toString()).contains("No such file or directory");
        assertThat(nowhere.discard(Optional.empty())).isEmpty();
    }

    @Test
    void makesEverythingDurableBeforeTheNextStepCounts() {
        List<String> calls = new ArrayList<>();
        NewDestination watched = new NewDestination(recording(calls), path, NONCE);

        watched.place(made(watched.make(SIZE, Optional.empty())));

        String directoryName = directory.getFileName().toString();
        assertThat(calls)
                .containsExactly(
                        "createNew",
                        "extend",
                        "sync " + watched.temporary().getFileName(),
                        "link",
                        "sync " + directoryName,
                        "delete",
                        "sync " + directoryName);
    }

    @Test
    void refusesANonceThatIsNone() {
        assertThatThrownBy(() -> new NewDestination(new SystemFileCalls(), path, "../x"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static FileIdentity made(FileOutcome outcome) {
        assertThat(outcome).isInstanceOf(FileOutcome.Done.class);
        return ((FileOutcome.Done) outcome).identity();
    }

    private static FileIdentity identityOf(Path name) throws IOException {
        return new SystemFileCalls().statusOfName(name).orElseThrow().identity();
    }

    private List<String> names() throws IOException {
        try (var names = Files.list(directory)) {
            return names.map(name -> name.getFileName().toString()).sorted().toList();
        }
    }

    private static FileCalls alwaysInUse(ImageUse use) {
        return new ForwardingFileCalls() {
            @Override
            public ImageUse use(Path file) {
                return use;
            }
        };
    }

    private static FileCalls withoutHardLinks() {
        return new ForwardingFileCalls() {
            @Override
            public void link(Path existing, Path name) throws IOException {
                throw new FileSystemException(name.toString(), existing.toString(), "Operation not permitted");
            }
        };
    }

    private static FileCalls linkingButFailing() {
        return new ForwardingFileCalls() {
            @Override
            public void link(Path existing, Path name) throws IOException {
                super.link(existing, name);
                throw new FileSystemException(name.toString(), existing.toString(), "Input/output error");
            }
        };
    }

    private static FileCalls recording(List<String> calls) {
        return new ForwardingFileCalls() {
            @Override
            void after(String call) {
                if (!call.equals("statusOfName")) {
                    calls.add(call);
                }
            }
        };
    }
}
