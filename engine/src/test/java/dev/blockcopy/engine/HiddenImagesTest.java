package dev.blockcopy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.engine.image.FileCalls;
import dev.blockcopy.engine.image.FileIdentity;
import dev.blockcopy.engine.image.FileStatus;
import dev.blockcopy.engine.image.ImageUse;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.Facts.Destination;
import dev.blockcopy.model.lifecycle.Facts.Outcome;
import dev.blockcopy.model.lifecycle.Facts.Wish;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What can't be seen is not known to be free: a QEMU whose images are hidden is not taken for dead. */
class HiddenImagesTest {
    private static final CopyJob JOB = Samples.job(Destination.EXISTING, Wish.PIVOT);
    private static final Path SOURCE = JOB.spec().source().chain().get(0);
    private static final Path DESTINATION = JOB.spec().destination().path();
    private static final CopyJob TOLD = JOB.with(JOB.facts().with(Facts.SWITCH_TOLD, true));
    private static final CopyJob PIVOTED = TOLD.with(TOLD.facts().with(Facts.OUTCOME, Outcome.PIVOTED));

    private final Map<Path, IOException> hidden = new HashMap<>();
    private final Map<Path, ImageUse> uses = new HashMap<>(Map.of(SOURCE, ImageUse.FREE, DESTINATION, ImageUse.FREE));
    private final Map<Path, FileStatus> statuses = new HashMap<>();
    private final HostFiles files = new HostFiles(
            (FileCalls) Proxy.newProxyInstance(
                    FileCalls.class.getClassLoader(), new Class<?>[] {FileCalls.class}, (proxy, method, arguments) -> {
                        if (hidden.containsKey((Path) arguments[0])) {
                            throw hidden.get((Path) arguments[0]);
                        }
                        return method.getName().equals("status")
                                ? Optional.ofNullable(statuses.get((Path) arguments[0]))
                                : uses.get((Path) arguments[0]);
                    }),
            Optional.empty(),
            "boot");

    private void hide(Path image) {
        hidden.put(image, new NoSuchFileException(image.toString()));
    }

    @Test
    void imagesThatWereSeenToBeFreeAreFree() {
        assertThat(files.mayBeInUse(TOLD)).isEmpty();
    }

    @Test
    void imagesOnAFileSystemWithoutLocksAreFree() {
        uses.put(SOURCE, ImageUse.UNKNOWN);
        assertThat(files.mayBeInUse(TOLD)).isEmpty();
    }

    @Test
    void eitherThatIsOpenIsInUse() {
        uses.put(DESTINATION, ImageUse.IN_USE);
        assertThat(files.mayBeInUse(JOB).orElseThrow()).startsWith(DESTINATION + " is still open in some process: if");
    }

    @Test
    void onlyWhereLocksTellTheDestinationIsKnownToBeLetGo() {
        assertThat(files.isOnlySourceInUse(TOLD)).isFalse();
        uses.put(SOURCE, ImageUse.IN_USE);
        assertThat(files.isOnlySourceInUse(TOLD)).isTrue();
        uses.put(DESTINATION, ImageUse.UNKNOWN);
        assertThat(files.isOnlySourceInUse(TOLD)).isFalse();
        uses.put(DESTINATION, ImageUse.IN_USE);
        assertThat(files.isOnlySourceInUse(TOLD)).isFalse();
        hide(DESTINATION);
        assertThat(files.isOnlySourceInUse(TOLD)).isFalse();
    }

    @Test
    void aSourceThatIsNotThereMayBeInUseElsewhere() {
        hide(SOURCE);
        assertThat(files.mayBeInUse(JOB))
                .contains("whether " + SOURCE + " is open can't be told here (No such file or directory): ask where it"
                        + " can be seen; if it was surely deleted, and QEMU has ended, an empty file in its place will"
                        + " do");
    }

    @Test
    void aSourceThatMayNotBeLookedAtMayBeInUse() {
        hidden.put(SOURCE, new AccessDeniedException(SOURCE.toString()));
        assertThat(files.mayBeInUse(JOB).orElseThrow()).endsWith("(Permission denied): ask as a user who may write it");
    }

    @Test
    void theDestinationHasToBeSeenOnceTheDiskMayBeOnIt() {
        hide(DESTINATION);
        assertThat(files.mayBeInUse(JOB)).isEmpty();
        assertThat(files.mayBeInUse(TOLD).orElseThrow()).contains(DESTINATION.toString());
    }

    @Test
    void theSourceIsNotNeededOnceTheDiskIsSurelyOnTheDestination() {
        hide(SOURCE);
        assertThat(files.mayBeInUse(PIVOTED)).isEmpty();
        hide(DESTINATION);
        assertThat(files.mayBeInUse(PIVOTED)).isPresent();
    }

    /** On NBD, say: nobody here sees who has it open, and a socket that a name does not lead to may be hidden too. */
    @Test
    void aSourceThatIsNoFileIsKnownToBeLetGoOnlyWhereTheSocketIsThereAndRefuses() {
        CopyJob remote = onNbd(JOB);
        assertThat(files.mayBeInUse(remote).orElseThrow())
                .startsWith(
                        "whether nbd+unix:///disk is open can't be told here, for it is no file of this host, and the"
                                + " monitor's socket " + JOB.spec().monitor() + " is not there: ask");
        assertThat(files.mayBeInUse(onNbd(PIVOTED))).isEmpty();
        hidden.put(
                JOB.spec().monitor(),
                new AccessDeniedException(JOB.spec().monitor().toString()));
        assertThat(files.mayBeInUse(remote).orElseThrow()).contains("can't be looked at (Permission denied)");
        hidden.clear();
        statuses.put(JOB.spec().monitor(), new FileStatus(FileIdentity.parse("FILE:1:2"), FileStatus.Type.OTHER, 0));
        assertThat(files.mayBeInUse(remote)).isEmpty();
    }

    private static CopyJob onNbd(CopyJob job) {
        CopySpec spec = job.spec();
        CopySpec.Source source = new CopySpec.Source(
                "src0", "nbd+unix:///disk", "raw", spec.source().virtualSizeBytes(), List.of(), "");
        return job.with(new CopySpec(
                spec.id(),
                spec.nonce(),
                spec.monitor(),
                spec.disk(),
                spec.backend(),
                source,
                spec.destination(),
                spec.options()));
    }
}
