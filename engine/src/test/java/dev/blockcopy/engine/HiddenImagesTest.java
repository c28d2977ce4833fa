package dev.blockcopy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.engine.image.FileCalls;
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
    private final HostFiles files = new HostFiles(
            (FileCalls) Proxy.newProxyInstance(
                    FileCalls.class.getClassLoader(), new Class<?>[] {FileCalls.class}, (proxy, method, arguments) -> {
                        if (hidden.containsKey((Path) arguments[0])) {
                            throw hidden.get((Path) arguments[0]);
                        }
                        return uses.get((Path) arguments[0]);
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
}
